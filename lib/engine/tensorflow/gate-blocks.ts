import type { Block } from "../block.js";

/** Blocks of H columns as TensorFlow's cells have them, each by its place in ours and its sign. */
export type GateBlocks = readonly { readonly ours: number; readonly sign: 1 | -1 }[];

/** Rows `from` … `to` of our packed weights, with the columns that TensorFlow wants, without gaps. */
export function takeGates(W: Block, H: number, blocks: GateBlocks, from = 0, to = W.rows): Float32Array {
  const width = blocks.length * H;
  const taken = new Float32Array((to - from) * width);
  for (let i = from; i < to; i++) {
    blocks.forEach(({ ours, sign }, block) => {
      const start = W.offset + i * W.stride + ours * H;
      const target = (i - from) * width + block * H;
      if (sign === 1) taken.set(W.data.subarray(start, start + H), target);
      else for (let j = 0; j < H; j++) taken[target + j] = -W.data[start + j]!;
    });
  }
  return taken;
}

/**
 * The way back of `takeGates`: columns of theirs to where they belong in rows of ours.
 *
 * @param ours the rows to write, without gaps and `gates`·H wide
 */
export function putGates(theirs: Float32Array, H: number, blocks: GateBlocks, ours: Float32Array, gates: number): void {
  const width = blocks.length * H;
  for (let i = 0; i * width < theirs.length; i++) {
    blocks.forEach(({ ours: place, sign }, block) => {
      const start = i * width + block * H;
      const target = (i * gates + place) * H;
      if (sign === 1) ours.set(theirs.subarray(start, start + H), target);
      else for (let j = 0; j < H; j++) ours[target + j] = -theirs[start + j]!;
    });
  }
}
