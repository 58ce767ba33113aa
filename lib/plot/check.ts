/** @throws when a number is NaN or infinite */
export function checkNumbers(what: string, numbers: ArrayLike<number>): void {
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(numbers[i]))
      throw new RangeError(`${what}: number ${i} is ${numbers[i]}, expected a finite one`);
  }
}

/** @throws when there is not one label for each of `count` things */
export function checkLabels(what: string, labels: readonly string[] | undefined, count: number, things: string): void {
  if (labels && labels.length !== count) {
    throw new RangeError(`${what}: ${labels.length} labels for ${count} ${things}, expected one for each`);
  }
}

/** @throws when there is nothing to draw */
export function checkSome(what: string, count: number, thing: string): void {
  if (count === 0) throw new RangeError(`${what}: expected at least one ${thing}, got none`);
}

/** @throws when the batch has no such row */
export function checkRow(what: string, row: number, batch: number): void {
  if (!(Number.isInteger(row) && row >= 0 && row < batch)) {
    throw new RangeError(`${what}: there is no row ${row}, the batch has 0 … ${batch - 1}`);
  }
}
