import assert from "node:assert/strict";
import { adam, build, matrix, type Optimizer, sgd, zeros } from "unroll";

describe("optimisers", () => {
  const each: [string, () => Optimizer][] = [
    ["sgd", () => sgd({ learningRate: 0.1 })],
    ["adam", () => adam({ learningRate: 0.1 })],
  ];

  for (const [name, make] of each) {
    it(`${name} walks down to the bottom of a bowl, in place, also in a view`, () => {
      // E = ½‖w − 3‖², ∂E/∂w = w − 3, lowest at 3
      const whole = build(2, 4, () => 0);
      const w = whole.columns(1, 3);
      const optimizer = make();
      for (let k = 0; k < 500; k++) optimizer.step({ w }, { w: build(2, 2, (i, j) => w.at(i, j) - 3) });
      for (const row of whole.toRows()) {
        assert.ok(Math.abs(row[1]! - 3) < 1e-3 && Math.abs(row[2]! - 3) < 1e-3, `${row}`);
        assert.deepEqual([row[0], row[3]], [0, 0]);
      }
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

  it("refuse a learning rate that is not > 0", () => {
    assert.throws(() => sgd({ learningRate: -1 }), /sgd: learningRate is -1, expected a number > 0/);
    assert.throws(() => adam({ learningRate: Number.NaN }), /adam: learningRate is NaN/);
  });
});
