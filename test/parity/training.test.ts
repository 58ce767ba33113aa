import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  adam,
  adamw,
  type Cell,
  classifier,
  crf,
  decodeSafetensors,
  encodeSafetensors,
  type ForeignWeights,
  flatten,
  fromKeras,
  fromPytorch,
  gru,
  gruResetAfter,
  lstm,
  Matrix,
  meanSquaredError,
  rmsprop,
  rnn,
  type Sequence,
  type State,
  sequenceCrossEntropy,
  sgd,
  softmaxCrossEntropy,
  stack,
  Tokens,
  toKeras,
  toPytorch,
  unroll,
  type Weights,
} from "unroll";
import { assertParity, fixture, matrix, onEveryEngine, precisionNow, sequenceOf } from "./parity.js";

type Rows = number[][];
type Tree = { cell: { W: Rows; b: Rows }; readout: { W: Rows; b: Rows } };
type OptimizerName = "sgd" | "rmsprop" | "adam" | "adamw";
type OptimizerCase = {
  optimizer: OptimizerName;
  options: object;
  x: Rows[];
  labels: number[];
  before: Tree;
  losses: number[];
  after: Tree;
};
type CellTrainingCase = Omit<OptimizerCase, "before" | "after"> & {
  cell: "lstm" | "gruResetAfter";
  lengths: number[];
} & Record<"before" | "after", { cell: Record<string, Rows>; readout: Record<string, Rows> }>;
type LossCase =
  | { kind: "labels"; logits: Rows; labels: number[]; labelSmoothing: number; loss: number; dLogits: Rows }
  | {
      kind: "sequence";
      logits: Rows[];
      targets: Rows;
      lengths: number[];
      labelSmoothing: number;
      classWeights?: number[];
      loss: number;
      dLogits: Rows[];
      count: number;
      correct: number;
    }
  | { kind: "squares"; y: Rows[]; target: Rows[]; lengths: number[]; loss: number; dy: Rows[] }
  | ({ kind: "crf"; emissions: Rows[]; dEmissions: Rows[]; tags: Rows; lengths: number[]; loss: number } & Record<
      "transitions" | "start" | "end" | "dTransitions" | "dStart" | "dEnd",
      Rows
    >);
type CellKind = "rnn" | "lstm" | "gru" | "gruResetAfter";
type PytorchCase = { kind: Exclude<CellKind, "gru">; state: Record<string, Rows>; x: Rows[]; h: Rows[] };
type KerasCase = { kind: CellKind; weights: Record<string, Rows>; x: Rows[]; h: Rows[] };

const cells = { rnn, lstm, gru, gruResetAfter };
const matrices = (rows: Record<string, Rows>): ForeignWeights =>
  Object.fromEntries(Object.entries(rows).map(([name, m]) => [name, matrix(m)]));
const tokens = (rows: Rows) => new Tokens(rows.length, rows[0]!.length, Int32Array.from(rows.flat()));
const asRows = ({ steps, batch, width, data }: Sequence) => new Matrix(steps * batch, width, data);

// every expectation comes from PyTorch 2 or Keras 3 in float64: write-training.py
describe("PyTorch's figures of training", () => {
  onEveryEngine(() => {
    fixture<LossCase>("training-losses").forEach((known, n) => {
      it(`are the loss and its gradient (${known.kind}, case ${n + 1})`, () => {
        if (known.kind === "labels") {
          const { loss, dLogits } = softmaxCrossEntropy(matrix(known.logits), known.labels, known);
          assertParity("loss", matrix([[loss]]), [[known.loss]]);
          assertParity("∂E/∂logits", dLogits, known.dLogits);
        } else if (known.kind === "sequence") {
          const result = sequenceCrossEntropy(sequenceOf(known.logits), tokens(known.targets), known);
          assertParity("loss", matrix([[result.loss]]), [[known.loss]]);
          assertParity("∂E/∂logits", asRows(result.dLogits), known.dLogits.flat());
          assert.deepEqual([result.count, result.correct], [known.count, known.correct]);
        } else if (known.kind === "squares") {
          const { loss, dy } = meanSquaredError(sequenceOf(known.y), sequenceOf(known.target), known);
          assertParity("loss", matrix([[loss]]), [[known.loss]]);
          assertParity("∂E/∂y", asRows(dy), known.dy.flat());
        } else {
          const weights = {
            transitions: matrix(known.transitions),
            start: matrix(known.start),
            end: matrix(known.end),
          };
          const field = crf(known.start[0]!.length);
          const emissions = sequenceOf(known.emissions);
          const result = field.negativeLogLikelihood(weights, emissions, tokens(known.tags), known);
          // with one tag there is one path: log Z and the score differ by rounding alone
          if (field.tags > 1) assertParity("loss", matrix([[result.loss]]), [[known.loss]]);
          else assert.ok(Math.abs(result.loss) < 1e-14);
          const scale = (rows: Rows) => rows.flat().some((value) => Math.abs(value) > 1e-12);
          const pairs: [string, Matrix, Rows][] = [
            ["emissions", asRows(result.dEmissions), known.dEmissions.flat()],
            ["transitions", result.gradients.transitions, known.dTransitions],
            ["start", result.gradients.start, known.dStart],
            ["end", result.gradients.end, known.dEnd],
          ];
          for (const [name, actual, expected] of pairs) {
            if (scale(expected)) assertParity(`∂E/∂${name}`, actual, expected);
            else
              assert.ok(
                actual
                  .toRows()
                  .flat()
                  .every((value) => Math.abs(value) < 1e-14),
              );
          }
        }
      });
    });

    fixture<OptimizerCase>("training-optimizers").forEach((known) => {
      it(`are the losses and weights of 20 steps of ${known.optimizer} with ${JSON.stringify(known.options)}`, () => {
        const tree = ({ cell, readout }: Tree) => ({
          cell: { W: matrix(cell.W), b: matrix(cell.b) },
          readout: { W: matrix(readout.W), b: matrix(readout.b) },
        });
        const weights = tree(known.before);
        const model = classifier(rnn(3, 4), 3, { precision: precisionNow() });
        const optimizer = { sgd, rmsprop, adam, adamw }[known.optimizer](known.options);
        const losses = known.losses.map(() => {
          const step = model.lossAndGradients(weights, { x: sequenceOf(known.x), labels: known.labels });
          optimizer.step(weights, step.gradients);
          return step.loss;
        });
        assertParity("losses", matrix([losses]), [known.losses], { after: "training" });
        const expected = flatten(tree(known.after));
        for (const [name, weight] of Object.entries(flatten(weights))) {
          assertParity(name, weight, expected[name]!.toRows(), { after: "training" });
        }
      });
    });
  });
});

// every expectation comes from PyTorch 2 in float64: write-training-cells.py
describe("PyTorch's figures of gated classifiers in training", () => {
  onEveryEngine(() => {
    fixture<CellTrainingCase>("training-cells").forEach((known) => {
      const { cell, optimizer, options, lengths, labels } = known;
      it(`are the losses and weights of 20 steps of ${optimizer}, over several lengths: ${cell}`, () => {
        const tree = (rows: CellTrainingCase["before"]) => ({
          cell: matrices(rows.cell),
          readout: matrices(rows.readout),
        });
        const weights = tree(known.before);
        const reader = cells[cell](4, 3) as unknown as Cell<Weights, State, unknown>;
        const model = classifier(reader, 3, { precision: precisionNow() });
        const step = { sgd, rmsprop, adam, adamw }[optimizer](options);
        const losses = known.losses.map(() => {
          const batch = { x: sequenceOf(known.x), labels, lengths };
          const { loss, gradients } = model.lossAndGradients(weights as ReturnType<typeof model.init>, batch);
          step.step(weights, gradients);
          return loss;
        });
        assertParity("losses", matrix([losses]), [known.losses], { after: "training" });
        const expected = flatten(tree(known.after));
        for (const [name, weight] of Object.entries(flatten(weights))) {
          assertParity(name, weight, expected[name]!.toRows(), { after: "training" });
        }
      });
    });
  });
});

/** The outputs over x of the cell of a name, with weights that were imported. */
function outputs(kind: CellKind, weights: Weights, x: Sequence): Sequence {
  const [D, H] = [x.width, weights.W!.rows - x.width];
  const cell = cells[kind](D, H) as unknown as Cell<Weights, State, unknown>;
  return stack(unroll(cell, weights, x).states.map(({ h }) => h));
}

function assertSame(actual: Record<string, Matrix>, expected: Record<string, Matrix>): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, m] of Object.entries(actual)) assert.deepEqual(m.toRows(), expected[name]!.toRows(), name);
}

describe("imported weights", () => {
  fixture<PytorchCase>("training-pytorch-weights").forEach(({ kind, state, x, h }) => {
    const last = Object.keys(state).at(-1)!;
    const how = last.endsWith("_reverse") ? "both directions" : last.endsWith("_l1") ? "two layers" : "one layer";
    it(`of torch.nn give its outputs: ${kind}, ${how}, ${state.bias_ih_l0 ? "biases" : "no bias"}`, () => {
      const first = outputs(kind, fromPytorch(kind, matrices(state)), sequenceOf(x));
      if (how === "both directions") {
        const weights = fromPytorch(kind, matrices(state), { reverse: true });
        const back = outputs(kind, weights, sequenceOf([...x].reverse()));
        const both = h.flatMap((_, t) => {
          const behind = back.at(h.length - 1 - t).toRows();
          return first
            .at(t)
            .toRows()
            .map((row, i) => [...row, ...behind[i]!]);
        });
        assertParity("h", matrix(both), h.flat());
      } else if (how === "two layers") {
        const second = fromPytorch(kind, matrices(state), { layer: 1 });
        assertParity("h", asRows(outputs(kind, second, first)), h.flat());
      } else {
        assertParity("h", asRows(first), h.flat());
      }
    });
  });

  fixture<KerasCase>("training-keras-weights").forEach(({ kind, weights, x, h }) => {
    it(`of Keras give its outputs: ${kind} with ${weights.bias ? "biases" : "no bias"}`, () => {
      assertParity("h", asRows(outputs(kind, fromKeras(kind, matrices(weights)), sequenceOf(x))), h.flat());
      if (kind !== "gruResetAfter" && weights.bias) {
        assertSame(toKeras(kind, fromKeras(kind, matrices(weights))), matrices(weights));
      }
    });
  });

  for (const kind of ["rnn", "lstm", "gruResetAfter"] as const) {
    it(`go out and come back as they were: ${kind}`, () => {
      const known = fixture<KerasCase>("training-keras-weights").find((known) => known.kind === kind)!;
      const weights = fromKeras(kind, matrices(known.weights));
      assertSame(fromPytorch(kind, toPytorch(kind, weights)), weights);
      assertSame(fromKeras(kind, toKeras(kind, weights)), weights);
      const options = { layer: 3, reverse: true, prefix: "encoder." };
      const state = toPytorch(kind, weights, options);
      assert.equal(Object.keys(state)[0], "encoder.weight_ih_l3_reverse");
      assertSame(fromPytorch(kind, state, options), weights);
    });
  }
});

describe("the safetensors format", () => {
  it("has the bytes that Python's safetensors writes", () => {
    const known = readFileSync(new URL("../../parity/training.safetensors", import.meta.url));
    const tensors = {
      b: { shape: [3], data: Float32Array.from([0, 1, 2], (i) => i / 3) },
      "a.W": { shape: [2, 3], data: Float32Array.from([0, 1, 2, 3, 4, 5], (i) => i / 7) },
      z: { shape: [2, 2], data: Float64Array.of(1e-300, -0, Math.PI, 2 ** -1074) },
      'say "é"': { shape: [1, 2, 1], data: Float64Array.of(0.1, 0.2) },
      none: { shape: [0, 2], data: new Float32Array(0) },
    };
    const bytes = encodeSafetensors(tensors, { metadata: { format: "a test" } });
    assert.deepEqual(Buffer.from(bytes).toString("latin1"), known.toString("latin1"));

    const read = decodeSafetensors(known);
    assert.deepEqual(read.metadata, { format: "a test" });
    for (const [name, { shape, data }] of Object.entries(tensors)) {
      assert.deepEqual([read.tensors[name]!.shape, read.tensors[name]!.data], [shape, data], name);
    }
  });
});
