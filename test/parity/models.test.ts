import {
  bidirectional,
  type ConvolutionOptions,
  convolution,
  embedding,
  flatten,
  fromPytorch,
  gru,
  type ImageShape,
  type Layer,
  languageModel,
  lstm,
  type Matrix,
  maxPooling,
  pooling,
  rnn,
  type Sequence,
  stack,
  stacked,
  Tokens,
  type WeightTree,
} from "unroll";
import { assertParity, fixture, matrix, onEveryEngine, precisionNow, sequenceOf } from "./parity.js";

type Rows = number[][];
type Kind = "rnn" | "lstm" | "gruResetAfter";
type Named<T> = Record<string, T>;
type RecurrentCase = {
  kind: Kind;
  layers: number;
  bidirectional: boolean;
  lengths: number[];
  hiddenSize: number;
} & Record<"x" | "y" | "dy" | "dx", Rows[]> &
  Record<"initial" | "final" | "dFinal" | "dInitial", Named<Rows[]>> &
  Record<"weights" | "gradients", Named<Rows>>;
type EmbeddingCase = { tokens: Rows; E: Rows; y: Rows[]; dy: Rows[]; dE: Rows };
type ConvolutionCase = {
  image: ImageShape;
  convolution: ConvolutionOptions;
  pooling: { size: number; stride: number };
} & Record<"x" | "W" | "b" | "y" | "dy" | "dx" | "dW" | "db", Rows>;
type PoolingCase = { kind: "max" | "mean"; lengths: number[] } & Record<"x" | "dx", Rows[]> &
  Record<"pooled" | "dPooled", Rows>;
type LanguageCase = { tied: boolean; lengths: number[]; loss: number } & Record<"x" | "targets" | "E" | "dE", Rows> &
  Record<"weights" | "gradients" | "readout" | "dReadout", Named<Rows>>;

const matrices = (named: Named<Rows>): Named<Matrix> =>
  Object.fromEntries(Object.entries(named).map(([name, rows]) => [name, matrix(rows)]));
const tokensOf = (steps: Rows) => new Tokens(steps.length, steps[0]!.length, Int32Array.from(steps.flat()));

function assertSameTree(what: string, actual: WeightTree, expected: WeightTree): void {
  const other = flatten(expected);
  for (const [name, m] of Object.entries(flatten(actual))) assertParity(`${what}.${name}`, m, other[name]!.toRows());
}

const cells = {
  rnn: (D: number, H: number) => rnn(D, H),
  lstm: (D: number, H: number) => lstm(D, H),
  gruResetAfter: (D: number, H: number) => gru(D, H, { resetAfter: true }),
};

/** The layer of a case, and how PyTorch's numbers lie in its trees. */
function networkOf({ kind, layers, bidirectional: both, x, hiddenSize: H }: RecurrentCase) {
  const make = cells[kind];
  const levels = Array.from({ length: layers }, (_, k) => {
    const D = k === 0 ? x[0]![0]!.length : both ? 2 * H : H;
    return both ? bidirectional(make(D, H), make(D, H)) : make(D, H);
  });
  const network = stacked(levels[0]!, ...levels.slice(1)) as Layer;
  const tree = (part: (layer: number, reverse: boolean) => WeightTree): WeightTree =>
    Object.fromEntries(
      levels.map((_, k) => [`layer${k}`, both ? { forward: part(k, false), backward: part(k, true) } : part(k, false)]),
    );
  const weights = (named: Named<Rows>) =>
    tree((layer, reverse) => fromPytorch(kind, matrices(named), { layer, reverse }));
  const states = (named: Named<Rows[]>) =>
    tree((layer, reverse) => {
      const at = both ? 2 * layer + Number(reverse) : layer;
      return Object.fromEntries(Object.entries(named).map(([part, all]) => [part, matrix(all[at]!)]));
    });
  return { network, weights, states };
}

/** PyTorch has zeros at padding. */
function withoutPadding(y: Sequence, lengths: number[]): Matrix {
  return stack(
    Array.from({ length: y.steps }, (_, t) =>
      matrix(
        y
          .at(t)
          .toRows()
          .map((row, i) => (t < lengths[i]! ? row : row.map(() => 0))),
      ),
    ),
  ).flat();
}

// every expectation comes from PyTorch 2 in float64: write-models.py
describe("PyTorch's packed sequences", () => {
  onEveryEngine(() => {
    fixture<RecurrentCase>("models-recurrent").forEach((known) => {
      const { kind, layers, lengths } = known;
      const what = `${layers} ${layers === 1 ? "layer" : "layers"}${known.bidirectional ? " in both directions" : ""}`;

      it(`give ${what} of ${kind} the same outputs, final states and gradients`, () => {
        const { network, weights, states } = networkOf(known);
        const run = network.forward(weights(known.weights), sequenceOf(known.x), {
          initialState: states(known.initial),
          lengths,
        });
        assertParity("y", withoutPadding(run.y, lengths), known.y.flat());
        assertSameTree("final state", run.finalState, states(known.final));

        const { gradients, dx, dInitialState } = run.backward(sequenceOf(known.dy), states(known.dFinal));
        assertSameTree("∂E/∂weights", gradients, weights(known.gradients));
        assertSameTree("∂E/∂initial state", dInitialState, states(known.dInitial));
        assertParity("∂E/∂x", dx!.flat(), known.dx.flat());
      });
    });
  });
});

describe("PyTorch's figures", () => {
  onEveryEngine(() => {
    fixture<EmbeddingCase>("models-embedding").forEach((known) => {
      it("are the vectors of an embedding, and the gradients of tokens that stand in several places or in none", () => {
        const [V, D] = [known.E.length, known.E[0]!.length];
        const run = embedding(V, D).forward({ E: matrix(known.E) }, tokensOf(known.tokens));
        assertParity("y", run.y.flat(), known.y.flat());
        assertParity("∂E/∂E", run.backward(sequenceOf(known.dy)).gradients.E, known.dE);
      });
    });

    fixture<ConvolutionCase>("models-convolution").forEach((known) => {
      const { height, width, channels } = known.image;
      it(`are a convolution of ${height}×${width}×${channels}, pooled, and its gradients`, () => {
        const filters = convolution(known.image, known.convolution);
        const network = stacked(filters, maxPooling(filters.outputShape, known.pooling));
        const run = network.forward(
          { layer0: { W: matrix(known.W), b: matrix(known.b) }, layer1: {} },
          sequenceOf([known.x]),
        );
        assertParity("y", run.y.flat(), known.y);
        const { gradients, dx } = run.backward(sequenceOf([known.dy]));
        assertParity("∂E/∂x", dx!.flat(), known.dx);
        assertSameTree("∂E/∂", gradients, { layer0: { W: matrix(known.dW), b: matrix(known.db) }, layer1: {} });
      });
    });

    fixture<PoolingCase>("models-pooling").forEach((known) => {
      it(`are the ${known.kind} over time without its padding, and the gradient`, () => {
        const layer = pooling(known.x[0]![0]!.length, known.kind);
        const run = layer.forward({}, sequenceOf(known.x), { lengths: known.lengths });
        assertParity("summary", layer.summary(run.finalState), known.pooled);
        const { dx } = run.backward(undefined, layer.summaryBackward(matrix(known.dPooled)));
        assertParity("∂E/∂x", dx!.flat(), known.dx.flat());
      });
    });

    fixture<LanguageCase>("models-language").forEach((known) => {
      it(`are the loss and gradients of a language model whose read-out is ${known.tied ? "tied" : "its own"}`, () => {
        const [V, D] = [known.E.length, known.E[0]!.length];
        const model = languageModel(V, lstm(D, D), { tied: known.tied, precision: precisionNow() });
        const weightsOf = (E: Rows, own: Named<Rows>, readout: Named<Rows>) => ({
          embedding: { E: matrix(E) },
          layer: fromPytorch("lstm", matrices(own)),
          readout: matrices(readout) as { b: Matrix },
        });
        const { loss, gradients, count } = model.lossAndGradients(weightsOf(known.E, known.weights, known.readout), {
          x: tokensOf(known.x),
          targets: tokensOf(known.targets),
          lengths: known.lengths,
        });
        assertParity("loss", matrix([[loss, count]]), [[known.loss, 11]]); // 5 + 2 + 4 tokens
        assertSameTree("∂E/∂", gradients, weightsOf(known.dE, known.gradients, known.dReadout));
      });
    });
  });
});
