import assert from "node:assert/strict";
import {
  build,
  dense,
  embedding,
  fromTfjs,
  gru,
  type Layer,
  lstm,
  mapWeights,
  matrix,
  recurrent,
  rnn,
  Sequence,
  type State,
  Tokens,
  toTfjs,
  type Weights,
} from "unroll";
import { needsTfjs, type Tfjs, type TfjsLayer } from "../../support/tfjs.js";
import { assertNumbers, signed } from "../engine/framed.js";

const [T, B, D, H] = [6, 4, 5, 7];

/** T×B×width as TensorFlow.js has it, B×T×width, and the way back. */
function turned(data: ArrayLike<number>, outer: number, inner: number): Float32Array {
  const width = data.length / (outer * inner);
  const other = new Float32Array(data.length);
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      for (let k = 0; k < width; k++) other[(j * outer + i) * width + k] = data[(i * inner + j) * width + k]!;
    }
  }
  return other;
}

const cells = { rnn: rnn(D, H), lstm: lstm(D, H), gru: gru(D, H) };

describe("weights of TensorFlow.js", () => {
  let tf: Tfjs;

  before(function () {
    tf = needsTfjs(this);
  });

  const theirs = {
    rnn: () => tf.layers.simpleRNN({ units: H, returnSequences: true, inputShape: [T, D] }),
    lstm: () => tf.layers.lstm({ units: H, returnSequences: true, inputShape: [T, D], recurrentActivation: "sigmoid" }),
    gru: () => tf.layers.gru({ units: H, returnSequences: true, inputShape: [T, D], recurrentActivation: "sigmoid" }),
  };

  /** What a model of this layer predicts, time-major. */
  const predicted = (layer: TfjsLayer, input: Float32Array, shape: number[]) =>
    turned(
      tf
        .sequential({ layers: [layer] })
        .predict(tf.tensor(input, shape))
        .dataSync(),
      B,
      T,
    );

  for (const kind of ["rnn", "lstm", "gru"] as const) {
    const ours = recurrent(cells[kind] as never) as unknown as Layer<Weights, State>;
    const next = signed(7);
    const x = new Sequence(T, B, D, Float32Array.from({ length: T * B * D }, next));
    const input = turned(x.data, T, B);

    it(`let ${kind} predict there what is computed here`, () => {
      const weights = mapWeights(cells[kind].init(next), ({ rows, cols }) => build(rows, cols, next, "float32"));
      const layer = theirs[kind]();
      tf.sequential({ layers: [layer] }); // which gives the layer its shape
      layer.setWeights(toTfjs(kind, weights as never, tf));
      assertNumbers(kind, predicted(layer, input, [B, T, D]), ours.forward(weights, x).y.data, 1e-5);
    });

    it(`let ${kind} compute here what is predicted there`, () => {
      const layer = theirs[kind]();
      const expected = predicted(layer, input, [B, T, D]);
      const weights = fromTfjs(kind, layer);
      assertNumbers(kind, ours.forward(weights, x).y.data, expected, 1e-5);
    });
  }

  it("make the same model of embedding, LSTM and dense", () => {
    const next = signed(9);
    const layers = [
      tf.layers.embedding({ inputDim: 11, outputDim: D, inputLength: T }),
      tf.layers.lstm({ units: H, returnSequences: true, recurrentActivation: "sigmoid" }),
      tf.layers.dense({ units: 3, biasInitializer: "glorotNormal" }),
    ] as const;
    const model = tf.sequential({ layers: [...layers] });
    const tokens = new Tokens(
      T,
      B,
      Int32Array.from({ length: T * B }, () => Math.floor(5.5 * (next() + 1))),
    );
    const input = turned(tokens.ids, T, B);
    const expected = turned(model.predict(tf.tensor(input, [B, T])).dataSync(), B, T);

    const { y: vectors } = embedding(11, D).forward(fromTfjs("embedding", layers[0]), tokens);
    const { y: states } = recurrent(lstm(D, H)).forward(fromTfjs("lstm", layers[1]), vectors);
    const readout = fromTfjs("dense", layers[2]);
    assertNumbers("logits", dense(H, 3).forward(readout, states).y.data, expected, 1e-5);
    assert.ok(
      readout.b
        .toRows()
        .flat()
        .some((value) => value !== 0),
      "the biases are seen",
    );

    const before = layers.map((layer) => layer.getWeights().map((tensor) => tensor.dataSync().slice()));
    layers[0].setWeights(toTfjs("embedding", fromTfjs("embedding", layers[0]), tf));
    layers[1].setWeights(toTfjs("lstm", fromTfjs("lstm", layers[1]), tf));
    layers[2].setWeights(toTfjs("dense", readout, tf));
    assert.deepEqual(
      layers.map((layer) => layer.getWeights().map((tensor) => tensor.dataSync())),
      before,
    );
  });
});

describe("weights of a layer like those of TensorFlow.js", () => {
  const tensor = (shape: number[], ...values: number[]) => ({ shape, dataSync: () => values });
  const layer = (...tensors: ReturnType<typeof tensor>[]) => ({ getWeights: () => tensors });

  it("have biases of 0 where the layer has none", () => {
    assert.deepEqual(fromTfjs("dense", layer(tensor([1, 2], 3, 4))).b.toRows(), [[0, 0]]);
    assert.deepEqual(fromTfjs("rnn", layer(tensor([1, 1], 3), tensor([1, 1], 4))).b.toRows(), [[0]]);
  });

  it("are refused with a sentence when they are another layer's", () => {
    const embeddings = layer(tensor([2, 2], 1, 2, 3, 4));
    assert.throws(() => fromTfjs("lstm", embeddings), {
      message: "fromTfjs: lstm: the layer has 1 weights, expected kernel, recurrent_kernel, bias",
    });
    assert.throws(() => fromTfjs("lstm", layer(tensor([1, 8], ...Array(8).fill(1)), tensor([1, 4], 1, 2, 3, 4))), {
      message: /kernel is 1×8, expected 1×4/,
    });
    assert.throws(() => fromTfjs("dense", layer(tensor([1, 2], 3, 4), tensor([3], 1, 2, 3))), {
      message: "fromTfjs: dense: bias is 1×3, expected 1×2",
    });
    assert.throws(() => fromTfjs("gruResetAfter" as never, embeddings), /fromTfjs: kind is .*gruResetAfter/);
    assert.throws(() => toTfjs("lstm", { W: matrix([[1]]), b: matrix([[1]]) }, { tensor: () => 0 }), /expected/);
  });
});
