import { checkCount } from "../math/check-options.js";
import { normal, type Random } from "../math/random.js";
import { Sequence } from "../math/sequence.js";

export interface MackeyGlassOptions {
  /** How many values, one for each unit of time; ≥ 1. */
  readonly length: number;
  /** How many series side by side; more than one needs `random`. */
  readonly batch?: number;
  /** The delay τ > 0: periodic up to about 16.8, chaotic above. */
  readonly tau?: number;
  /** The integration step, a whole part of a unit of time and of τ. */
  readonly step?: number;
  /** The value at all times up to 0. */
  readonly initial?: number;
  /** Units of time that are left out at the start, while the series finds its way. */
  readonly discard?: number;
  /** Moves the initial value of each series by up to ±0.1: another part of the same attractor. */
  readonly random?: Random;
}

/**
 * The Mackey–Glass series, a delay differential equation for the number of blood cells, and the classic test of how
 * well chaos can be predicted.
 *
 *     dx/dt = 0.2·x(t−τ) / (1 + x(t−τ)¹⁰) − 0.1·x(t)
 *
 * It is integrated by the classical Runge–Kutta method. That asks for x(t−τ) between two steps, which is read off the
 * cubic through both with the slopes at both, so that the error stays of fourth order.
 *
 * @param tau by default 17
 * @param step by default 0.1
 * @param initial by default 1.2
 * @param discard by default 1000
 * @param batch by default 1
 * @returns length×batch×1, float64, between about 0.2 and 1.4
 * @throws when the length, the batch or the delay is not a number of that kind, or the step does not divide 1 and τ
 * @see Mackey & Glass 1977, Oscillation and chaos in physiological control systems
 *
 * @example
 * const series = mackeyGlass({ length: 4000, random: random(1) });
 * const squashed = buildSequence(4000, 1, 1, (t) => Math.tanh(series.at(t).at(0, 0) - 1)); // as Jaeger 2001 has it
 */
export function mackeyGlass({
  length,
  batch = 1,
  tau = 17,
  step = 0.1,
  initial = 1.2,
  discard = 1000,
  random,
}: MackeyGlassOptions): Sequence {
  checkCounts("mackeyGlass", length, batch, random);
  checkCount("mackeyGlass", "discard", discard, 0);
  if (!Number.isFinite(initial)) throw new RangeError(`mackeyGlass: initial is ${initial}, expected a finite number`);
  const [stepsInUnit, delay] = [Math.round(1 / step), Math.round(tau / step)];
  if (!(step > 0 && tau > 0 && isWhole(1 / step) && isWhole(tau / step))) {
    throw new RangeError(
      `mackeyGlass: the step is ${step} and tau is ${tau}, expected numbers > 0 of which the step divides 1 and tau`,
    );
  }
  const series = new Sequence(length, batch, 1);
  for (let i = 0; i < batch; i++) {
    const start = initial + (random ? 0.1 * (2 * random() - 1) : 0);
    const x = integrate(start, (discard + length - 1) * stepsInUnit, delay, 1 / stepsInUnit);
    for (let t = 0; t < length; t++) series.at(t).set(i, 0, x[(discard + t) * stepsInUnit]!);
  }
  return series;
}

/** x at the times 0, h, 2h, …, steps·h. */
function integrate(start: number, steps: number, delay: number, h: number): Float64Array {
  const slope = (x: number, delayed: number) => (0.2 * delayed) / (1 + delayed ** 10) - 0.1 * x;
  const x = new Float64Array(steps + 1);
  const slopes = new Float64Array(steps + 1);
  const valueAt = (n: number) => (n > 0 ? x[n]! : start);
  const slopeAt = (n: number) => (n >= 0 ? slopes[n]! : 0); // up to time 0 it stands still
  x[0] = start;
  for (let n = 0; n < steps; n++) {
    const [before, after] = [n - delay, n - delay + 1];
    const k1 = slope(x[n]!, valueAt(before));
    slopes[n] = k1;
    // at time 0 the slope jumps: coming from the left it is 0
    const slopeAfter = after > 0 ? slopeAt(after) : 0;
    const between = (valueAt(before) + valueAt(after)) / 2 + (h / 8) * (slopeAt(before) - slopeAfter);
    const k2 = slope(x[n]! + (h / 2) * k1, between);
    const k3 = slope(x[n]! + (h / 2) * k2, between);
    const k4 = slope(x[n]! + h * k3, valueAt(after));
    x[n + 1] = x[n]! + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return x;
}

export interface NoisySineOptions {
  /** How many values; ≥ 1. */
  readonly length: number;
  /** How many waves side by side; more than one needs `random`. */
  readonly batch?: number;
  /** Steps of one wave, > 0. */
  readonly period?: number;
  /** Deviation of the noise, ≥ 0; more than 0 needs `random`. */
  readonly noise?: number;
  /** Draws the noise, and where each wave begins; without it they begin at 0. */
  readonly random?: Random;
}

/**
 * A sine wave with noise: the plainest series that can be predicted, and not beyond its noise.
 *
 *     x_t = sin(2π·t / period + phase) + noise·ε_t,   ε_t normal with deviation 1
 *
 * @param period by default 25
 * @param noise by default 0
 * @param batch by default 1
 * @returns length×batch×1, float64
 * @throws when a number is not of its kind, or noise is wanted without `random`
 *
 * @example
 * const waves = noisySine({ length: 100, batch: 8, noise: 0.1, random: random(1) }); // 100×8×1
 */
export function noisySine({ length, batch = 1, period = 25, noise = 0, random }: NoisySineOptions): Sequence {
  checkCounts("noisySine", length, batch, random);
  if (!(period > 0 && noise >= 0 && Number.isFinite(period) && Number.isFinite(noise))) {
    throw new RangeError(`noisySine: period is ${period} and noise is ${noise}, expected numbers > 0 and ≥ 0`);
  }
  if (noise > 0 && !random) throw new RangeError(`noisySine: noise is ${noise} and needs a random generator: pass one`);
  const series = new Sequence(length, batch, 1);
  for (let i = 0; i < batch; i++) {
    const phase = random ? 2 * Math.PI * random() : 0;
    for (let t = 0; t < length; t++) {
      const error = noise > 0 ? noise * normal(random!) : 0;
      series.at(t).set(i, 0, Math.sin((2 * Math.PI * t) / period + phase) + error);
    }
  }
  return series;
}

function checkCounts(what: string, length: number, batch: number, random: Random | undefined): void {
  checkCount(what, "length", length, 1);
  checkCount(what, "batch", batch, 1);
  if (batch > 1 && !random) {
    throw new RangeError(`${what}: ${batch} series without a random generator would all be the same: pass one`);
  }
}

/** Whole but for rounding: 17 / 0.1 is. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9 * value;
}
