import type { Block } from "../block.js";
import { type EngineMemory, MemoryFull } from "./memory.js";

/** A block where kernels can read it: its first number and the distance of its rows, in bytes. */
export interface Operand {
  readonly address: number;
  readonly stride: number;
}

export interface Workspace {
  /** Begins a task: what the last one had is taken back. */
  begin(): void;
  /** Room for that many numbers until the task ends. @throws MemoryFull */
  room(length: number): number;
  /** The block's numbers: in place where they lie in the engine's memory, else a copy. */
  read(block: Block): Operand;
  /** Numbers or whole numbers in a row, copied. */
  copyIn(numbers: Float32Array | Int32Array): number;
  /** Where the block's numbers are to be written, and with `keep` read before. */
  write(block: Block, options?: { keep?: boolean }): Operand;
  /** What was written reaches the blocks that do not lie in the engine's memory. */
  finish(): void;
  /** A copy of numbers in a row, for the caller to keep. */
  copyOut(address: number, length: number): Float32Array;
}

/** The least that is reserved at once. */
const CHUNK = 1 << 20;

/** Where operands are laid out for one task after the other: it grows to what the largest needs, and is used again. */
export function openWorkspace(memory: EngineMemory): Workspace {
  let chunks: { address: number; bytes: number; used: number }[] = [];
  let results: { block: Block; at: Operand }[] = [];

  function room(length: number): number {
    const bytes = Math.ceil(length / 16) * 64;
    let chunk = chunks.at(-1);
    if (!chunk || chunk.used + bytes > chunk.bytes) {
      const size = Math.max(bytes, CHUNK);
      const address = memory.reserve(size);
      if (address === undefined) throw new MemoryFull();
      chunk = { address, bytes: size, used: 0 };
      chunks.push(chunk);
    }
    chunk.used += bytes;
    return chunk.address + chunk.used - bytes;
  }

  /** One piece as large as all that the last task needed, so that the next one like it finds room at once. */
  function merge(): void {
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    for (const { address } of chunks) memory.release(address);
    const address = memory.reserve(bytes);
    chunks = address === undefined ? [] : [{ address, bytes, used: 0 }];
  }

  function inPlace({ data, offset, stride }: Block): Operand | undefined {
    const start = memory.addressOf(data as Float32Array);
    return start === undefined ? undefined : { address: start + offset * 4, stride: stride * 4 };
  }

  /** Rows that lie close together are copied with what is between them, in one go. */
  const copiesGaps = ({ rows, cols, stride }: Block) => rows > 1 && stride > cols && stride <= 2 * cols;

  function copyOf(block: Block, filled: boolean, gaps: boolean): Operand {
    const { data, offset, stride, rows, cols } = block;
    const step = gaps ? stride : cols;
    const address = room(rows * step);
    const [floats, to] = [memory.floats(), address / 4];
    if (!filled) return { address, stride: step * 4 };
    if (gaps || stride === cols || rows === 1) {
      floats.set(data.subarray(offset, offset + (rows - 1) * step + cols), to);
    } else {
      for (let i = 0; i < rows; i++) copyRow(data, offset + i * stride, floats, to + i * cols, cols);
    }
    return { address, stride: step * 4 };
  }

  return {
    begin() {
      results = [];
      if (chunks.length > 1) merge();
      for (const chunk of chunks) chunk.used = 0;
    },

    room,
    read: (block) => inPlace(block) ?? copyOf(block, true, copiesGaps(block)),

    copyIn(numbers) {
      const address = room(numbers.length);
      if (numbers instanceof Float32Array) memory.floats().set(numbers, address / 4);
      else new Int32Array(memory.wasm.buffer, address, numbers.length).set(numbers);
      return address;
    },

    write(block, { keep = false } = {}) {
      const place = inPlace(block);
      if (place) return place;
      const at = copyOf(block, keep, false);
      results.push({ block, at });
      return at;
    },

    finish() {
      const floats = memory.floats();
      for (const { block, at } of results) {
        const { data, offset, stride, rows, cols } = block;
        const from = at.address / 4;
        if (stride === cols || rows === 1) data.set(floats.subarray(from, from + rows * cols), offset);
        else for (let i = 0; i < rows; i++) copyRow(floats, from + i * cols, data, offset + i * stride, cols);
      }
    },

    copyOut: (address, length) => memory.floats().slice(address / 4, address / 4 + length),
  };
}

type Numbers = Float32Array | Float64Array;

function copyRow(from: Numbers, at: number, to: Numbers, place: number, count: number): void {
  if (count > 32) to.set(from.subarray(at, at + count), place);
  else for (let j = 0; j < count; j++) to[place + j] = from[at + j]!;
}
