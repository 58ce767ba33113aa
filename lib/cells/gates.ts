import type { Matrix } from "../math/matrix.js";

/** One gate's own weights, (D+H)×H or D×H, and its bias, 1×H: views of the packed ones. */
export type GateWeights = { W: Matrix; b: Matrix };

/** The blocks of columns that a packed matrix consists of, equally wide, by name and in this order: views. */
export function columnBlocks<Name extends string>(packed: Matrix, names: readonly Name[]): Record<Name, Matrix> {
  const width = packed.cols / names.length;
  if (!Number.isInteger(width)) {
    throw new RangeError(
      `gates: ${packed.cols} columns are no ${names.length} blocks of equal width (${names.join(", ")}): expected the weights of such a cell`,
    );
  }
  const blocks = names.map((name, k) => [name, packed.columns(k * width, (k + 1) * width)]);
  return Object.fromEntries(blocks) as Record<Name, Matrix>;
}

/** Each gate's part of packed weights W and biases b. */
export function gateViews<Name extends string>(
  { W, b }: GateWeights,
  names: readonly Name[],
): Record<Name, GateWeights> {
  const [Ws, bs] = [columnBlocks(W, names), columnBlocks(b, names)];
  return Object.fromEntries(names.map((name) => [name, { W: Ws[name], b: bs[name] }])) as Record<Name, GateWeights>;
}
