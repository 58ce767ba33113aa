import assert from "node:assert/strict";
import { build, gradientCheck, matrix, zeros } from "unroll";

describe("gradientCheck", () => {
  // E = Σ sin(a) + b³, so ∂E/∂a = cos(a), ∂E/∂b = 3b²
  const parameters = { a: build(2, 2, (i, j) => i + j / 3), deep: { b: matrix([[0.5]]) } };
  const loss = () =>
    parameters.a
      .toRows()
      .flat()
      .reduce((sum, v) => sum + Math.sin(v), parameters.deep.b.at(0, 0) ** 3);
  const right = () => ({ a: build(2, 2, (i, j) => Math.cos(i + j / 3)), deep: { b: matrix([[0.75]]) } });

  it("finds that right gradients agree, and puts the parameters back", () => {
    const before = parameters.a.toRows();
    const check = gradientCheck(loss, parameters, right());
    assert.ok(check.ok && check.worst.error <= 1e-7, check.summary);
    assert.deepEqual(Object.keys(check.perParameter), ["a", "deep.b"]);
    assert.deepEqual(parameters.a.toRows(), before);
  });

  it("names the worst entry of a wrong one, and keeps the others apart", () => {
    const wrong = right();
    wrong.a.set(1, 0, wrong.a.at(1, 0) * (1 + 1e-5));
    const check = gradientCheck(loss, parameters, wrong);
    assert.ok(!check.ok);
    assert.deepEqual([check.worst.name, check.worst.row, check.worst.col], ["a", 1, 0]);
    assert.ok(Math.abs(check.worst.error - 1e-5) < 1e-7);
    assert.match(
      check.summary,
      /∂E\/∂a at \(1, 0\): by hand .*, by differences .*: relative error 1.0e-5 is over 1e-7/,
    );
    assert.ok(check.perParameter["deep.b"]!.error <= 1e-7);
  });

  it("takes 0 against 0 for no error, and 0 against something for one", () => {
    const unused = { w: zeros(1, 1) };
    assert.equal(gradientCheck(() => 7, unused, { w: zeros(1, 1) }).worst.error, 0);
    assert.ok(!gradientCheck(() => 7, unused, { w: matrix([[1e-3]]) }).ok);
  });

  it("does not pass a gradient that is NaN", () => {
    assert.ok(!gradientCheck(() => 7, { w: zeros(1, 2) }, { w: matrix([[Number.NaN, 0]]) }).ok);
  });

  it("refuses float32, gradients that are missing or of another shape, and a loss that is no number", () => {
    const w = zeros(1, 1);
    assert.throws(() => gradientCheck(() => 0, { w: zeros(1, 1, "float32") }, { w }), /w is float32.*use float64/);
    assert.throws(() => gradientCheck(() => 0, { w }, {}), /there is no gradient for w/);
    assert.throws(() => gradientCheck(() => 0, { w }, { w: zeros(1, 2) }), /of w is 1×2, expected 1×1/);
    assert.throws(() => gradientCheck(() => Number.NaN, { w }, { w }), /the loss is NaN/);
    assert.throws(() => gradientCheck(() => 0, {}, {}), /there are no parameters/);
  });
});
