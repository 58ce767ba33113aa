import assert from "node:assert/strict";
import fc from "fast-check";
import {
  build,
  buildSequence,
  gradientCheck,
  type Matrix,
  matrix,
  random,
  type Sequence,
  scan,
  scanBackward,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";

const shapes = fc.record({
  T: fc.integer({ min: 1, max: 40 }),
  B: fc.integer({ min: 1, max: 3 }),
  H: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

function draw({ T, B, H, seed }: { T: number; B: number; H: number; seed: number }) {
  const next = random(seed);
  const number = () => 2 * next() - 1;
  const sequence = () => buildSequence(T, B, H, number);
  return { a: sequence(), b: sequence(), h0: build(B, H, number), dh: sequence() };
}

/** h_t = a_t∗h_{t−1} + b_t, one step after the other. */
function loop(a: Sequence, b: Sequence, h0: Matrix): Matrix[] {
  const h: Matrix[] = [];
  for (let t = 0; t < a.steps; t++) {
    const before = h[t - 1] ?? h0;
    h.push(build(a.batch, a.width, (i, j) => a.at(t).at(i, j) * before.at(i, j) + b.at(t).at(i, j)));
  }
  return h;
}

describe("scan", () => {
  it("equals the loop, for every number of steps", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { a, b, h0 } = draw(shape);
        const h = scan(a, b, h0);
        loop(a, b, h0).forEach((expected, t) => {
          assertNear(h.at(t), expected);
        });
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("has gradients that equal five-point differences", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { a, b, h0, dh } = draw({ ...shape, T: Math.min(shape.T, 9) });
        const { da, db, dh0 } = scanBackward(a, h0, scan(a, b, h0), dh);
        const loss = () => [...scan(a, b, h0).data].reduce((sum, value, i) => sum + value * dh.data[i]!, 0);
        const steps = (sequence: Sequence) =>
          Object.fromEntries(Array.from({ length: sequence.steps }, (_, t) => [String(t), sequence.at(t)]));
        const check = gradientCheck(loss, { a: steps(a), b: steps(b), h0 }, { a: steps(da), b: steps(db), h0: dh0 });
        assert.ok(check.ok, check.summary);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("adds up when a is 1: the sum of 0 … t is t(t+1)/2", () => {
    const ones = buildSequence(100, 1, 1, () => 1);
    const h = scan(
      ones,
      buildSequence(100, 1, 1, (t) => t),
      zeros(1, 1),
    );
    for (let t = 0; t < 100; t++) assert.equal(h.at(t).at(0, 0), (t * (t + 1)) / 2);
  });

  it("leaves what goes in as it was", () => {
    const { a, b, h0, dh } = draw({ T: 7, B: 2, H: 2, seed: 1 });
    const before = [a, b, dh].map(({ data }) => [...data]);
    scanBackward(a, h0, scan(a, b, h0), dh);
    assert.deepEqual(
      [a, b, dh].map(({ data }) => [...data]),
      before,
    );
  });

  it("is float32 when all that goes in is", () => {
    const x = buildSequence(3, 1, 2, () => 0.5, "float32");
    const h = scan(x, x, zeros(1, 2, "float32"));
    const { da, db, dh0 } = scanBackward(x, zeros(1, 2, "float32"), h, h);
    assert.deepEqual(
      [h, da, db, dh0].map(({ precision }) => precision),
      Array(4).fill("float32"),
    );
    assert.equal(scan(x, x, zeros(1, 2)).precision, "float64");
  });

  it("refuses what does not fit together", () => {
    const [a, b] = [buildSequence(3, 2, 2, () => 1), buildSequence(4, 2, 2, () => 1)];
    assert.throws(() => scan(a, b, zeros(2, 2)), /scan: 3 and 4 steps, expected as many of both and at least one/);
    assert.throws(() => scan(a, a, matrix([[1, 2]])), /scan: 2×2 and 1×2 must have one shape/);
    assert.throws(
      () =>
        scan(
          a,
          buildSequence(3, 2, 1, () => 1),
          zeros(2, 2),
        ),
      /scan: 2×2 and 2×1/,
    );
    assert.throws(() => scanBackward(a, zeros(2, 2), a, b), /scanBackward: 3 and 4 steps/);
  });
});
