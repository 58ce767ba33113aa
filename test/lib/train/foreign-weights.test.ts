import assert from "node:assert/strict";
import { fromKeras, fromPytorch, gru, gruResetAfter, lstm, matrix, random, toKeras, toPytorch, zeros } from "unroll";

describe("weights of PyTorch and Keras", () => {
  const state = toPytorch("lstm", lstm(3, 2).init(random(1)));
  const layer = toKeras("gru", gru(3, 2).init(random(1)));

  it("are refused when a matrix is missing, of another shape or not finite, by its name", () => {
    const { weight_hh_l0: _, ...rest } = state;
    assert.throws(
      () => fromPytorch("lstm", rest),
      /fromPytorch: lstm: there is no weight_hh_l0, only weight_ih_l0, bias_ih_l0, bias_hh_l0: expected the weights of/,
    );
    assert.throws(() => fromPytorch("lstm", {}, { layer: 2, prefix: "a." }), /no a.weight_ih_l2, only nothing/);
    assert.throws(() => fromPytorch("gruResetAfter", state), /weight_ih_l0 is 8×3, expected 6×3/);
    assert.throws(() => fromPytorch("lstm", { ...state, bias_hh_l0: zeros(1, 2) }), /bias_hh_l0 is 1×2, expected 1×8/);
    const { bias_ih_l0: __, ...half } = state;
    assert.throws(() => fromPytorch("lstm", half), /there is no bias_ih_l0/);
    const broken = {
      ...layer,
      kernel: matrix([
        [1, 2, 3, 4, 5, 6],
        [1, 2, Number.NaN, 4, 5, 6],
        [1, 2, 3, 4, 5, 6],
      ]),
    };
    assert.throws(() => fromKeras("gru", broken), /fromKeras: gru: kernel holds NaN at row 1, column 2/);
    assert.throws(() => fromKeras("gruResetAfter", layer), /bias is 1×6, expected 2×6/);
    assert.throws(() => fromKeras("gru", {}), /there is no kernel/);
  });

  it("are not made of a cell of another kind", () => {
    const weights = gruResetAfter(3, 2).init(random(1));
    assert.throws(
      () => toPytorch("lstm", weights),
      /toPytorch: lstm: W is 5×6 and b 1×6, expected \(D\+H\)×4H and 1×4H/,
    );
    assert.throws(() => toKeras("gru", { ...weights, b: zeros(1, 5) }), /toKeras: gru: W is 5×6 and b 1×5/);
  });

  it("keep float32", () => {
    const single = Object.fromEntries(Object.entries(state).map(([name, m]) => [name, matrix(m.toRows(), "float32")]));
    const { W, b } = fromPytorch("lstm", single);
    assert.deepEqual([W.precision, b.precision], ["float32", "float32"]);
    assert.equal(toKeras("lstm", { W, b }).kernel.precision, "float32");
  });
});
