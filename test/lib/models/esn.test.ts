import assert from "node:assert/strict";
import {
  affine,
  build,
  buildSequence,
  concat,
  esn,
  matrix,
  nrmse,
  random,
  reservoir,
  ridge,
  rnn,
  stack,
  unroll,
  zeros,
} from "unroll";
import { assertNear } from "../near.js";

const cell = reservoir(2, 12, { leak: 0.7, biasScaling: 0.5 });
const model = esn(cell, 3);
const next = random(2);
const x = buildSequence(40, 2, 2, () => 2 * next() - 1);
const targets = buildSequence(40, 2, 3, () => 2 * next() - 1);

describe("esn", () => {
  it("reads 1, x_t and h_t with the weights of ridge regression, from the washout on", () => {
    const weights = model.init(random(1));
    const { finalState } = model.fit(weights, x, targets, { washout: 10, ridge: 0.01 });
    const { states } = unroll(cell, weights.cell, x);
    const rows = states.slice(10).flatMap(({ h }, n) => concat(x.at(10 + n), h).toRows());
    const wanted = Array.from({ length: 30 }, (_, n) => targets.at(10 + n).toRows()).flat();
    const W = ridge(matrix(rows.map((row) => [1, ...row])), matrix(wanted), 0.01);
    assertNear(weights.readout.b, W.rowRange(0, 1));
    assertNear(weights.readout.W, W.rowRange(1, 15));
    assert.deepEqual(finalState, states.at(-1));
  });

  it("trains nothing but the read-out", () => {
    const weights = model.init(random(1));
    model.fit(weights, x, targets);
    assert.deepEqual(weights.cell, model.init(random(1)).cell);
  });

  it("predicts from where it is told to go on", () => {
    const weights = model.init(random(1));
    const { finalState } = model.fit(weights, x.slice(0, 30), targets.slice(0, 30), { ridge: 0.01 });
    const whole = model.predict(weights, x);
    const rest = model.predict(weights, x.slice(30, 40), { initialState: finalState });
    assert.deepEqual(rest.y.data, whole.y.slice(30, 40).data);
    assert.deepEqual(rest.finalState, whole.finalState);
    const { states } = unroll(cell, weights.cell, x);
    assertNear(whole.y.at(7), affine(concat(x.at(7), states[7]!.h), weights.readout.W, weights.readout.b));
  });

  it("does not let what came before the washout into the regression", () => {
    const strange = buildSequence(40, 2, 3, (t, i, j) => (t < 10 ? 1e6 : targets.at(t).at(i, j)));
    const [known, found] = [model.init(random(1)), model.init(random(1))];
    model.fit(known, x, targets, { washout: 10 });
    model.fit(found, x, strange, { washout: 10 });
    assert.deepEqual(found, known);
  });

  it("runs freely on its own outputs", () => {
    const own = esn(reservoir(2, 12), 2);
    const weights = own.init(random(1));
    const { finalState } = own.fit(weights, x.slice(0, 39), x.slice(1, 40), { ridge: 0.1 });
    const { y, finalState: end } = own.generate(weights, x.at(39), 5, { initialState: finalState });
    const fed = stack([x.at(39), y.at(0), y.at(1), y.at(2), y.at(3)]);
    const again = own.predict(weights, fed, { initialState: finalState });
    assert.deepEqual([again.y.data, again.finalState], [y.data, end]);
  });

  it("goes on with a wave for three periods after hearing ten", () => {
    const wave = buildSequence(400, 1, 1, (t) => Math.sin((2 * Math.PI * t) / 30));
    const own = esn(reservoir(1, 50), 1);
    const weights = own.init(random(1));
    const { finalState } = own.fit(weights, wave.slice(0, 300), wave.slice(1, 301), { washout: 100 });
    const { y } = own.generate(weights, wave.at(300), 90, { initialState: finalState });
    const error = nrmse(y, wave.slice(301, 391));
    assert.ok(error < 0.01, `${error}`);
  });

  it("takes any cell as its reservoir", () => {
    const own = esn(rnn(2, 20), 3);
    const weights = own.init(random(1));
    own.fit(weights, x, targets);
    assert.ok(nrmse(own.predict(weights, x).y, targets) < 0.9); // 23 numbers for each of 80 rows of noise
  });

  it("says what does not fit", () => {
    const weights = model.init(random(1));
    assert.throws(() => esn(cell, 0), /outputSize is 0, expected a whole number ≥ 1/);
    assert.throws(() => model.fit(weights, x, targets.slice(0, 39)), /the targets are 39×2×3, expected 40×2×3/);
    assert.throws(() => model.fit(weights, x, x), /the targets are 40×2×2, expected 40×2×3/);
    assert.throws(() => model.fit(weights, x, targets, { washout: 40 }), /the washout is 40 steps of 40, .* 0 to 39/);
    assert.throws(() => model.fit(weights, x, targets, { ridge: -1 }), /lambda is -1/);
    assert.throws(() => model.generate(weights, x.at(0), 5), /an output of 3 numbers cannot be read as an input of 2/);
    const broken = buildSequence(40, 2, 3, (t) => (t === 5 ? Number.NaN : 0));
    assert.throws(() => model.fit(weights, x, broken), /ridge: Y holds NaN/);
    assert.throws(
      () =>
        model.fit(
          weights,
          buildSequence(40, 2, 2, () => 0),
          buildSequence(40, 2, 3, () => 1),
          { ridge: 0 },
        ),
      /not positive definite.*larger lambda/,
    );
    assert.deepEqual(weights.readout.W.toRows(), zeros(14, 3).toRows()); // nothing half done
    assert.deepEqual(build(1, 3, () => 0).toRows(), weights.readout.b.toRows());
  });
});
