import type { Block } from "../block.js";

/** The numbers of a block without gaps, in float32: the block's own memory where it is so, else a copy. */
export function contiguous({ data, offset, stride, rows, cols }: Block): Float32Array {
  if (data instanceof Float32Array && (stride === cols || rows === 1))
    return data.subarray(offset, offset + rows * cols);
  const copy = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const start = offset + i * stride;
    copy.set(data.subarray(start, start + cols), i * cols);
  }
  return copy;
}
