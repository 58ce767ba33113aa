import assert from "node:assert/strict";
import {
  activationPenalty,
  bptt,
  build,
  buildSequence,
  cholesky,
  eigenvalues,
  type Matrix,
  mackeyGlass,
  matrix,
  principalComponents,
  reservoir,
  ridge,
  rnn,
  type Sequence,
  singularValues,
  solve,
  spectralRadius,
  stack,
  stateJacobians,
  temporalActivationPenalty,
  truncatedBptt,
  unroll,
} from "unroll";
import { assertParity, fixture, sequenceOf } from "./parity.js";

type Rows = number[][];
type Case =
  | ({ kind: "solve" } & Record<"A" | "B" | "L" | "X", Rows>)
  | ({ kind: "ridge"; lambda: number } & Record<"X" | "Y" | "W", Rows>)
  | { kind: "singular values"; A: Rows; values: Rows }
  | { kind: "eigenvalues"; A: Rows; values: Rows }
  | { kind: "spectral radius"; seed: number; size: number; radius: number }
  | ({ kind: "components" } & Record<"X" | "components" | "projected" | "explained", Rows>)
  | ({ kind: "jacobians"; x: Rows[]; products: { distance: number; J: Rows; values: Rows }[] } & Network)
  | ({ kind: "truncated"; k: number; passes: Record<"dW" | "db" | "state", Rows>[] } & Sequences & Network)
  | ({ kind: "penalties" } & Record<"alpha" | "beta" | "activation" | "temporal", number> &
      Record<"h" | "dActivation" | "dTemporal", Rows[]>)
  | ({ kind: "reservoir"; leak: number } & Record<"x" | "dh" | "h" | "dx", Rows[]> &
      Record<"h0" | "W" | "b" | "dh0" | "dW" | "db", Rows>)
  | { kind: "mackey-glass"; tau: number; initial: number; values: Rows };
type Network = Record<"W" | "b" | "h0", Rows>;
type Sequences = Record<"x" | "dh", Rows[]>;

// every expectation comes from NumPy, SciPy or PyTorch in float64: write-analysis.py
const known = fixture<Case>("analysis");
function each<K extends Case["kind"]>(kind: K, title: string, test: (one: Extract<Case, { kind: K }>) => void): void {
  const cases = known.filter((one): one is Extract<Case, { kind: K }> => one.kind === kind);
  it(`${title} (${cases.length} cases)`, () => {
    assert.ok(cases.length > 0);
    cases.forEach(test);
  });
}

describe("SciPy's figures", () => {
  each("solve", "are the Cholesky factor and the solution of a positive definite system", ({ A, B, L, X }) => {
    assertParity("L", cholesky(matrix(A)), L);
    assertParity("X", solve(matrix(A), matrix(B)), X);
  });

  each("ridge", "are the weights of ridge regression, computed there by QR", ({ X, Y, W, lambda }) => {
    assertParity("W", ridge(matrix(X), matrix(Y), lambda), W);
  });

  each("singular values", "are the singular values", ({ A, values }) => {
    assertParity("σ", matrix([[...singularValues(matrix(A))]]), values, { tolerance: 1e-12 });
  });

  each("eigenvalues", "are the eigenvalues", ({ A, values }) => {
    // sizes of conjugates differ by rounding: the upper one first
    const found = eigenvalues(matrix(A)).map(({ re, im }) => [re, im] as const);
    found.sort(([a, b], [c, d]) => Math.round(1e10 * (Math.hypot(c, d) - Math.hypot(a, b))) || c - a || d - b);
    assertParity("λ", matrix(found), values);
  });

  each("spectral radius", "are the spectral radii of random matrices up to 400×400", ({ seed, size, radius }) => {
    const found = spectralRadius(parkMiller(seed, size));
    assert.ok(Math.abs(found / radius - 1) < 1e-10, `${found}, NumPy has ${radius}`);
  });

  each("components", "are the principal components, the projections and the shares of variance", (one) => {
    const found = principalComponents(matrix(one.X), one.components[0]!.length);
    assertParity("components", found.components, one.components);
    assertParity("projected", found.projected, one.projected);
    assertParity("explained", matrix([found.explained]), one.explained);
  });

  each("mackey-glass", "are the Mackey–Glass series, to the error of fourth order", ({ tau, initial, values }) => {
    const length = values.length;
    const worst = (step: number) => {
      const series = mackeyGlass({ length, tau, initial, step, discard: 0 });
      return Math.max(...values.map(([value], t) => Math.abs(series.at(t).at(0, 0) - value!)));
    };
    const [coarse, fine] = [worst(0.1), worst(0.05)];
    assert.ok(coarse < 1e-6, `${coarse}`);
    assert.ok(coarse / fine > 10, `half the step: ${coarse / fine} times less`); // 2⁴ = 16
  });
});

describe("PyTorch's figures of analysis", () => {
  each("jacobians", "are the products of Jacobians and their singular values", ({ x, h0, W, b, products }) => {
    const [D, H] = [x[0]![0]!.length, h0[0]!.length];
    const weights = { W: matrix(W), b: matrix(b) };
    const found = stateJacobians(rnn(D, H), weights, sequenceOf(x), { initialState: { h: matrix(h0) } });
    for (const { distance, J, values } of products) {
      assertParity(`J over ${distance}`, found[distance]!, J);
      assertParity(`σ over ${distance}`, matrix([[...singularValues(found[distance]!)]]), values);
    }
  });

  each("truncated", "are the gradients of truncated BPTT with a state detached after every k steps", (one) => {
    const [D, H] = [one.x[0]![0]!.length, one.dh[0]![0]!.length];
    const weights = { W: matrix(one.W), b: matrix(one.b) };
    const dh = (_: Matrix, t: number) => matrix(one.dh[t]!);
    const found = [...truncatedBptt(rnn(D, H), weights, sequenceOf(one.x), dh, { k1: one.k })];
    assert.equal(found.length, one.passes.length);
    found.forEach(({ gradients, state }, n) => {
      assertParity("∂E/∂W", gradients.W, one.passes[n]!.dW);
      assertParity("∂E/∂b", gradients.b, one.passes[n]!.db);
      assertParity("state", state.h, one.passes[n]!.state);
    });
  });

  each("penalties", "are the penalties on activations and on their changes", (one) => {
    const h = sequenceOf(one.h);
    const none = () => buildSequence(h.steps, h.batch, h.width, () => 0);
    const [dActivation, dTemporal] = [none(), none()];
    assertParity("AR", matrix([[activationPenalty(h, dActivation, one.alpha)]]), [[one.activation]]);
    assertParity("TAR", matrix([[temporalActivationPenalty(h, dTemporal, one.beta)]]), [[one.temporal]]);
    assertSequence("∂AR/∂h", dActivation, one.dActivation);
    assertSequence("∂TAR/∂h", dTemporal, one.dTemporal);
  });

  each("reservoir", "are the reservoir's states and gradients", (one) => {
    const [D, H] = [one.x[0]![0]!.length, one.h0[0]!.length];
    const cell = reservoir(D, H, { leak: one.leak });
    const weights = { W: matrix(one.W), b: matrix(one.b) };
    const run = unroll(cell, weights, sequenceOf(one.x), { initialState: { h: matrix(one.h0) } });
    const dh = one.dh.map((rows) => matrix(rows));
    const { gradients, dx, dInitialState } = bptt(cell, weights, run, dh);
    assertSequence("h", stack(run.states.map(({ h }) => h)), one.h);
    assertSequence("∂E/∂x", stack(dx), one.dx);
    assertParity("∂E/∂W", gradients.W, one.dW);
    assertParity("∂E/∂b", gradients.b, one.db);
    assertParity("∂E/∂h_0", dInitialState.h, one.dh0);
  });
});

function assertSequence(what: string, actual: Sequence, expected: Rows[]): void {
  assert.equal(actual.steps, expected.length);
  for (const [t, rows] of expected.entries()) assertParity(`${what} at step ${t}`, actual.at(t), rows);
}

/** The matrix that write-analysis.py draws: Park & Miller's generator is exact in float64. */
function parkMiller(seed: number, size: number): Matrix {
  let state = seed;
  return build(size, size, () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647 - 0.5;
  });
}
