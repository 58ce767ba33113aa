import { PAGE, type WasmMemory, wasm } from "./wasm.js";

/** The kernels read and write nothing but this memory: 16 MiB at first, and not more than 1 GiB. */
const INITIAL = 256;
const MAXIMUM = 16384;

/** Without threads the memory has one size, as arrays in it would lose their numbers when it grows: 256 MiB. */
const UNSHARED = 4096;

/** All that is handed out begins at a multiple of a cache line. */
const LINE = 64;

/** There is not enough memory for a task: it is left to the reference engine. */
export class MemoryFull extends Error {
  override name = "MemoryFull";
}

export interface EngineMemory {
  readonly wasm: WasmMemory;
  readonly shared: boolean;
  /** How many bytes the memory has by now. */
  readonly bytes: number;
  /** All of it, as it is by now: to be asked for anew behind each `reserve`. */
  floats(): Float32Array;
  /** A place for `bytes` bytes; undefined where there is none. */
  reserve(bytes: number): number | undefined;
  release(address: number): void;
  /** `length` zeros that kernels read in place, until the last view of them is gone; undefined where there is no room. */
  allocate(length: number): Float32Array | undefined;
  /** Where an array lies in this memory; undefined for any other array. */
  addressOf(data: Float32Array): number | undefined;
}

interface Gap {
  address: number;
  bytes: number;
}

/** @throws MemoryFull where not even the smallest can be had */
export function openMemory(shared: boolean): EngineMemory {
  const memory = createMemory(shared);
  const gaps: Gap[] = [{ address: LINE, bytes: memory.buffer.byteLength - 2 * LINE }]; // by address
  const taken = new Map<number, number>();
  const own = new WeakSet<ArrayBufferLike>();
  let floats = new Float32Array(memory.buffer);

  function reserve(bytes: number): number | undefined {
    const size = Math.max(LINE, Math.ceil(bytes / LINE) * LINE);
    const gap = gaps.find((candidate) => candidate.bytes >= size) ?? grow(size);
    if (!gap) return undefined;
    const { address } = gap;
    gap.address += size;
    gap.bytes -= size;
    if (gap.bytes === 0) gaps.splice(gaps.indexOf(gap), 1);
    taken.set(address, size);
    return address;
  }

  function release(address: number): void {
    const bytes = taken.get(address)!;
    taken.delete(address);
    addGap({ address, bytes });
  }

  function addGap(gap: Gap): Gap {
    const after = gaps.findIndex((other) => other.address > gap.address);
    const at = after < 0 ? gaps.length : after;
    gaps.splice(at, 0, gap);
    for (const i of [at + 1, at]) {
      const [left, right] = [gaps[i - 1], gaps[i]];
      if (!left || !right || left.address + left.bytes !== right.address) continue;
      left.bytes += right.bytes;
      gaps.splice(i, 1);
    }
    return gaps.find((other) => other.address <= gap.address && gap.address < other.address + other.bytes)!;
  }

  /** The memory never shrinks, and what was there before stays where it is, for all arrays that show it. */
  function grow(bytes: number): Gap | undefined {
    if (!shared) return undefined;
    const before = memory.buffer.byteLength;
    const wanted = Math.ceil(Math.max(bytes, before / 2) / PAGE);
    const pages = Math.min(wanted, MAXIMUM - before / PAGE);
    if (pages * PAGE < bytes) return undefined;
    try {
      memory.grow(pages);
    } catch {
      return undefined;
    }
    floats = new Float32Array(memory.buffer);
    return addGap({ address: before - LINE, bytes: pages * PAGE });
  }

  const unused = new FinalizationRegistry<number>(release);

  return {
    wasm: memory,
    shared,
    get bytes() {
      return memory.buffer.byteLength;
    },
    floats: () => floats,
    reserve,
    release,

    allocate(length) {
      const address = shared ? reserve(length * 4) : undefined;
      if (address === undefined) return undefined;
      // another object over the same memory: when it is collected, no view of these numbers is left
      const buffer = structuredClone(memory.buffer);
      own.add(buffer);
      unused.register(buffer, address);
      return new Float32Array(buffer, address, length).fill(0);
    },

    addressOf: (data) => (own.has(data.buffer) ? data.byteOffset : undefined),
  };
}

function createMemory(shared: boolean): WasmMemory {
  const limits = shared ? { initial: INITIAL, maximum: MAXIMUM } : { initial: UNSHARED, maximum: UNSHARED };
  try {
    return new wasm!.Memory({ ...limits, shared });
  } catch {
    throw new MemoryFull("simd: there is no memory to compute in");
  }
}
