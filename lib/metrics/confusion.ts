import { type Matrix, zeros } from "../math/matrix.js";

/**
 * How often each class was taken for each: entry (i, j) counts the examples of class i for which j was guessed.
 *
 * @param guesses class numbers 0 … N − 1, as `argmax` gives them
 * @param labels the true classes, as many
 * @param classes N ≥ 2
 * @returns N×N counts: a row for each true class, a column for each guess; right guesses stand on the diagonal
 * @throws when there is no example, guesses and labels are not equally many, or a number is not a class
 *
 * @example
 * const counts = confusionMatrix([0, 1, 1], [0, 0, 1], 2);
 * console.log(counts.at(0, 1)); // 1: one example of class 0 was taken for class 1
 */
export function confusionMatrix(guesses: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Matrix {
  if (!(Number.isInteger(classes) && classes >= 2)) {
    throw new RangeError(`confusionMatrix: there are ${classes} classes, expected a whole number ≥ 2`);
  }
  if (guesses.length !== labels.length || labels.length === 0) {
    throw new RangeError(
      `confusionMatrix: ${guesses.length} guesses for ${labels.length} labels, expected as many, at least one`,
    );
  }
  const counts = zeros(classes, classes);
  for (let n = 0; n < labels.length; n++) {
    const [label, guess] = [labels[n]!, guesses[n]!];
    checkClass("label", label, n, classes);
    checkClass("guess", guess, n, classes);
    counts.set(label, guess, counts.at(label, guess) + 1);
  }
  return counts;
}

function checkClass(which: string, value: number, n: number, classes: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value < classes)) {
    throw new RangeError(`confusionMatrix: ${which} ${n} is ${value}, expected a class 0 … ${classes - 1}`);
  }
}

/** Row sums (how often each class is there), column sums (how often it was guessed), diagonal and total of the counts. */
export function margins(
  what: string,
  counts: Matrix,
): { there: number[]; guessed: number[]; right: number[]; total: number } {
  const N = counts.rows;
  if (counts.cols !== N) {
    throw new RangeError(`${what}: the counts are ${N}×${counts.cols}, expected as many rows as columns`);
  }
  const [there, guessed, right] = [new Array<number>(N).fill(0), new Array<number>(N).fill(0), new Array<number>(N)];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      const count = counts.at(i, j);
      if (!(Number.isSafeInteger(count) && count >= 0)) {
        throw new RangeError(`${what}: the count at (${i}, ${j}) is ${count}, expected whole numbers ≥ 0`);
      }
      there[i]! += count;
      guessed[j]! += count;
    }
    right[i] = counts.at(i, i);
  }
  const total = there.reduce((a, b) => a + b, 0);
  if (total === 0) throw new RangeError(`${what}: all counts are 0, expected at least one example`);
  return { there, guessed, right, total };
}
