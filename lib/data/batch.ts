import type { Sequence } from "../math/sequence.js";

/** B sequences of one length with their classes. */
export interface Batch {
  /** T×B×D. */
  readonly x: Sequence;
  /** B class numbers. */
  readonly labels: ArrayLike<number>;
}

/** A data set from which any examples can be taken together, in the form that a model reads. */
export interface Examples<B = Batch> {
  readonly count: number;
  /** The examples with these numbers (0 … count−1), in this order. */
  batch(indices: ArrayLike<number>): B;
  /** How many steps an example has, where they differ: examples of similar length can then share a batch. */
  lengthOf?(index: number): number;
}
