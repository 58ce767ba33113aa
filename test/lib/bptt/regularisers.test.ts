import assert from "node:assert/strict";
import {
  activationPenalty,
  buildSequence,
  gradientCheck,
  type Lengths,
  l2Penalty,
  matrix,
  random,
  type Sequence,
  temporalActivationPenalty,
  zeros,
  zerosLike,
} from "unroll";
import { assertNear } from "../near.js";

describe("l2Penalty", () => {
  const weights = { cell: { W: matrix([[1, -2]]) }, readout: { b: matrix([[3]]) } };

  it("is half of λ times the summed squares, and adds λ·w to the gradients", () => {
    const gradients = { cell: { W: matrix([[10, 10]]) }, readout: { b: matrix([[10]]) } };
    assert.equal(l2Penalty(weights, gradients, 0.5), 3.5); // 0.25·(1 + 4 + 9)
    assertNear(gradients.cell.W, [[10.5, 9]]);
    assertNear(gradients.readout.b, [[11.5]]);
  });

  it("leaves out what is not chosen", () => {
    const gradients = zerosLike(weights);
    assert.equal(l2Penalty(weights, gradients, 2, { which: (name) => name.endsWith("W") }), 5);
    assertNear(gradients.readout.b, [[0]]);
  });

  it("refuses a lambda below 0 and gradients that are missing or of another shape", () => {
    assert.throws(() => l2Penalty(weights, zerosLike(weights), -1), /lambda is -1, expected a number ≥ 0/);
    assert.throws(() => l2Penalty(weights, { cell: weights.cell }, 1), /no gradient for readout.b/);
    assert.throws(() => l2Penalty({ W: zeros(1, 2) }, { W: zeros(2, 1) }, 1), /the gradient of W: 2×1 and 1×2/);
  });
});

for (const [name, penalty] of Object.entries({ activationPenalty, temporalActivationPenalty })) {
  describe(name, () => {
    const next = random(1);
    const h = buildSequence(5, 3, 2, () => 2 * next() - 1);
    const none = (like = h) => buildSequence(like.steps, like.batch, like.width, () => 0);
    const byStep = (s: Sequence) => Object.fromEntries(Array.from({ length: s.steps }, (_, t) => [t, s.at(t)]));

    it("has gradients that equal differences, with and without padding", () => {
      for (const lengths of [undefined, [5, 2, 1]] as (Lengths | undefined)[]) {
        const options = lengths ? { lengths } : {};
        const dh = none();
        penalty(h, dh, 0.7, options);
        const check = gradientCheck(() => penalty(h, none(), 0.7, options), byStep(h), byStep(dh));
        assert.ok(check.ok, check.summary);
      }
    });

    it("does not see what lies behind a sequence's length", () => {
      const lengths = [5, 2, 1];
      const changed = buildSequence(5, 3, 2, (t, i, j) => h.at(t).at(i, j) + (t >= lengths[i]! ? 9 : 0));
      const [before, after] = [none(), none()];
      assert.equal(penalty(changed, after, 2, { lengths }), penalty(h, before, 2, { lengths }));
      assert.deepEqual(after, before);
    });

    it("adds to the gradient that is there", () => {
      const [fresh, started] = [none(), buildSequence(5, 3, 2, () => 1)];
      penalty(h, fresh, 2);
      penalty(h, started, 2);
      for (let t = 0; t < 5; t++)
        assertNear(
          started.at(t),
          fresh
            .at(t)
            .toRows()
            .map((row) => row.map((v) => v + 1)),
        );
    });

    it("refuses a factor below 0, other shapes, other lengths, and no steps", () => {
      assert.throws(() => penalty(h, none(), -1), /the factor is -1, expected a number ≥ 0/);
      assert.throws(() => penalty(h, none(h.slice(0, 4)), 1), /h is 5×3×2 and dh 4×3×2, expected one shape/);
      assert.throws(() => penalty(h, none(), 1, { lengths: [5, 6, 1] }), /sequence 1 is 6/);
      assert.throws(() => penalty(h.slice(0, 0), none(h.slice(0, 0)), 1), /at least one step/);
    });
  });
}

describe("temporalActivationPenalty", () => {
  it("is 0 where nothing changes, and where there is a single step", () => {
    const still = buildSequence(4, 1, 2, () => 3);
    assert.equal(
      temporalActivationPenalty(
        still,
        buildSequence(4, 1, 2, () => 0),
        1,
      ),
      0,
    );
    const dh = buildSequence(1, 1, 2, () => 0);
    assert.equal(temporalActivationPenalty(still.slice(0, 1), dh, 1), 0);
    assertNear(dh.at(0), [[0, 0]]);
  });
});
