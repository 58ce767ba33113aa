/** The share of the optimiser's learning rate that step `step` (1 … steps) is made with. */
export type Schedule = (step: number, steps: number) => number;

/**
 * Falls in a straight line: large steps while there is far to go, small ones to settle.
 *
 *     share(step) = 1 + (to − 1)·(step − 1)/steps
 *
 * @param to where the line would end one step after the last, 0 … 1
 * @throws when `to` is not in 0 … 1
 *
 * @example
 * const share = linearDecay();
 * console.log(share(1, 10), share(6, 10)); // 1 0.5
 */
export function linearDecay({ to = 0 }: { to?: number } = {}): Schedule {
  if (!(to >= 0 && to <= 1)) throw new RangeError(`linearDecay: to is ${to}, expected a number from 0 to 1`);
  return (step, steps) => 1 + ((to - 1) * (step - 1)) / steps;
}

/**
 * Falls as half a wave of the cosine: slowly at first, fast in the middle, slowly at the end.
 *
 *     share(step) = to + (1 − to)·½·(1 + cos(π·(step − 1)/steps))
 *
 * @param to where the wave would end one step after the last, 0 … 1
 * @throws when `to` is not in 0 … 1
 * @see Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts, equation 5 (one period)
 *
 * @example
 * console.log(cosineDecay()(6, 10)); // 0.5
 */
export function cosineDecay({ to = 0 }: { to?: number } = {}): Schedule {
  if (!(to >= 0 && to <= 1)) throw new RangeError(`cosineDecay: to is ${to}, expected a number from 0 to 1`);
  return (step, steps) => to + (1 - to) * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps));
}

/**
 * Falls to a part of itself again and again.
 *
 *     share(step) = factor^⌊(step − 1)/every⌋
 *
 * @param every how many steps keep one share, a whole number ≥ 1
 * @param factor > 0 and ≤ 1
 * @throws when a number is out of range
 *
 * @example
 * const share = stepDecay({ every: 100, factor: 0.5 });
 * console.log(share(100, 300), share(101, 300), share(201, 300)); // 1 0.5 0.25
 */
export function stepDecay({ every, factor = 0.1 }: { every: number; factor?: number }): Schedule {
  checkSteps("stepDecay: every", every);
  checkFactor("stepDecay", factor);
  return (step) => factor ** Math.floor((step - 1) / every);
}

/**
 * Falls by the same part at each step.
 *
 *     share(step) = factor^(step − 1)
 *
 * @param factor > 0 and ≤ 1
 * @throws when the factor is out of range
 *
 * @example
 * console.log(exponentialDecay({ factor: 0.5 })(4, 10)); // 0.125
 */
export function exponentialDecay({ factor }: { factor: number }): Schedule {
  checkFactor("exponentialDecay", factor);
  return (step) => factor ** (step - 1);
}

/**
 * Rises in a straight line, then falls with the root of the step: the Transformer's schedule, its peak set to 1.
 *
 *     share(step) = min(step/warmup, √(warmup/step))
 *
 * @param warmup the step of the peak, a whole number ≥ 1
 * @throws when that is out of range
 * @see Vaswani et al. 2017, Attention is all you need, equation 3
 *
 * @example
 * const share = inverseSquareRoot({ warmup: 100 });
 * console.log(share(50, 1000), share(100, 1000), share(400, 1000)); // 0.5 1 0.5
 */
export function inverseSquareRoot({ warmup }: { warmup: number }): Schedule {
  checkSteps("inverseSquareRoot: warmup", warmup);
  return (step) => Math.min(step / warmup, Math.sqrt(warmup / step));
}

/** A schedule for the first steps, which knows how many they are. */
export type Warmup = Schedule & { readonly warmupSteps: number };

/**
 * Rises in a straight line to 1 and stays there: small steps until the optimiser knows the gradients.
 *
 *     share(step) = min(1, step/warmupSteps)
 *
 * @param warmupSteps a whole number ≥ 1
 * @throws when that is out of range
 *
 * @example
 * const share = linearWarmup(4);
 * console.log(share(1, 100), share(4, 100), share(50, 100)); // 0.25 1 1
 */
export function linearWarmup(warmupSteps: number): Warmup {
  checkSteps("linearWarmup: warmupSteps", warmupSteps);
  return Object.assign((step: number) => Math.min(1, step / warmupSteps), { warmupSteps });
}

/**
 * One schedule after a warm-up: it begins where the warm-up ends, and has the steps that are left.
 *
 * @param warmup such as `linearWarmup(100)`
 * @param schedule for the steps behind it
 * @throws when the first schedule does not say how many steps it has
 *
 * @example
 * const share = after(linearWarmup(10), linearDecay());
 * console.log(share(5, 110), share(11, 110), share(61, 110)); // 0.5 1 0.5
 */
export function after(warmup: Warmup, schedule: Schedule): Schedule {
  const { warmupSteps } = warmup;
  if (warmupSteps === undefined) {
    throw new TypeError("after: the first schedule does not say how many steps it has, expected a linearWarmup");
  }
  return (step, steps) =>
    step <= warmupSteps ? warmup(step, steps) : schedule(step - warmupSteps, steps - warmupSteps);
}

function checkSteps(what: string, steps: number): void {
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`${what} is ${steps}, expected a whole number ≥ 1`);
  }
}

function checkFactor(what: string, factor: number): void {
  if (!(factor > 0 && factor <= 1)) throw new RangeError(`${what}: factor is ${factor}, expected a number > 0 and ≤ 1`);
}
