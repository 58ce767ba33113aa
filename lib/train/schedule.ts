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
