/** A rectangle of numbers inside a typed array: entry (i, j) is `data[offset + i * stride + j]`. */
export interface Block {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array | Float32Array;
  readonly offset: number;
  readonly stride: number;
}
