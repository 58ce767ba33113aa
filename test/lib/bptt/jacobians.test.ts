import assert from "node:assert/strict";
import {
  bptt,
  build,
  buildSequence,
  feedForward,
  lstm,
  matrix,
  product,
  random,
  recurrentWeights,
  rnn,
  singularValues,
  stateJacobians,
  unroll,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";

describe("stateJacobians", () => {
  const next = random(2);
  const x = buildSequence(6, 1, 2, () => 2 * next() - 1);

  it("are, of a tanh RNN, products of diag(1 − h²)·W_hhᵀ", () => {
    const cell = rnn(2, 4);
    const weights = cell.init(random(1));
    const { states } = unroll(cell, weights, x);
    const found = stateJacobians(cell, weights, x);
    assert.equal(found.length, 7);
    // entry (i, j) of one step: (1 − h_i²)·W_hh[j, i]
    let expected = build(4, 4, (i, j) => (i === j ? 1 : 0));
    for (let d = 0; d <= 6; d++) {
      assertNear(found[d]!, expected);
      const h = states[5 - d]?.h;
      if (!h) break;
      const step = build(4, 4, (i, j) => (1 - h.at(0, i) ** 2) * recurrentWeights(weights).at(j, i));
      expected = product(expected, step);
    }
  });

  it("say what a small disturbance of the initial state does to the final one, in all parts", () => {
    const cell = lstm(2, 3);
    const weights = cell.init(random(1));
    const start = { h: build(1, 3, next), c: build(1, 3, next) };
    const J = stateJacobians(cell, weights, x, { initialState: start })[6]!;
    const final = (part: number, shift: number) => {
      const moved = [...start.h.data, ...start.c.data].map((value, k) => value + (k === part ? shift : 0));
      const initialState = { h: matrix([moved.slice(0, 3)]), c: matrix([moved.slice(3)]) };
      const { h, c } = unroll(cell, weights, x, { initialState }).finalState;
      return [...h.data, ...c.data];
    };
    const byDifferences = build(6, 6, (i, j) => (final(j, 1e-5)[i]! - final(j, -1e-5)[i]!) / 2e-5);
    assertNear(J, byDifferences, 1e-8);

    const ofC = stateJacobians(cell, weights, x, { initialState: start, part: "c" });
    assertNear(
      ofC[6]!,
      build(3, 3, (i, j) => J.at(3 + i, 3 + j)),
    );
    assertNear(
      ofC[0]!,
      build(3, 3, (i, j) => (i === j ? 1 : 0)),
    );
  });

  it("carry a gradient back: dh_T·J is what bptt sends to the initial state", () => {
    const cell = rnn(2, 4);
    const weights = cell.init(random(1));
    const dh = build(1, 4, next);
    const { dInitialState } = bptt(cell, weights, unroll(cell, weights, x), [], { dFinalState: { h: dh } });
    assertNear(product(dh, stateJacobians(cell, weights, x)[6]!), dInitialState.h);
  });

  it("keep lengths where the state is turned without a squeeze, and are 0 without a memory", () => {
    const cell = rnn(2, 4);
    const weights = cell.init(random(1)); // W_hh is orthogonal, and at h = 0 the slope of tanh is 1
    const still = stateJacobians(
      cell,
      weights,
      buildSequence(30, 1, 2, () => 0),
    );
    assertNear(matrix([[...singularValues(still[30]!)]]), [[1, 1, 1, 1]]);
    const layer = feedForward(2, 3);
    assertNear(stateJacobians(layer, layer.init(random(1)), x)[1]!, zeros(3, 3));
  });

  it("are float32 when all that goes in is", () => {
    const cell = rnn(2, 4);
    const weights = cell.init(random(1));
    const light = { W: build(6, 4, (i, j) => weights.W.at(i, j), "float32"), b: zeros(1, 4, "float32") };
    const found = stateJacobians(
      cell,
      light,
      buildSequence(3, 1, 2, () => 0.5, "float32"),
    );
    assert.deepEqual(
      found.map(({ precision }) => precision),
      new Array(4).fill("float32"),
    );
  });

  it("refuse a batch, an empty sequence, and a part that the state has not", () => {
    const cell = rnn(2, 4);
    const weights = cell.init(random(1));
    assert.throws(
      () => stateJacobians(cell, weights, buildSequence(3, 2, 2, next)),
      /x holds 2 sequences, expected one/,
    );
    assert.throws(() => stateJacobians(cell, weights, x.slice(0, 0)), /at least one step/);
    assert.throws(
      () => stateJacobians(cell, weights, x, { part: "c" as "h" }),
      /the state has no part "c", expected one of h/,
    );
  });
});
