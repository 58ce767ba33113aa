import { type Engine, productShape } from "../engine.js";
import type { Binding } from "./binding.js";
import { contiguous } from "./contiguous.js";
import { Workspace } from "./workspace.js";

/**
 * Products in float32 by TensorFlow's `MatMul`; small ones and other precisions by `other`.
 *
 * @param smallest multiplications; what has fewer goes to `other`
 */
export function products(binding: Binding, smallest: number, other: Engine["product"]): Engine["product"] {
  const space = new Workspace(binding);

  return (A, B, C, options = {}) => {
    const { M, N, K } = productShape(A, B, C, options);
    const single = [A, B, C].every(({ data }) => data instanceof Float32Array);
    if (!single || M * N * K < smallest) return other(A, B, C, options);
    space.clear(); // of what a product that was interrupted has left
    try {
      const [left, right] = [A, B].map((block) => space.tensor([block.rows, block.cols], contiguous(block)));
      const product = space.read(space.product(left!, right!, options));
      for (let i = 0; i < M; i++) {
        const row = product.subarray(i * N, (i + 1) * N);
        const start = C.offset + i * C.stride;
        if (options.accumulate) for (let j = 0; j < N; j++) C.data[start + j]! += row[j]!;
        else C.data.set(row, start);
      }
    } finally {
      space.clear();
    }
  };
}
