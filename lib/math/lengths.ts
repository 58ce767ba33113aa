/** How many of a batch's T steps each sequence has: B whole numbers, 1 … T. What lies behind them is padding. */
export type Lengths = ArrayLike<number>;

/** @throws when there is not one length for each sequence, or one is not in 1 … steps */
export function checkLengths(what: string, lengths: Lengths, steps: number, batch: number): void {
  if (lengths.length !== batch) {
    throw new RangeError(`${what}: there are ${lengths.length} lengths for ${batch} sequences, expected one for each`);
  }
  for (let i = 0; i < batch; i++) {
    const length = lengths[i]!;
    if (!(Number.isInteger(length) && length >= 1 && length <= steps)) {
      throw new RangeError(
        `${what}: the length of sequence ${i} is ${length}, expected a whole number from 1 to ${steps}`,
      );
    }
  }
}
