/** A rectangle of numbers inside a typed array: entry (i, j) is `data[offset + i * stride + j]`. */
export interface Block {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array | Float32Array;
  readonly offset: number;
  readonly stride: number;
}

export interface ProductOptions {
  /** Read A as Aᵀ. */
  readonly transposeA?: boolean;
  /** Read B as Bᵀ. */
  readonly transposeB?: boolean;
  /** Add to what C holds instead of replacing it. */
  readonly accumulate?: boolean;
}

/** What makes the mathematics fast. It knows typed arrays and nothing else. */
export interface Engine {
  readonly name: string;

  /** C = A·B, or C += A·B. The blocks may have any strides and precisions; C must not overlap A or B. */
  product(A: Block, B: Block, C: Block, options?: ProductOptions): void;
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
