import type { Block } from "./block.js";
import type { Recurrence, RecurrenceRun } from "./recurrence.js";

export interface ProductOptions {
  /** Read A as Aᵀ. */
  readonly transposeA?: boolean;
  /** Read B as Bᵀ. */
  readonly transposeB?: boolean;
  /** Add to what C holds instead of replacing it. */
  readonly accumulate?: boolean;
}

/** Functions of one number. The slopes are written with the function's own output y, as back-propagation has it. */
export type MapName = "tanh" | "sigmoid" | "relu" | "tanhSlope" | "sigmoidSlope" | "reluSlope";

/** Functions of two numbers. */
export type CombineName = "add" | "subtract" | "multiply";

/** How one weight θ is changed by its gradient g and what is remembered of it. */
export type UpdateRule =
  /** v ← μ·v + g; θ ← θ − η·v, with `nesterov` θ − η·(g + μ·v). Memory: v; where μ is 0, none. */
  | { readonly kind: "momentum"; readonly rate: number; readonly momentum: number; readonly nesterov: boolean }
  /**
   * m ← β₁·m + (1−β₁)·g; v ← β₂·v + (1−β₂)·g²; θ ← kept·θ − meanRate·m / (√v / squareCorrection + ε). Memory: m, v.
   */
  | {
      readonly kind: "moments";
      readonly beta1: number;
      readonly beta2: number;
      readonly meanRate: number;
      readonly squareCorrection: number;
      readonly kept: number;
      readonly epsilon: number;
    }
  /** s ← α·s + (1−α)·g²; θ ← θ − η·g / (√s + ε). Memory: s; and where it is centred m ← α·m + (1−α)·g, s − m² ≥ 0. */
  | { readonly kind: "rmsprop"; readonly rate: number; readonly alpha: number; readonly epsilon: number };

export type EngineName = "native" | "simd" | "tensorflow" | "reference";

/**
 * What makes the mathematics fast. It knows typed arrays and nothing else.
 *
 * Every function takes blocks of any stride and precision. What an engine has no faster way for, it leaves to the
 * reference engine: float64 always. A stride of 0 is a row that is read again and again.
 *
 * Engines differ by rounding: on a training step in float32 by no more than 1e-5 of each gradient's largest entry. One
 * engine with one number of threads gives the same bits each time.
 */
export interface Engine {
  readonly name: EngineName;
  /** How many threads compute, the calling one included. */
  readonly threads: number;
  /** One line: name, threads, instruction set, and why it is this one. */
  describe(): string;

  /** C = A·B, or C += A·B. C must not overlap A or B. */
  product(A: Block, B: Block, C: Block, options?: ProductOptions): void;

  /** y = f(x), entry by entry; y may be x. */
  map(f: MapName, x: Block, y: Block): void;

  /** z = x ∘ y, entry by entry; z may be x or y. */
  combine(f: CombineName, x: Block, y: Block, z: Block): void;

  /** The sum of each column of A into `sums`, 1×N. */
  columnSums(A: Block, sums: Block): void;

  /**
   * Softmax and cross-entropy row by row: gradient = p − [j = target], not divided by anything.
   *
   * @param targets a class for each row; −1 for a row that counts for nothing and whose gradient is zero
   * @returns the sum of −log p[target] in nats, and in how many rows the first largest logit is the target's
   */
  softmaxCrossEntropy(logits: Block, targets: Int32Array, gradient: Block): { loss: number; correct: number };

  /** Changes θ, in place, by g and what is remembered: memory blocks of the shape of θ. */
  update(rule: UpdateRule, weights: Block, gradient: Block, memory: readonly Block[]): void;

  /** rows[i] = table[ids[i]]. */
  gather(table: Block, ids: Int32Array, rows: Block): void;

  /** table[ids[i]] += rows[i], in the order of i. */
  scatterAdd(rows: Block, ids: Int32Array, table: Block): void;

  /** A known cell over a whole sequence; undefined where this engine has no kernel for it: then it is run by steps. */
  recurrence(task: Recurrence): RecurrenceRun | undefined;

  /**
   * `length` zeros in float32 for numbers that live long, such as weights: where the engine reads them without a copy.
   */
  allocate(length: number): Float32Array;
}

/** There is no such engine on this machine: the message is one sentence that says why. */
export class EngineUnavailable extends Error {
  override name = "EngineUnavailable";
}

/**
 * The sizes of C = A·B: C is M×N, K is summed over.
 *
 * @throws when the three blocks do not fit together
 */
export function productShape(
  A: Block,
  B: Block,
  C: Block,
  { transposeA = false, transposeB = false }: ProductOptions = {},
): { M: number; N: number; K: number } {
  const [M, K] = transposeA ? [A.cols, A.rows] : [A.rows, A.cols];
  const [K2, N] = transposeB ? [B.cols, B.rows] : [B.rows, B.cols];
  if (K !== K2 || C.rows !== M || C.cols !== N) {
    throw new RangeError(
      `product: ${M}×${K} times ${K2}×${N} into ${C.rows}×${C.cols} does not fit: ` +
        "A's columns must be as many as B's rows, and the result has A's rows and B's columns",
    );
  }
  return { M, N, K };
}
