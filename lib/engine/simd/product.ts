import { type Engine, productShape } from "../engine.js";
import { inFloat32, type Machine } from "./machine.js";
import type { Operand } from "./workspace.js";

/** So few multiplications are done before operands are copied. */
const SMALL = 512;

/** Products of float32 blocks; what is smaller or larger than this engine is good for goes to `otherwise`. */
export function productOn(machine: Machine, otherwise: Engine["product"]): Engine["product"] {
  const { space } = machine;
  return (A, B, C, options = {}) => {
    const { transposeA = false, transposeB = false, accumulate = false } = options;
    const { M, N, K } = productShape(A, B, C, options);
    if (M * N * K < SMALL || !inFloat32(A, B, C)) return otherwise(A, B, C, options);
    const done = machine.task(() => {
      const to = space.write(C, { keep: accumulate });
      multiply(machine, { M, N, K, transposeA, transposeB, accumulate }, space.read(A), space.read(B), to);
      space.finish();
      return true;
    });
    if (!done) otherwise(A, B, C, options);
  };
}

/** C = A·B of what lies in the engine's memory. */
export function multiply(
  machine: Machine,
  { M, N, K, transposeA = false, transposeB = false, accumulate = false }: ProductTask,
  A: Operand,
  B: Operand,
  C: Operand,
): void {
  const { crew, space } = machine;
  const byRows = M >= N && !transposeA;
  const parts = Math.min(machine.partsFor(M * N * K), Math.ceil(byRows ? M / 4 : N / 8));
  const size = Math.ceil(crew.run("productScratch", 1, [M, N, K]) / 64) * 64;
  const scratch = space.room((parts * size) / 4);
  crew.run("product", parts, [
    ...[Number(byRows), M, N, K],
    ...[A.address, A.stride, Number(transposeA), B.address, B.stride, Number(transposeB), C.address, C.stride],
    ...[Number(accumulate), scratch, size],
  ]);
}

interface ProductTask {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly accumulate?: boolean;
}
