import assert from "node:assert/strict";
import { type Matrix, matrix, memoryCell, memoryCellGates, random, zeros } from "unroll";
import { behavesAsCell, row, sigma } from "./cell-behaviour.js";

behavesAsCell(
  "memory cell",
  (D, H) => memoryCell(D, H),
  ({ W, b, Wx, bx }, x, { h, c }) => {
    const H = h!.length;
    const X = [...x, ...h!];
    const [k, w, r] = [0, 1, 2].map((gate) => row(X, W!, b![0]!, gate * H, H).map(sigma));
    const value = row(x, Wx!, bx![0]!);
    const next = c!.map((stored, j) => k![j]! * stored + w![j]! * value[j]!);
    return { c: next, h: next.map((stored, j) => r![j]! * stored) };
  },
);

describe("memory cell", () => {
  const cell = memoryCell(1, 1);
  /** Gates that stand at 0, ½ or 1 whatever comes: b = −1000, 0 or 1000; what is written is x itself. */
  const gates = (k: number, w: number, r: number) => ({
    W: zeros(2, 3),
    b: matrix([[k, w, r].map((gate) => 2000 * (gate - 0.5))]),
    Wx: matrix([[1]]),
    bx: matrix([[0]]),
  });
  const step = (weights: ReturnType<typeof gates>, x: number, c: number) =>
    cell.forward(weights, matrix([[x]]), { h: zeros(1, 1), c: matrix([[c]]) });

  it("writes, keeps and reads a number of any size, exactly", () => {
    assert.equal(step(gates(0, 1, 0), 1234.5, 0.7).state.c.at(0, 0), 1234.5);
    let state = step(gates(0, 1, 0), 1234.5, 0).state;
    for (let t = 0; t < 1000; t++) state = cell.forward(gates(1, 0, 0), matrix([[t]]), state).state;
    assert.deepEqual([state.c.at(0, 0), state.h.at(0, 0)], [1234.5, 0]);
    assert.equal(cell.forward(gates(1, 0, 1), matrix([[0]]), state).state.h.at(0, 0), 1234.5);
  });

  it("hands a gradient back unchanged while it keeps", () => {
    let dState: { h: Matrix; c: Matrix } = { h: zeros(1, 1), c: matrix([[3]]) };
    const { cache } = step(gates(1, 0, 0), 5, 0.7);
    for (let t = 0; t < 1000; t++) dState = cell.backward(gates(1, 0, 0), dState, cache).dState;
    assert.equal(dState.c.at(0, 0), 3);
  });

  it("starts by keeping, and shows its gates as views", () => {
    const weights = memoryCell(3, 2).init(random(1));
    const { k, w, r } = memoryCellGates(weights);
    assert.deepEqual(
      [k.b, w.b, r.b].map((b) => b.toRows()),
      [[[1, 1]], [[0, 0]], [[0, 0]]],
    );
    r.W.set(4, 1, 7);
    assert.equal(weights.W.at(4, 5), 7);
    assert.deepEqual(memoryCell(3, 2, { keepBias: 3 }).init(random(1)).b.toRows(), [[3, 3, 0, 0, 0, 0]]);
    assert.throws(() => memoryCell(3, 2, { keepBias: Number.POSITIVE_INFINITY }), /memory cell: keepBias is Infinity/);
  });

  it("has 3H(D+H+1) + H(D+1) weights", () => {
    assert.equal(memoryCell(28, 128).parameterCount, 3 * 128 * 157 + 128 * 29);
  });
});
