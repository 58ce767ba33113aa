import type { Cell, State, Weights } from "../cells/cell.js";
import { concat } from "../math/affine.js";
import { build, copyInto, type Matrix } from "../math/matrix.js";
import { buildSequence, type Sequence } from "../math/sequence.js";
import { copyWeights, mapWeights, zerosLike } from "../math/weights.js";
import { backwardSteps } from "./backward-steps.js";
import { unroll } from "./unroll.js";

/**
 * How the last state depends on each earlier one: the products of Jacobians through which every gradient goes back.
 *
 *     ∂s_T/∂s_{T−d} = ∂s_T/∂s_{T−1} · … · ∂s_{T−d+1}/∂s_{T−d},   entry (i, j) = ∂s_T[i] / ∂s_{T−d}[j]
 *
 * Where their largest singular value falls like λᵈ, gradients vanish; where it grows, they explode. The products come
 * from the cell's own `backward`: N copies of the sequence are one batch, and copy i sends back the unit vector i.
 *
 * @param cell any cell
 * @param weights its weights
 * @param x one sequence, T×1×D
 * @param part the part of the state that is looked at, such as "h"; by default s is the whole state, its parts side by
 *   side in the state's order (of an LSTM: h and c). Between parts that are left out, gradients flow as ever.
 * @param initialState 1×H each; by default the cell's own, in the precision of x
 * @returns T+1 matrices N×N: at index d the product over distance d (0: the unit matrix; T: back to the initial state)
 * @throws when x is not one sequence of at least one step, or the state has no such part
 * @see Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks, equation 5
 *
 * @example
 * const cell = rnn(1, 4);
 * const x = buildSequence(20, 1, 1, (t) => Math.sin(t));
 * const spectra = stateJacobians(cell, cell.init(random(1)), x).map(singularValues);
 * console.log(spectra[20][0]); // how much of a disturbance is left after 20 steps, at most
 */
export function stateJacobians<W extends Weights, S extends State, Cache>(
  cell: Cell<W, S, Cache>,
  weights: W,
  x: Sequence,
  {
    part,
    initialState = copyWeights(cell.initialState(1), x.precision),
  }: { part?: keyof S & string; initialState?: S } = {},
): Matrix[] {
  if (x.batch !== 1) {
    throw new RangeError(`stateJacobians: x holds ${x.batch} sequences, expected one: its Jacobians are its own`);
  }
  const parts = part === undefined ? Object.keys(initialState) : [part];
  for (const name of parts) {
    if (!(name in initialState)) {
      throw new RangeError(
        `stateJacobians: the state has no part "${name}", expected one of ${Object.keys(initialState).join(", ")}`,
      );
    }
  }
  const sideBySide = (state: S) => {
    const [first, ...others] = parts.map((name) => state[name]!);
    return concat(first!, ...others);
  };

  const N = sideBySide(initialState).cols;
  const copies = buildSequence(x.steps, N, x.width, (t, _, j) => x.at(t).at(0, j), x.precision);
  const startOfCopies = mapWeights(initialState, (m) => build(N, m.cols, (_, j) => m.at(0, j), m.precision));
  const run = unroll(cell, weights, copies, { initialState: startOfCopies });

  const products = [unitMatrix(N, x)];
  for (const { dState } of backwardSteps(cell, weights, run, unitVectors(parts, run.finalState))) {
    products.push(sideBySide(dState));
  }
  return products;
}

function unitMatrix(N: number, { precision }: Sequence): Matrix {
  return build(N, N, (i, j) => (i === j ? 1 : 0), precision);
}

/** A state whose parts, side by side, are the unit matrix; what is not among the parts is 0. */
function unitVectors<S extends State>(parts: readonly string[], like: S): S {
  const dState = zerosLike(like);
  let first = 0;
  for (const name of parts) {
    const { cols, precision } = dState[name]!;
    copyInto(
      dState[name]!.rowRange(first, first + cols),
      build(cols, cols, (i, j) => (i === j ? 1 : 0), precision),
    );
    first += cols;
  }
  return dState;
}
