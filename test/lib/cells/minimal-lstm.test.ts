import assert from "node:assert/strict";
import { matrix, minimalLstm, random, zeros } from "unroll";
import { behavesAsCell, row, sigma } from "./cell-behaviour.js";

behavesAsCell(
  "minimal LSTM",
  (D, H) => minimalLstm(D, H),
  ({ W, b }, x, { h }) => {
    const H = h!.length;
    const [f, u] = [0, 1].map((gate) => row(x, W!, b![0]!, gate * H, H).map(sigma));
    const candidate = row(x, W!, b![0]!, 2 * H, H);
    return { h: h!.map((old, j) => (f![j]! * old + u![j]! * candidate[j]!) / (f![j]! + u![j]!)) };
  },
);

describe("minimal LSTM", () => {
  const cell = minimalLstm(1, 1);
  const step = (f: number, u: number) =>
    cell.forward({ W: zeros(1, 3), b: matrix([[f, u, 5]]) }, matrix([[3]]), { h: matrix([[0.7]]) });

  it("keeps all or takes all when one gate is shut", () => {
    assert.equal(step(0, -1000).state.h.at(0, 0), 0.7);
    assert.equal(step(-1000, 0).state.h.at(0, 0), 5);
  });

  it("still divides between old and new where both gates underflow to 0", () => {
    const { state, cache } = step(-900, -900);
    assert.deepEqual([cache.f.at(0, 0), cache.u.at(0, 0)], [0, 0]);
    assert.equal(state.h.at(0, 0), (0.7 + 5) / 2);
  });

  it("has 3H(D+1) weights, and starts with a forget bias", () => {
    assert.equal(minimalLstm(28, 128).parameterCount, 3 * 128 * 29);
    assert.deepEqual(minimalLstm(1, 1).init(random(1)).b.toRows(), [[1, 0, 0]]);
    assert.deepEqual(minimalLstm(1, 1, { forgetBias: 4 }).init(random(1)).b.toRows(), [[4, 0, 0]]);
    assert.throws(() => minimalLstm(1, 1, { forgetBias: Number.NaN }), /minimal LSTM: forgetBias is NaN/);
  });
});
