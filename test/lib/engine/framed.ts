import assert from "node:assert/strict";
import fc from "fast-check";
import { type Block, type Precision, type Random, random } from "unroll";

/** What stands around a block, where no kernel may write. */
const FRAME = 7.5;

/** How a block lies in its array. */
export interface Layout {
  readonly offset: number;
  /** Numbers between the end of a row and the next one. */
  readonly gap: number;
  readonly precision: Precision;
}

export const layouts = fc.record<Layout>({
  offset: fc.constantFrom(0, 1, 2, 3, 8),
  gap: fc.constantFrom(0, 0, 1, 3, 5),
  precision: fc.constantFrom<Precision>("float32", "float32", "float32", "float64"),
});

/** Odd, prime, 1, and what vectors are wide. */
export const sizes = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 29, 31, 33, 64, 67);

export const seeds = fc.integer({ min: 0, max: 1e6 });

/** Whole numbers in −1 … 1, unevenly spread. */
export function signed(seed: number): () => number {
  const next: Random = random(seed);
  return () => 2 * next() - 1;
}

/** A block inside a larger array. */
export function framed(rows: number, cols: number, { offset, gap, precision }: Layout, entry: () => number): Block {
  const stride = cols + gap;
  const length = offset + rows * stride + 3;
  const data = (precision === "float32" ? new Float32Array(length) : new Float64Array(length)).fill(FRAME);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[offset + i * stride + j] = entry();
  return { rows, cols, data, offset, stride };
}

/** A block without gaps, in float32. */
export function dense(rows: number, cols: number, entry: () => number): Block {
  return { rows, cols, data: Float32Array.from({ length: rows * cols }, entry), offset: 0, stride: cols };
}

export function copyOf(block: Block): Block {
  return { ...block, data: block.data.slice() };
}

/** Two blocks of one layout agree to `tolerance`, NaN where NaN is, and around them nothing was written. */
export function assertBlock(what: string, actual: Block, expected: Block, tolerance: number): void {
  const { data, offset, stride, rows, cols } = actual;
  for (let p = 0; p < data.length; p++) {
    const [i, j] = [Math.floor((p - offset) / stride), (p - offset) % stride];
    const inside = p >= offset && i < rows && j < cols;
    const value = inside ? expected.data[p]! : FRAME;
    if (Object.is(data[p], value) || data[p] === value) continue;
    const where = inside ? `(${i}, ${j})` : `beside the block, at ${p},`;
    assert.ok(
      Math.abs(data[p]! - value) <= (inside ? tolerance : 0),
      `${what}: ${where} is ${data[p]}, expected ${value}`,
    );
  }
}

/** Numbers agree to `tolerance`, relative to the largest of them. */
export function assertNumbers(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length, `${what}: how many`);
  let largest = 1e-30;
  for (let p = 0; p < expected.length; p++) largest = Math.max(largest, Math.abs(expected[p]!));
  for (let p = 0; p < expected.length; p++) {
    const error = Math.abs(actual[p]! - expected[p]!) / largest;
    assert.ok(error <= tolerance, `${what}: number ${p} is ${actual[p]}, expected ${expected[p]}`);
  }
}
