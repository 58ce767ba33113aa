import assert from "node:assert/strict";
import { build, inputWeights, lstm, lstmGates, matrix, random, recurrentWeights, zeros } from "unroll";
import { assertNear } from "../near.js";
import { behavesAsCell, row, sigma } from "./cell-behaviour.js";

behavesAsCell(
  "LSTM",
  (D, H) => lstm(D, H),
  ({ W, b }, x, { h, c }) => {
    const H = h!.length;
    const X = [...x, ...h!];
    const Z = [0, 1, 2, 3].map((block) => row(X, W!, b![0]!, block * H, H));
    const next = c!.map((kept, j) => sigma(Z[0]![j]!) * kept + sigma(Z[1]![j]!) * Math.tanh(Z[3]![j]!));
    return { c: next, h: next.map((value, j) => sigma(Z[2]![j]!) * Math.tanh(value)) };
  },
);

behavesAsCell(
  "peephole LSTM",
  (D, H) => lstm(D, H, { peepholes: true }),
  ({ W, b, P }, x, { h, c }) => {
    const H = h!.length;
    const X = [...x, ...h!];
    const Z = [0, 1, 2, 3].map((block) => row(X, W!, b![0]!, block * H, H));
    const p = (gate: number, j: number) => P![0]![gate * H + j]!;
    const next = c!.map(
      (kept, j) => sigma(Z[0]![j]! + p(0, j) * kept) * kept + sigma(Z[1]![j]! + p(1, j) * kept) * Math.tanh(Z[3]![j]!),
    );
    return { c: next, h: next.map((value, j) => sigma(Z[2]![j]! + p(2, j) * value) * Math.tanh(value)) };
  },
);

describe("LSTM", () => {
  it("keeps its cell state for ever when it forgets nothing and writes nothing", () => {
    const cell = lstm(1, 1);
    const shut = { W: zeros(2, 4), b: matrix([[100, -1000, 0, 0]]) }; // f = 1, u = 0
    let state = { h: zeros(1, 1), c: matrix([[0.7]]) };
    for (let t = 0; t < 1000; t++) state = cell.forward(shut, matrix([[t]]), state).state;
    assert.equal(state.c.at(0, 0), 0.7);
  });

  it("forgets all at once when the forget gate is 0: a forget gate of 1 remembers", () => {
    const cell = lstm(1, 1);
    const open = { W: zeros(2, 4), b: matrix([[-1000, -1000, 0, 0]]) }; // f = 0, u = 0
    const { state } = cell.forward(open, matrix([[5]]), { h: matrix([[0.3]]), c: matrix([[0.7]]) });
    assert.deepEqual([state.c.at(0, 0), state.h.at(0, 0)], [0, 0]);
  });

  it("starts with a forget bias of 1, or of what is asked for, and no other bias", () => {
    assert.deepEqual(lstm(1, 2).init(random(1)).b.toRows(), [[1, 1, 0, 0, 0, 0, 0, 0]]);
    assert.deepEqual(lstm(1, 1, { forgetBias: -2 }).init(random(1)).b.toRows(), [[-2, 0, 0, 0]]);
    assert.deepEqual(lstm(1, 1, { forgetBias: 3, peepholes: true }).init(random(1)).b.toRows(), [[3, 0, 0, 0]]);
    assert.throws(() => lstm(1, 1, { forgetBias: Number.NaN }), /LSTM: forgetBias is NaN, expected a finite number/);
  });

  it("shows each gate's W_x, W_h and b as views of the packed weights", () => {
    const weights = lstm(3, 2).init(random(1));
    const { f, u, r, candidate } = lstmGates(weights);
    const rows = [f, u, r, candidate].map(({ W }) => W.toRows());
    assert.deepEqual(
      weights.W.toRows(),
      Array.from({ length: 5 }, (_, i) => rows.flatMap((gate) => gate[i]!)),
    );
    assert.deepEqual([inputWeights(u).rows, recurrentWeights(u).rows], [3, 2]);
    recurrentWeights(r).set(1, 1, 7);
    assert.equal(weights.W.at(4, 5), 7);
  });

  it("has 4H(D+H+1) weights, and 3H more with peepholes", () => {
    assert.equal(lstm(28, 128).parameterCount, 4 * 128 * (28 + 128 + 1));
    assert.equal(lstm(28, 128, { peepholes: true }).parameterCount, 4 * 128 * (28 + 128 + 1) + 3 * 128);
  });
});

describe("peephole LSTM", () => {
  const [D, H] = [3, 4];
  const x = build(2, D, (i, j) => Math.sin(i + 2 * j));
  const state = { h: build(2, H, (i, j) => Math.cos(i + j)), c: build(2, H, (i, j) => i - j / 3) };

  it("is the LSTM when its peepholes are shut, and another cell when they are open", () => {
    const weights = lstm(D, H).init(random(1));
    const plain = lstm(D, H).forward(weights, x, state).state;
    const cell = lstm(D, H, { peepholes: true });
    const shut = cell.forward({ ...weights, P: zeros(1, 3 * H) }, x, state).state;
    assertNear(shut.h, plain.h);
    assertNear(shut.c, plain.c);
    const open = cell.forward({ ...weights, P: build(1, 3 * H, () => 1) }, x, state).state;
    assert.ok(Math.abs(open.h.at(1, 0) - plain.h.at(1, 0)) > 0.01);
  });

  it("opens its result gate by what it has stored, while h says nothing", () => {
    const cell = lstm(1, 1, { peepholes: true });
    const counting = { W: zeros(2, 4), b: matrix([[100, -1000, -50, 0]]), P: matrix([[0, 0, 100]]) };
    const read = (c: number) =>
      cell.forward(counting, matrix([[0]]), { h: zeros(1, 1), c: matrix([[c]]) }).state.h.at(0, 0);
    assert.ok(read(0.2) < 1e-10);
    assertNear(matrix([[read(0.8)]]), [[Math.tanh(0.8)]], 1e-10);
  });
});
