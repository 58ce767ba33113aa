/** How well what was found agrees with what is there; each 0 … 1. */
export interface Scores {
  /** The share of what was found that is right; 0 when nothing was found. */
  readonly precision: number;
  /** The share of what is there that was found; 0 when nothing is there. */
  readonly recall: number;
  /** The harmonic mean of the two: 2PR/(P + R); 0 when both are. */
  readonly f1: number;
}

/** Scores from counts: how many were found rightly, found in all, and are there. */
export function scores(right: number, found: number, there: number): Scores {
  const precision = found === 0 ? 0 : right / found;
  const recall = there === 0 ? 0 : right / there;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
