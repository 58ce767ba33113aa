import assert from "node:assert/strict";
import { build, gru, gruGates, inputWeights, random, recurrentWeights, zeros } from "unroll";
import { assertNear } from "../near.js";
import { behavesAsCell, row, sigma } from "./cell-behaviour.js";

const mixed = (h: number[], z: number[], candidate: number[]) => ({
  h: h.map((old, j) => (1 - z[j]!) * old + z[j]! * candidate[j]!),
});

behavesAsCell(
  "GRU",
  (D, H) => gru(D, H),
  ({ W, b }, x, { h }) => {
    const H = h!.length;
    const [z, r] = [0, 1].map((gate) => row([...x, ...h!], W!, b![0]!, gate * H, H).map(sigma));
    const reset = h!.map((value, j) => r![j]! * value);
    return mixed(h!, z!, row([...x, ...reset], W!, b![0]!, 2 * H, H).map(Math.tanh));
  },
);

behavesAsCell(
  "GRU (reset after)",
  (D, H) => gru(D, H, { resetAfter: true }),
  ({ W, b, bh }, x, { h }) => {
    const [D, H] = [x.length, h!.length];
    const [z, r] = [0, 1].map((gate) => row([...x, ...h!], W!, b![0]!, gate * H, H).map(sigma));
    const seen = row(x, W!, b![0]!, 2 * H, H);
    const Whc = W!.slice(D).map((line) => line.slice(2 * H));
    const recalled = row(h!, Whc, bh![0]!);
    return mixed(
      h!,
      z!,
      seen.map((value, j) => Math.tanh(value + r![j]! * recalled[j]!)),
    );
  },
);

describe("GRU", () => {
  const [D, H] = [3, 4];
  const x = build(2, D, (i, j) => Math.sin(i + 2 * j));
  const h = build(2, H, (i, j) => Math.cos(i + j));

  for (const cell of [gru(D, H), gru(D, H, { resetAfter: true })] as ReturnType<typeof gru>[]) {
    it(`copies its state when z is 0, and takes the candidate when z is 1 (${cell.parameterCount} weights)`, () => {
      const weights = cell.init(random(1));
      gruGates(weights).z.W.data.fill(0);
      for (let j = 0; j < H; j++) weights.b.set(0, j, -1000);
      assert.deepEqual(cell.forward(weights, x, { h }).state.h.toRows(), h.toRows());
      for (let j = 0; j < H; j++) weights.b.set(0, j, 1000);
      const { state, cache } = cell.forward(weights, x, { h });
      assertNear(state.h, cache.candidate);
    });
  }

  it("resets before or behind the recurrent product: the same without recurrent bias and with r = 1, else not", () => {
    const weights = gru(D, H).init(random(1));
    const inFront = () => gru(D, H).forward(weights, x, { h }).state.h;
    const behind = (bh: number) =>
      gru(D, H, { resetAfter: true }).forward({ ...weights, bh: build(1, H, () => bh) }, x, { h }).state.h;
    assert.ok(Math.abs(inFront().at(0, 0) - behind(0).at(0, 0)) > 1e-4);
    for (let j = H; j < 2 * H; j++) weights.b.set(0, j, 1000); // r = 1
    assertNear(inFront(), behind(0));
    assert.ok(Math.abs(inFront().at(0, 0) - behind(1).at(0, 0)) > 1e-2);
  });

  it("shows each gate's W_x, W_h and b as views of the packed weights", () => {
    const weights = gru(3, 2).init(random(1));
    const { z, r, candidate } = gruGates(weights);
    const rows = [z, r, candidate].map(({ W }) => W.toRows());
    assert.deepEqual(
      weights.W.toRows(),
      Array.from({ length: 5 }, (_, i) => rows.flatMap((gate) => gate[i]!)),
    );
    inputWeights(r).set(0, 0, 5);
    recurrentWeights(candidate).set(1, 1, 7);
    assert.deepEqual([weights.W.at(0, 2), weights.W.at(4, 5)], [5, 7]);
  });

  it("has 3H(D+H+1) weights, and H more when it resets behind the product", () => {
    assert.equal(gru(28, 128).parameterCount, 3 * 128 * (28 + 128 + 1));
    assert.equal(gru(28, 128, { resetAfter: true }).parameterCount, 3 * 128 * (28 + 128 + 1) + 128);
    assert.deepEqual(gru(1, 1).init(random(1)).b.toRows(), zeros(1, 3).toRows());
  });
});
