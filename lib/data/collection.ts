import { checkCount } from "../math/check-options.js";
import { type Random, random as seeded } from "../math/random.js";
import type { Examples } from "./batch.js";

/** Examples that know how long each of them is. */
export interface Collection<B> extends Examples<B> {
  /** How many steps an example has. */
  lengthOf(index: number): number;
}

/**
 * A data set out of examples that can be had one by one.
 *
 * @param what its name in errors
 * @param item example number i
 * @param length how many steps an example has
 * @param together examples side by side
 * @throws when it is asked for an example that is not there, or for none
 */
export function collection<T, B>(
  what: string,
  count: number,
  item: (index: number) => T,
  length: (item: T) => number,
  together: (items: readonly T[]) => B,
): Collection<B> {
  if (count === 0) throw new RangeError(`${what}: there are no examples, expected at least one`);
  checkCount(what, "count", count, 1);
  const checked = (index: number): T => {
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new RangeError(`${what}: there is no example ${index}, there are 0 … ${count - 1}`);
    }
    return item(index);
  };
  return {
    count,
    batch(indices) {
      if (indices.length === 0)
        throw new RangeError(`${what}: a batch of no examples was asked for, expected one or more`);
      return together(Array.from(indices, checked));
    },
    lengthOf: (index) => length(checked(index)),
  };
}

/** How many examples can be drawn from one seed. */
const MOST = 2 ** 21;

/**
 * Examples that are drawn when they are asked for: example i is always the same one, whatever was asked for before.
 *
 * @param random gives the seed of the whole set, which is the only number taken from it
 * @param draw makes one example
 * @throws when count is not a whole number 1 … 2²¹
 */
export function drawn<T>(
  what: string,
  count: number,
  random: Random,
  draw: (random: Random) => T,
): (index: number) => T {
  checkCount(what, "count", count, 1);
  if (count > MOST) throw new RangeError(`${what}: count is ${count}, expected at most ${MOST}`);
  const first = Math.floor(random() * 2 ** 32) * MOST;
  return (index) => draw(seeded(first + index));
}
