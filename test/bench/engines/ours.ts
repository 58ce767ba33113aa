/** One engine of ours as a player: `node ours.js ENGINE`. It uses the library as a student does. */
import {
  adam,
  asRows,
  buildSequence,
  type Cell,
  classifier,
  type EngineName,
  engine,
  gru,
  integer,
  languageModel,
  lstm,
  mnist,
  normal,
  type Random,
  random,
  rnn,
  type State,
  Tokens,
  train,
  useEngine,
  type Weights,
} from "unroll";
import { serve } from "./serve.js";
import type { CellName, Work } from "./shapes.js";

type AnyCell = Cell<Weights, State, unknown>;
const cells = { rnn, lstm, gru } as unknown as Record<CellName, (inputSize: number, hiddenSize: number) => AnyCell>;

serve({
  async hello() {
    const chosen = await useEngine(process.argv[2] as EngineName);
    return { threads: chosen.threads, node: process.versions.node, about: chosen.describe() };
  },

  async prepare(work) {
    if (work.task === "product") return product(work);
    if (work.task === "epoch") return epoch(work);
    if (work.task === "generate") return writing(work);
    return work.reads === "tokens" ? predicting(work) : classifying(work);
  },
});

function classifying({ cell, T, B, I, H, outputs }: Work) {
  const source = random(1);
  const model = classifier(cells[cell](I, H), outputs);
  const weights = model.init(source);
  const optimizer = adam();
  const batch = {
    x: buildSequence(T, B, I, () => normal(source), "float32"),
    labels: Int32Array.from({ length: B }, () => integer(source, outputs)),
  };
  return () => {
    const { gradients } = model.lossAndGradients(weights, batch);
    optimizer.step(weights, gradients);
  };
}

function predicting({ cell, T, B, I, H, outputs }: Work) {
  const source = random(1);
  const model = languageModel(outputs, cells[cell](I, H));
  const weights = model.init(source);
  const optimizer = adam();
  const batch = { x: tokens(T, B, outputs, source), targets: tokens(T, B, outputs, source) };
  return () => {
    const { gradients } = model.lossAndGradients(weights, batch);
    optimizer.step(weights, gradients);
  };
}

function writing({ cell, I, H, outputs }: Work) {
  const model = languageModel(outputs, cells[cell](I, H));
  const weights = model.init(random(1));
  let state = model.initialState(1);
  const id = Int32Array.of(7);
  return () => {
    ({ state } = model.step(weights, id, state));
  };
}

function epoch({ cell, B, I, H, outputs }: Work) {
  const pictures = asRows(mnist().train);
  return () => {
    const model = classifier(cells[cell](I, H), outputs);
    return train(model, model.init(random(1)), pictures, { optimizer: adam(), random: random(2), batchSize: B });
  };
}

function product({ H }: Work) {
  const source = random(1);
  const square = () => buildSequence(1, H, H, () => normal(source), "float32").at(0);
  const [A, B, C] = [square(), square(), square()];
  return () => engine().product(A, B, C);
}

function tokens(T: number, B: number, vocabulary: number, source: Random): Tokens {
  return new Tokens(
    T,
    B,
    Int32Array.from({ length: T * B }, () => integer(source, vocabulary)),
  );
}
