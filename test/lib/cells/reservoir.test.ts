import assert from "node:assert/strict";
import {
  build,
  buildSequence,
  globalNorm,
  normal,
  random,
  reservoir,
  spectralRadius,
  subtract,
  unroll,
  zeros,
} from "unroll";
import { behavesAsCell, type NaiveStep } from "./cell-behaviour.js";

const naive =
  (leak: number): NaiveStep =>
  ({ W, b }, x, { h }) => {
    const X = [...x, ...h!];
    const sums = b![0]!.map((bias, j) => X.reduce((sum, value, k) => sum + value * W![k]![j]!, bias));
    return { h: sums.map((z, j) => (1 - leak) * h![j]! + leak * Math.tanh(z)) };
  };

behavesAsCell("reservoir (no leak)", (D, H) => reservoir(D, H), naive(1));
behavesAsCell("reservoir (leak 0.3)", (D, H) => reservoir(D, H, { leak: 0.3, connectivity: 1 }), naive(0.3));

describe("reservoir", () => {
  const recurrent = (H: number, options: object, seed = 1) =>
    reservoir(2, H, options)
      .init(random(seed))
      .W.rowRange(2, 2 + H);

  it("has the spectral radius that is asked for", () => {
    for (const [H, rho] of [
      [1, 0.5],
      [7, 1.25],
      [60, 0.8],
    ] as const) {
      assert.ok(Math.abs(spectralRadius(recurrent(H, { spectralRadius: rho })) - rho) < 1e-12);
    }
    assert.deepEqual(
      recurrent(3, { spectralRadius: 0, connectivity: 1 }).toRows().flat().map(Math.abs),
      zeros(1, 9).toRows()[0],
    );
  });

  it("lets each unit hear the share of the units that is asked for, and at least one", () => {
    for (const [connectivity, heard] of [
      [0.2, 8],
      [1, 40],
      [0.001, 1],
    ] as const) {
      const W = recurrent(40, { connectivity });
      for (let j = 0; j < 40; j++) assert.equal(W.toRows().filter((row) => row[j] !== 0).length, heard);
    }
  });

  it("never loses all it hears: its smallest sizes have a loop too", () => {
    for (let seed = 0; seed < 50; seed++) {
      const W = recurrent(2 + (seed % 5), { connectivity: 0.01 }, seed);
      assert.ok(Math.abs(spectralRadius(W) - 0.9) < 1e-9); // long chains make eigenvalues touchy
    }
  });

  it("spreads W_in and b over their scales", () => {
    const { W, b } = reservoir(2, 100, { inputScaling: 0.5, biasScaling: 0.2 }).init(random(1));
    const largest = (numbers: number[]) => Math.max(...numbers.map(Math.abs));
    const [ofInput, ofBias] = [largest(W.rowRange(0, 2).toRows().flat()), largest(b.toRows().flat())];
    assert.ok(ofInput <= 0.5 && ofInput > 0.45 && ofBias <= 0.2 && ofBias > 0.18, `${ofInput}, ${ofBias}`);
    assert.equal(largest(reservoir(2, 3).init(random(1)).b.toRows().flat()), 0);
  });

  it("forgets where it began when the spectral radius is below 1, and not when it is far above", () => {
    const next = random(2);
    const x = buildSequence(200, 1, 2, () => 0.5 * normal(next));
    const apart = (rho: number) => {
      const cell = reservoir(2, 50, { spectralRadius: rho });
      const weights = cell.init(random(3));
      const end = (value: number) =>
        unroll(cell, weights, x, { initialState: { h: build(1, 50, () => value) } }).finalState.h;
      return globalNorm({ d: subtract(end(0.5), end(-0.5)) });
    };
    assert.ok(apart(0.8) < 1e-9, `${apart(0.8)}`);
    assert.ok(apart(3) > 0.1, `${apart(3)}`);
  });

  it("is the same for the same seed", () => {
    assert.deepEqual(reservoir(2, 9).init(random(4)), reservoir(2, 9).init(random(4)));
    assert.notDeepEqual(reservoir(2, 9).init(random(4)), reservoir(2, 9).init(random(5)));
  });

  it("refuses options out of their range", () => {
    assert.throws(() => reservoir(1, 2, { spectralRadius: -1 }), /spectralRadius is -1, expected a number ≥ 0/);
    assert.throws(() => reservoir(1, 2, { inputScaling: Number.NaN }), /inputScaling is NaN/);
    assert.throws(() => reservoir(1, 2, { biasScaling: -0.1 }), /biasScaling is -0.1/);
    assert.throws(() => reservoir(1, 2, { leak: 0 }), /leak is 0, expected a number in \(0, 1\]/);
    assert.throws(() => reservoir(1, 2, { connectivity: 1.5 }), /connectivity is 1.5/);
  });
});
