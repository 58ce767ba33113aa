import { type SequencePairs, Tokens } from "unroll";

export const V = 7;
export const target = { size: V, special: { begin: 1, end: 2 } };
export const column = (steps: number[][]) => new Tokens(steps.length, steps[0]!.length, Int32Array.from(steps.flat()));

/** Three pairs of different lengths; 0 is padding. */
export const pairs: SequencePairs = {
  source: column([
    [3, 5, 6],
    [4, 4, 0],
    [5, 0, 0],
    [6, 0, 0],
  ]),
  sourceLengths: [4, 2, 1],
  target: column([
    [1, 1, 1],
    [5, 6, 2],
    [4, 4, 0],
    [3, 2, 0],
    [2, 0, 0],
  ]),
  targetLengths: [5, 4, 2],
};
