/** Time, memory and output without an end. */
import { type Attack, before, returning } from "./honest.js";

export const resources: readonly Attack[] = [
  {
    name: "loops without an end",
    content: returning("for (;;) {}"),
    says: [/normalise: it took too long/],
  },
  {
    name: "is a memory bomb",
    content: returning("const all: unknown[] = []; for (;;) all.push(new Float64Array(1e6).fill(1));"),
    says: [/normalise: it (took too much memory|ended the process)/],
  },
  {
    name: "is a bomb of small objects",
    content: returning("let all: any = null; for (;;) all = { all };"),
    says: [/normalise: it (took too much memory|took too long|ended the process)/],
  },
  {
    name: "prints without an end",
    content: returning('for (;;) console.log("x".repeat(100_000));'),
    says: [/normalise: it (printed too much|took too long)/],
  },
  {
    name: "has types without an end",
    content:
      before(`type Deep<T, N extends number, A extends unknown[] = []> = A["length"] extends N ? T : Deep<T | [T], N, [...A, 0]>;
const deep: Deep<1, 999> = 1 as never;`),
  },
  {
    name: "is a memory bomb of WebAssembly",
    content: returning(`const memory = new (globalThis as any).WebAssembly.Memory({ initial: 1, maximum: 65536 });
for (;;) { memory.grow(1000); new Uint8Array(memory.buffer).fill(1); }`),
    says: [/normalise: it (took too much memory|took too long|ended the process)|RangeError/],
  },
  {
    name: "sleeps without an end",
    content: returning("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"),
    says: [/normalise: it took too long/],
  },
  {
    name: "has a regular expression without an end",
    content: returning('return [Number(/^(a+)+$/.test("a".repeat(60) + "b"))];'),
    says: [/normalise: it took too long/],
  },
  {
    name: "queues microtasks without an end",
    content: returning("const again = (): Promise<void> => Promise.resolve().then(again); return again();"),
    says: [/normalise: it took too (long|much memory)|normalise: it ended/],
  },
];
