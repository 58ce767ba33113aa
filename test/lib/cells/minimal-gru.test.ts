import assert from "node:assert/strict";
import { matrix, minimalGru, zeros } from "unroll";
import { behavesAsCell, row, sigma } from "./cell-behaviour.js";

behavesAsCell("minimal GRU", minimalGru, ({ W, b }, x, { h }) => {
  const H = h!.length;
  const z = row(x, W!, b![0]!, 0, H).map(sigma);
  const candidate = row(x, W!, b![0]!, H, H);
  return { h: h!.map((old, j) => (1 - z[j]!) * old + z[j]! * candidate[j]!) };
});

describe("minimal GRU", () => {
  it("copies its state while z is 0", () => {
    const cell = minimalGru(1, 1);
    const shut = { W: zeros(1, 2), b: matrix([[-1000, 5]]) };
    const { state } = cell.forward(shut, matrix([[3]]), { h: matrix([[0.7]]) });
    assert.equal(state.h.at(0, 0), 0.7);
  });

  it("has 2H(D+1) weights", () => {
    assert.equal(minimalGru(28, 128).parameterCount, 2 * 128 * 29);
  });
});
