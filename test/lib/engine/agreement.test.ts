import assert from "node:assert/strict";
import {
  adam,
  bidirectional,
  build,
  buildSequence,
  type Cell,
  classifier,
  copyWeights,
  flatten,
  gradientCheck,
  gru,
  languageModel,
  lstm,
  mapWeights,
  type Random,
  random,
  rnn,
  type State,
  scaleInto,
  stacked,
  Tokens,
  type Trainable,
  tagger,
  useEngine,
  type Weights,
  type WeightTree,
} from "unroll";
import { onEachEngine } from "./each-engine.js";
import { assertNumbers, signed } from "./framed.js";

const [T, B, D, H] = [28, 16, 28, 32];
const next = signed(1);
const x = buildSequence(T, B, D, next, "float32");
const labels = Array.from({ length: B }, (_, i) => i % 10);
const lengths = Array.from({ length: B }, (_, i) => T - i);
const ids = () =>
  new Tokens(
    T,
    B,
    Int32Array.from({ length: T * B }, () => Math.floor(10 * (next() + 1))),
  );

/** A model, and a batch for it. */
interface Example {
  readonly model: Trainable<WeightTree, unknown> & { init(random: Random): WeightTree };
  readonly batch: unknown;
}

const examples: Readonly<Record<string, Example>> = {
  "a classifier with an RNN": example(classifier(rnn(D, H), 10), { x, labels, lengths }),
  "a classifier with a ReLU RNN": example(classifier(rnn(D, H, { activation: "relu" }), 10), { x, labels }),
  "a classifier with an LSTM": example(classifier(lstm(D, H), 10), { x, labels, lengths }),
  "a classifier with a GRU": example(classifier(gru(D, H), 10), { x, labels, lengths }),
  "a tagger that reads in both directions": example(tagger(bidirectional(lstm(D, H), gru(D, H)), 20), {
    x,
    targets: ids(),
    lengths,
  }),
  "a language model of two layers": example(languageModel(20, stacked(lstm(H, H), gru(H, H)), { tied: true }), {
    x: ids(),
    targets: ids(),
    lengths,
  }),
};

function example<W extends WeightTree, B>(
  model: Trainable<W, B> & { init(random: Random): W },
  batch: NoInfer<B>,
): Example {
  return { model: model as unknown as Example["model"], batch };
}

/** One training step from fixed weights. */
function step({ model, batch }: Example): { loss: number; gradients: WeightTree; weights: WeightTree } {
  const weights = model.init(random(1));
  const { loss, gradients } = model.lossAndGradients(weights, batch);
  const kept = copyWeights(gradients);
  adam({ epsilon: 1e-3 }).step(weights, gradients); // with 1e-8, a gradient that is all rounding moves as far as any
  return { loss, gradients: kept, weights };
}

describe("a training step", () => {
  for (const [name, made] of Object.entries(examples)) {
    describe(`of ${name}`, () => {
      let expected: ReturnType<typeof step>;
      before(async () => {
        await useEngine("reference");
        expected = step(made);
      });

      onEachEngine(() => {
        it("differs from the reference engine's by no more than 1e-5 of each gradient's largest entry", () => {
          const found = step(made);
          assertNumbers("loss", [found.loss], [expected.loss], 1e-5);
          for (const tree of ["gradients", "weights"] as const) {
            const others = flatten(expected[tree]);
            for (const [name, matrix] of Object.entries(flatten(found[tree]))) {
              assertNumbers(`${tree}: ${name}`, matrix.data, others[name]!.data, 1e-5);
            }
          }
        });
      });
    });
  }
});

describe("gradients in float32", () => {
  const cells = { rnn, lstm, gru } as unknown as Record<
    string,
    (D: number, H: number) => Cell<Weights, State, unknown>
  >;

  onEachEngine(() => {
    for (const [name, make] of Object.entries(cells)) {
      it(`equal differences of the loss: ${name}`, () => {
        const number = signed(9); // no gradient is so small there that it drowns in rounding
        const model = classifier(make(2, 3), 4);
        const batch = { x: buildSequence(4, 3, 2, number, "float32"), labels: [0, 1, 2], lengths: [4, 2, 3] };
        // the check shifts float64 weights, of which the model gets float32 copies
        const exact = copyWeights(model.init(random(9)), "float64");
        for (const weight of Object.values(flatten(exact))) scaleInto(weight, 1.5);
        const inFloat32 = () => copyWeights(exact, "float32");
        const initialState = mapWeights(make(2, 3).initialState(3), ({ rows, cols }) =>
          build(rows, cols, number, "float32"),
        );
        const loss = () => model.lossAndGradients(inFloat32(), batch, { initialState }).loss;
        const { gradients } = model.lossAndGradients(inFloat32(), batch, { initialState });
        // the loss is right to about 1e-7: over a step of 0.03, and for gradients ≥ 0.001, that is half a percent
        const check = gradientCheck(loss, exact, gradients as WeightTree, { step: 0.03, tolerance: 0.02 });
        assert.ok(check.ok, check.summary);
      });
    }
  });
});
