import assert from "node:assert/strict";
import {
  build,
  buildSequence,
  convolution,
  copyWeights,
  feedForward,
  type Matrix,
  mapWeights,
  maxPooling,
  random,
  stacked,
} from "unroll";
import { assertNear } from "../near.js";
import { behavesAsLayer } from "./layer-behaviour.js";

behavesAsLayer(
  "convolution",
  (D) => convolution({ height: D, width: 1, channels: 1 }, { filters: 2, kernel: 3, padding: 1, activation: "tanh" }),
  { hasSummary: false },
);

describe("a convolution", () => {
  const next = random(3);
  const image = { height: 5, width: 4, channels: 2 };
  const layer = convolution(image, { filters: 3, kernel: 3, stride: 2, padding: 1 });
  const weights = mapWeights(layer.init(next), ({ rows, cols }) => build(rows, cols, () => 2 * next() - 1));
  const x = buildSequence(2, 2, 40, () => 2 * next() - 1);

  it("equals six loops over places, filters and pixels", () => {
    const { y } = layer.forward(weights, x);
    assert.deepEqual(layer.outputShape, { height: 3, width: 2, channels: 3 });
    assert.equal(layer.outputSize, 18);
    for (let t = 0; t < 2; t++) assertNear(y.at(t), naive(x.at(t)));
  });

  function naive(images: Matrix): Matrix {
    return build(images.rows, 18, (i, at) => {
      const [p, q, n] = [Math.floor(at / 6), Math.floor(at / 3) % 2, at % 3];
      let sum = weights.b.at(0, n);
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const [row, col] = [2 * p + a - 1, 2 * q + b - 1];
          if (row < 0 || row >= 5 || col < 0 || col >= 4) continue;
          for (let c = 0; c < 2; c++)
            sum += images.at(i, (row * 4 + col) * 2 + c) * weights.W.at((a * 3 + b) * 2 + c, n);
        }
      }
      return Math.max(0, sum);
    });
  }

  it("starts with weights spread over ±1/√(k²C), and wider if asked to: with √6 numbers stay as large behind relu", () => {
    const large = { height: 12, width: 12, channels: 16 };
    const [plain, wide] = [1, Math.sqrt(6)].map((initialScale) => convolution(large, { filters: 64, initialScale }));
    const bound = 1 / Math.sqrt(9 * 16);
    const [least, most] = [Math.min, Math.max].map((of) => of(...plain!.init(random(1)).W.data));
    assert.ok(least! >= -bound && most! <= bound && most! - least! > 1.95 * bound);
    const numbers = buildSequence(1, 4, large.height * large.width * large.channels, () => 2 * next() - 1);
    const size = (data: ArrayLike<number>) => Array.from(data).reduce((sum, v) => sum + v * v, 0) / data.length;
    const kept = size(wide!.forward(wide!.init(random(1)), numbers).y.data) / size(numbers.data);
    assert.ok(Math.abs(kept - 1) < 0.15, `${kept}`);
  });

  it("moves its output when the image moves", () => {
    const edges = convolution({ height: 1, width: 6, channels: 1 }, { filters: 1, kernel: 1 });
    const one = (at: number) => buildSequence(1, 1, 6, (_t, _i, j) => (j === at ? 1 : 0));
    const own = mapWeights(edges.init(next), ({ rows, cols }) => build(rows, cols, () => 1));
    const [a, b] = [1, 3].map((at) => edges.forward(own, one(at)).y.flat().toRows()[0]!);
    assert.deepEqual(a!.slice(0, 4), b!.slice(2));
  });

  it("says which size is none, which window does not fit, and which images it reads", () => {
    assert.throws(() => convolution(image, { filters: 0 }), /filters is 0, expected a whole number ≥ 1/);
    assert.throws(() => convolution({ ...image, width: 2.5 }, { filters: 1 }), /width is 2.5/);
    assert.throws(
      () => convolution(image, { filters: 1, kernel: 6 }),
      /a window of 6×6 does not fit into 5×4 pixels with padding 0/,
    );
    assert.throws(
      () => convolution(image, { filters: 1, padding: 3 }),
      /the padding is 3, expected a whole number from 0 to 2/,
    );
    assert.throws(
      () =>
        layer.forward(
          weights,
          buildSequence(1, 1, 39, () => 0),
        ),
      /x has 39 columns, the layer was made for images of 5×4×2 = 40/,
    );
  });
});

describe("max pooling", () => {
  const layer = maxPooling({ height: 5, width: 4, channels: 2 }, { size: 2 });

  it("takes the largest of each window, channel by channel, and leaves out an edge that fills none", () => {
    const x = buildSequence(1, 1, 40, (_t, _i, j) => (j % 2 ? -j : j));
    assert.deepEqual(layer.outputShape, { height: 2, width: 2, channels: 2 });
    // windows' corners in pixels: (0, 0), (0, 2), (2, 0), (2, 2); channel 0 grows, channel 1 falls
    assert.deepEqual(layer.forward({}, x).y.flat().toRows(), [[10, -1, 14, -5, 26, -17, 30, -21]]);
  });

  it("sends the gradient to the largest pixel, the first one of several, also where windows overlap", () => {
    const overlapping = maxPooling({ height: 1, width: 4, channels: 1 }, { size: 1, stride: 1 });
    assert.equal(overlapping.outputSize, 4);
    const row = maxPooling({ height: 2, width: 3, channels: 1 }, { size: 2, stride: 1 });
    const x = buildSequence(1, 2, 6, (_t, i, j) => (i === 0 ? (j === 1 ? 9 : 0) : 5));
    const run = row.forward({}, x);
    const { dx } = run.backward(buildSequence(1, 2, 2, (_t, i, j) => 1 + j + 10 * i));
    assert.deepEqual(dx!.flat().toRows(), [
      [0, 3, 0, 0, 0, 0],
      [11, 12, 0, 0, 0, 0],
    ]);
    assert.ok(run.backward(undefined).dx!.data.every((v) => v === 0));
  });

  it("stays float32 when what goes in is, and refuses images of another size", () => {
    const x = buildSequence(1, 1, 40, () => 1, "float32");
    const run = layer.forward({}, x);
    assert.deepEqual([run.y.precision, run.backward(run.y).dx!.precision], ["float32", "float32"]);
    assert.throws(
      () =>
        layer.forward(
          {},
          buildSequence(1, 1, 2, () => 0),
        ),
      /images of 5×4×2 = 40/,
    );
    assert.throws(() => maxPooling({ height: 1, width: 4, channels: 1 }), /a window of 2×2 does not fit into 1×4/);
    assert.throws(() => maxPooling({ height: 4, width: 4, channels: 1 }, { size: 0 }), /size is 0/);
  });
});

describe("an encoder of convolution, pooling and a feed-forward cell", () => {
  it("is a stack like any other", () => {
    const edges = convolution({ height: 8, width: 8, channels: 1 }, { filters: 4 });
    const pooled = maxPooling(edges.outputShape);
    const encoder = stacked(edges, pooled, feedForward(pooled.outputSize, 5));
    const weights = copyWeights(encoder.init(random(1)), "float32");
    const { y } = encoder.forward(
      weights,
      buildSequence(1, 3, 64, (_t, _i, j) => j / 64, "float32"),
    );
    assert.deepEqual([y.steps, y.batch, y.width, y.precision], [1, 3, 5, "float32"]);
  });
});
