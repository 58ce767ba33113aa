import { checkCount } from "./check-options.js";

/** A source of numbers spread evenly over [0, 1). */
export type Random = () => number;

/** A source that can be saved and gone on from: `restoreRandom(random.state())` gives the numbers that come next. */
export interface SeededRandom extends Random {
  /** Its four 32-bit words, copied. */
  state(): number[];
}

/**
 * A seeded generator: the same seed gives the same numbers, on every machine.
 *
 * xoshiro128**, 32 new bits a number, period 2¹²⁸ − 1; its state is filled from the seed by SplitMix's mixing step.
 *
 * @param seed a whole number
 * @returns a function that gives the next number in [0, 1)
 * @throws when the seed is not a whole number
 * @see Blackman & Vigna 2021, Scrambled linear pseudorandom number generators
 *
 * @example
 * const next = random(1);
 * console.log(next(), next()); // the same two numbers in each run
 */
export function random(seed: number): SeededRandom {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`random: the seed is ${seed}, expected a whole number`);
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  return xoshiro128([1, 2, 3, 4].map((k) => mix(low + Math.imul(k, 0x9e3779b9) + mix(high + k))));
}

/**
 * A generator that goes on where another one was.
 *
 * @param state what the other one's `state()` returned
 * @throws when that is not four 32-bit words, or all are zero
 *
 * @example
 * const next = random(1);
 * const later = restoreRandom(next.state());
 * console.log(next() === later()); // true
 */
export function restoreRandom(state: readonly number[]): SeededRandom {
  checkState("restoreRandom", state);
  return xoshiro128(state);
}

function checkState(what: string, state: readonly number[]): void {
  const words = Array.isArray(state) && state.length === 4 && state.every((word) => word === word >>> 0);
  if (!words || state.every((word) => word === 0)) {
    const found = Array.isArray(state) ? `[${state.slice(0, 5).join(", ")}]` : String(state);
    throw new RangeError(`${what}: the state is ${found}, expected four whole numbers 0 … 2³² − 1 that are not all 0`);
  }
}

/** The bare generator over four 32-bit words. @throws when these are not four whole numbers, or are all zero */
export function xoshiro128(state: readonly number[]): SeededRandom {
  checkState("xoshiro128", state);
  let [s0, s1, s2, s3] = state as [number, number, number, number];
  const next = () => {
    const bits = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotate(s3, 11);
    return bits / 2 ** 32;
  };
  return Object.assign(next, { state: () => [s0 >>> 0, s1 >>> 0, s2 >>> 0, s3 >>> 0] });
}

const rotate = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/** Every bit of the result depends on every bit of the input (MurmurHash3's finisher, Appleby 2008). */
function mix(bits: number): number {
  let h = bits >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A draw from the normal distribution with mean 0 and deviation 1 (Box & Muller 1958). */
export function normal(random: Random): number {
  // 1 − u lies in (0, 1], where the logarithm is finite
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A whole number 0 … below − 1, each equally likely. @throws when below is not a whole number ≥ 1 */
export function integer(random: Random, below: number): number {
  checkCount("integer", "below", below, 1);
  return Math.floor(random() * below);
}

/**
 * The numbers 0 … count − 1 in random order (Fisher–Yates shuffle, Durstenfeld 1964).
 *
 * @throws when count is not a whole number ≥ 0
 *
 * @example
 * const order = permutation(random(1), 5); // 0, 1, 2, 3, 4 in some order
 */
export function permutation(random: Random, count: number): Int32Array {
  checkCount("permutation", "count", count, 0);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = integer(random, i + 1);
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
