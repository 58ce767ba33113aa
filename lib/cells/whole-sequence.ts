import type { Block } from "../engine/block.js";
import { engine } from "../engine/current.js";
import { gateCount, type RecurrenceKind } from "../engine/recurrence.js";
import type { Lengths } from "../math/lengths.js";
import { checkSameShape, Matrix } from "../math/matrix.js";
import type { Numbers } from "../math/precision.js";
import { Sequence } from "../math/sequence.js";
import type { SequenceOptions, SequenceRun, State } from "./cell.js";
import type { GateWeights } from "./gates.js";

/**
 * All steps of a cell at once, by the engine: what `unroll` and `bptt` compute with the cell, several times as fast.
 *
 * @param kind which of the cells that engines know
 * @param parts what the state consists of
 * @returns the cell's `sequence`. It gives undefined where the engine has no kernel for what is asked, such as float64;
 *   and where a shape or a length does not fit, so that the step by step way says what is wrong
 */
export function wholeSequence<S extends State>(
  kind: RecurrenceKind,
  { inputSize, hiddenSize, parts }: { inputSize: number; hiddenSize: number; parts: readonly (keyof S & string)[] },
): (weights: GateWeights, x: Sequence, options?: SequenceOptions<S>) => SequenceRun<GateWeights, S> | undefined {
  const [D, H] = [inputSize, hiddenSize];
  const stateOf = (blocks: readonly Float32Array[]) =>
    Object.fromEntries(
      parts.map((part, k) => [part, new Matrix(blocks[k]!.length / H, H, blocks[k]!)]),
    ) as unknown as S;

  return (weights, x, { initialState, lengths } = {}) => {
    if (!(x instanceof Sequence) || x.steps === 0 || x.batch === 0 || x.width !== D) return undefined;
    const { steps: T, batch: B } = x;
    const { W, b } = weights ?? {};
    if (!is(W, D + H, gateCount[kind] * H) || !is(b, 1, gateCount[kind] * H)) return undefined;
    const start = parts.map((part) => (initialState ? initialState[part] : zeros(B, H)));
    const ends = lengths && wholeLengths(lengths, T, B);
    if (!(x.data instanceof Float32Array) || !start.every((part) => is(part, B, H)) || ends === null) return undefined;

    const run = engine().recurrence({
      kind,
      steps: T,
      batch: B,
      inputSize: D,
      hiddenSize: H,
      x: x.data,
      W,
      b,
      initialState: start as Block[],
      lengths: ends,
    });
    if (!run) return undefined;
    return {
      get y() {
        return new Sequence(T, B, H, run.h);
      },
      finalState: stateOf(run.finalState),

      backward(dy, dFinalState) {
        const dState = dFinalState && parts.map((part) => gradientOf(part, dFinalState[part], B, H));
        const back = run.backward(dy && stepsOf(dy, T, B, H), dState);
        return {
          gradients: { W: new Matrix(W.rows, W.cols, back.dW), b: new Matrix(1, b.cols, back.db) },
          get dx() {
            return new Sequence(T, B, D, back.dx);
          },
          dInitialState: stateOf(back.dInitialState),
        };
      },
    };
  };
}

/** Whether something is a matrix of this shape in float32. */
function is(matrix: unknown, rows: number, cols: number): matrix is Matrix {
  return (
    matrix instanceof Matrix && matrix.rows === rows && matrix.cols === cols && matrix.data instanceof Float32Array
  );
}

/** The lengths as the engine takes them; null where they do not fit. */
function wholeLengths(lengths: Lengths, T: number, B: number): Int32Array | null {
  const fit = lengths.length === B && Array.from(lengths).every((n) => Number.isInteger(n) && n >= 1 && n <= T);
  return fit ? Int32Array.from(lengths) : null;
}

/** ∂E/∂h_t of all T steps; where it has fewer, no loss has read the others. */
function stepsOf(dy: Sequence, T: number, B: number, H: number): Float32Array {
  if (dy.steps > T) throw new RangeError(`bptt: dh has ${dy.steps} steps, the forward pass had ${T}`);
  if (dy.steps > 0) checkSameShape(`bptt: dh at step ${dy.steps - 1}`, dy.at(dy.steps - 1), zeros(B, H));
  if (dy.steps === T) return inFloat32(dy.data);
  const all = new Float32Array(T * B * H);
  all.set(dy.data);
  return all;
}

function gradientOf(part: string, dState: Matrix | undefined, B: number, H: number): Block | undefined {
  if (!dState) return undefined;
  checkSameShape(`bptt: dFinalState.${part}`, dState, zeros(B, H));
  return { ...dState, data: inFloat32(dState.data) };
}

function inFloat32(data: Numbers): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

function zeros(rows: number, cols: number): Matrix {
  return new Matrix(rows, cols, new Float32Array(rows * cols));
}
