import assert from "node:assert/strict";
import { adam, adamw, build, matrix, type Optimizer, rmsprop, sgd, zeros } from "unroll";

describe("optimisers", () => {
  const each: [string, () => Optimizer][] = [
    ["sgd", () => sgd({ learningRate: 0.1 })],
    ["sgd with momentum", () => sgd({ learningRate: 0.02, momentum: 0.9 })],
    ["sgd with Nesterov momentum", () => sgd({ learningRate: 0.02, momentum: 0.9, nesterov: true })],
    ["rmsprop", () => rmsprop({ learningRate: 0.02, alpha: 0.9 })],
    ["centred rmsprop", () => rmsprop({ learningRate: 0.002, alpha: 0.9, centered: true })],
    ["adam", () => adam({ learningRate: 0.1 })],
    ["adamw", () => adamw({ learningRate: 0.1, weightDecay: 0 })],
  ];

  for (const [name, make] of each) {
    it(`${name} walks down to the bottom of a bowl, in place, also in a view`, () => {
      // E = ½‖w − 3‖², ∂E/∂w = w − 3, lowest at 3
      const whole = build(2, 4, () => 0);
      const w = whole.columns(1, 3);
      const optimizer = make();
      // RMSProp's step does not shrink with the gradient
      const near = name.includes("rmsprop") ? 0.1 : 1e-3;
      for (let k = 0; k < 500; k++) optimizer.step({ w }, { w: build(2, 2, (i, j) => w.at(i, j) - 3) });
      for (const row of whole.toRows()) {
        assert.ok(Math.abs(row[1]! - 3) < near && Math.abs(row[2]! - 3) < near, `${row}`);
        assert.deepEqual([row[0], row[3]], [0, 0]);
      }
    });

    it(`${name} goes on from its saved state as if it had not stopped`, () => {
      const [w, v] = [build(2, 3, (i, j) => i - j), build(2, 3, (i, j) => i - j)];
      const slope = (m: typeof w) => ({ w: build(2, 3, (i, j) => 0.3 * m.at(i, j) ** 3) });
      const [whole, before, after] = [make(), make(), make()];
      for (let k = 0; k < 7; k++) whole.step({ w }, slope(w));
      for (let k = 0; k < 3; k++) before.step({ w: v }, slope(v));
      const state = before.state();
      before.step({ w: zeros(2, 3) }, { w: build(2, 3, () => 1) });
      assert.equal(state.step, 3);
      after.restore(state);
      for (let k = 0; k < 4; k++) after.step({ w: v }, slope(v));
      assert.deepEqual(v.toRows(), w.toRows());
      after.restore(state);
      assert.deepEqual(after.state(), state);
    });

    it(`${name} says which gradient is missing or has another shape`, () => {
      assert.throws(() => make().step({ w: zeros(1, 2) }, {}), /there is no gradient for w/);
      assert.throws(() => make().step({ w: zeros(1, 2) }, { w: zeros(2, 1) }), /w and its gradient: 1×2 and 2×1/);
    });
  }

  it("adam's first step is the learning rate against the sign of the gradient, however long it is", () => {
    // m̂ = g and v̂ = g², so the step is η·g/(|g| + ε): Kingma & Ba 2015, section 2.1
    const w = matrix([[0, 0]]);
    adam({ learningRate: 0.01 }).step({ w }, { w: matrix([[1e-3, -1e3]]) });
    assert.ok(Math.abs(w.at(0, 0) + 0.01) < 1e-6 && Math.abs(w.at(0, 1) - 0.01) < 1e-6);
  });

  it("adam refuses a second model with other shapes", () => {
    const optimizer = adam();
    optimizer.step({ w: zeros(1, 2) }, { w: zeros(1, 2) });
    assert.throws(() => optimizer.step({ w: zeros(2, 2) }, { w: zeros(2, 2) }), /an optimiser belongs to one model/);
  });

  it("adamw takes the same share of all weights away, whatever their gradients are", () => {
    const w = matrix([[10, -10]]);
    adamw({ learningRate: 0.1, weightDecay: 0.5 }).step({ w }, { w: zeros(1, 2) }, 0.5);
    assert.deepEqual(w.toRows(), [[9.75, -9.75]]);
  });

  it("centred rmsprop stays finite where rounding makes the variance negative", () => {
    const w = zeros(1, 1, "float32");
    const optimizer = rmsprop({ centered: true, alpha: 0.5 });
    for (let k = 0; k < 200; k++) optimizer.step({ w }, { w: matrix([[1 / 3]], "float32") });
    assert.ok(Number.isFinite(w.at(0, 0)));
  });

  it("refuse the state of another one, or of another model", () => {
    const trained = (optimizer: Optimizer) => {
      optimizer.step({ w: zeros(1, 2) }, { w: zeros(1, 2) });
      return optimizer.state();
    };
    assert.throws(() => adam().restore(trained(adamw())), /adam: the state is that of adamw, expected that of adam/);
    assert.throws(
      () => sgd().restore(trained(sgd({ momentum: 0.5 }))),
      /sgd: the state holds velocity.w, with these options it remembers nothing/,
    );
    assert.throws(() => adam().restore({ ...trained(adam()), step: -1 }), /adam: the state's step is -1/);
    const other = adam();
    other.restore(trained(adam()));
    assert.throws(() => other.step({ v: zeros(1, 2) }, { v: zeros(1, 2) }), /adam: the restored state holds no mean.v/);
    assert.throws(() => other.step({ w: zeros(2, 2) }, { w: zeros(2, 2) }), /an optimiser belongs to one model/);
  });

  it("refuse options that are out of range", () => {
    assert.throws(() => sgd({ learningRate: -1 }), /sgd: learningRate is -1, expected a number > 0/);
    assert.throws(() => sgd({ momentum: 1 }), /sgd: momentum is 1, expected a number ≥ 0 and < 1/);
    assert.throws(() => sgd({ nesterov: true }), /sgd: nesterov needs a momentum > 0, it is 0/);
    assert.throws(() => rmsprop({ alpha: -0.1 }), /rmsprop: alpha is -0.1/);
    assert.throws(() => adam({ learningRate: Number.NaN }), /adam: learningRate is NaN/);
    assert.throws(() => adam({ beta2: 1 }), /adam: beta2 is 1/);
    assert.throws(() => adamw({ weightDecay: -1 }), /adamw: weightDecay is -1, expected a number ≥ 0/);
    assert.throws(() => adamw({ epsilon: 0 }), /adamw: epsilon is 0, expected a number > 0/);
  });
});
