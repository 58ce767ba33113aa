import {
  adam,
  adamw,
  after,
  classifier,
  cosineDecay,
  exponentialDecay,
  fromKeras,
  fromPytorch,
  fromTfjs,
  inverseSquareRoot,
  linearDecay,
  linearWarmup,
  lstm,
  matrix,
  mnist,
  type Optimizer,
  random,
  rmsprop,
  rnn,
  sgd,
  stepDecay,
  toKeras,
  toPytorch,
  toTfjs,
  train,
  zeros,
} from "unroll";
import { ramps } from "../train/ramps.js";
import { type Row, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const model = classifier(rnn(1, 4), 2);
const weights = () => model.init(random(1));
const fresh = () => ({ optimizer: adam(), random: random(2), batchSize: 4 });
const training = (options: object, examples = ramps(8)) =>
  train(model, weights(), examples, { ...fresh(), ...options });

/** What every optimiser refuses. */
const steps = (make: () => Optimizer): Row[] => [
  ["a gradient that is missing", () => make().step({ w: zeros(1, 1) }, {}), /optimizer: there is no gradient for w/],
  ["a gradient of another shape", () => make().step({ w: zeros(1, 1) }, { w: zeros(1, 2) }), /optimizer: w and its/],
  [
    "the memory of another one",
    () => make().restore({ name: "another", step: 1, memory: {} }),
    /: the state is that of another, expected that of/,
  ],
  ["a memory without a step", () => make().restore({ ...make().state(), step: nan }), /: the state's step is NaN/],
];

const tf = { tensor: (values: Float32Array, shape: number[]) => ({ values, shape }) };

export const trainers: Table = {
  train: [
    [
      "no model",
      () => train(undefined as never, weights(), ramps(8), fresh()),
      /train: the model has no lossAndGradients/,
    ],
    [
      "no weights",
      () => train(model, undefined as never, ramps(8), fresh()),
      /train: the weights are undefined, expected/,
    ],
    ["no examples", () => train(model, weights(), undefined as never, fresh()), /train: the examples have no batch/],
    ["pictures in place of examples", () => train(model, weights(), mnist().test as never, fresh()), /have no batch/],
    ["an empty data set", () => training({}, ramps(0)), /train: there are no examples, expected at least one/],
    ["a data set without count", () => training({}, ramps(nan)), /train: there are no examples/],
    [
      "no options",
      () => train(model, weights(), ramps(8), undefined as never),
      /train: there is no optimizer, expected/,
    ],
    ["no optimiser", () => training({ optimizer: undefined }), /train: there is no optimizer/],
    [
      "a generator without a seed",
      () => training({ random: Math.random }),
      /train: there is no seeded random, expected/,
    ],
    ["no epoch", () => training({ epochs: 0 }), /train: epochs is 0, expected a whole number ≥ 1/],
    ["NaN as batch size", () => training({ batchSize: nan }), /train: batchSize is NaN/],
    ["a patience of 0", () => training({ patience: 0 }), /train: patience is 0/],
    ["NaN between evaluations", () => training({ evaluateEvery: nan }), /train: evaluateEvery is NaN/],
    ["NaN as norm to clip at", () => training({ clipNorm: nan }), /clipByNorm: maxNorm is NaN/],
    ["unknown weights to keep", () => training({ keep: "first" }), /train: keep is "first", expected best or last/],
    [
      "an unknown direction of a metric",
      () => training({ evaluate: { metric: () => 1, better: "more" } }),
      /train: better is "more", expected higher or lower/,
    ],
    ["an evaluation that is NaN", () => training({ evaluate: () => nan }), /the evaluation after step 2 is NaN/],
    [
      "a schedule that gives NaN",
      () => training({ schedule: () => nan }),
      /the schedule's share at step 1 is NaN, expected/,
    ],
    ["buckets of unknown lengths", () => training({ bucket: true }), /train: bucket needs examples that have lengthOf/],
    [
      "data that are not finite",
      () => training({}, ramps(8, { example: 3, value: Infinity })),
      /train: at step \d the data x holds Infinity \(time step 2, row \d of the batch, column 0\)/,
    ],
    [
      "weights that are not finite",
      () => train(model, { ...weights(), readout: { W: withNaN(4, 2), b: zeros(1, 2) } }, ramps(8), fresh()),
      /train: at step 1 the weight readout.W holds NaN at row 3, column 1: expected finite numbers/,
    ],
    [
      "the checkpoint of other data",
      async () => training({ resume: (await training({})).checkpoint }, ramps(12)),
      /train: examples was 8 in the checkpoint and is 12, expected the same/,
    ],
    [
      "the checkpoint of another model",
      async () => {
        const { checkpoint } = await training({});
        const other = classifier(lstm(1, 4), 2);
        return train(other, other.init(random(1)), ramps(8), { ...fresh(), resume: checkpoint as never });
      },
      /train: resume: cell.W is 5×4 float32, the model has 5×16 float32/,
    ],
    [
      "the checkpoint of another optimiser",
      async () => training({ resume: (await training({})).checkpoint, optimizer: sgd() }),
      /sgd: the state is that of adam, expected that of sgd/,
    ],
  ],
  adam: [
    ...steps(() => adam()),
    ["NaN as learning rate", () => adam({ learningRate: nan }), /adam: learningRate is NaN, expected a number > 0/],
    ["an infinite learning rate", () => adam({ learningRate: Infinity }), /adam: learningRate is Infinity/],
    ["a β of 1", () => adam({ beta1: 1 }), /adam: beta1 is 1, expected a number ≥ 0 and < 1/],
    ["an ε of 0", () => adam({ epsilon: 0 }), /adam: epsilon is 0/],
  ],
  adamw: [
    ...steps(() => adamw()),
    ["a negative decay", () => adamw({ weightDecay: -1 }), /adamw: weightDecay is -1, expected a number ≥ 0/],
    ["NaN as learning rate", () => adamw({ learningRate: nan }), /adamw: learningRate is NaN/],
  ],
  rmsprop: [
    ...steps(() => rmsprop()),
    ["a learning rate of 0", () => rmsprop({ learningRate: 0 }), /rmsprop: learningRate is 0/],
    ["NaN as α", () => rmsprop({ alpha: nan }), /rmsprop: alpha is NaN/],
  ],
  sgd: [
    ...steps(() => sgd()),
    ["a negative learning rate", () => sgd({ learningRate: -1 }), /sgd: learningRate is -1/],
    ["NaN as momentum", () => sgd({ momentum: nan }), /sgd: momentum is NaN/],
    ["Nesterov without momentum", () => sgd({ nesterov: true }), /sgd: nesterov needs a momentum > 0/],
  ],
  linearDecay: [
    ["an end above 1", () => linearDecay({ to: 2 }), /linearDecay: to is 2, expected a number from 0 to 1/],
  ],
  cosineDecay: [["NaN as end", () => cosineDecay({ to: nan }), /cosineDecay: to is NaN/]],
  exponentialDecay: [
    ["a factor of 0", () => exponentialDecay({ factor: 0 }), /exponentialDecay: factor is 0, expected/],
  ],
  stepDecay: [
    ["NaN as factor", () => stepDecay({ every: 2, factor: nan }), /stepDecay: factor is NaN/],
    ["no step", () => stepDecay({ every: 0, factor: 0.5 }), /stepDecay: every is 0, expected a whole number ≥ 1/],
  ],
  inverseSquareRoot: [
    ["no warm-up", () => inverseSquareRoot({ warmup: 0 }), /inverseSquareRoot: warmup is 0, expected/],
  ],
  linearWarmup: [
    ["half a step", () => linearWarmup(0.5), /linearWarmup: warmupSteps is 0.5, expected a whole number ≥ 1/],
  ],
  after: [
    [
      "a schedule without steps",
      () => after(linearDecay() as never, linearDecay()),
      /after: the first schedule does not say/,
    ],
  ],
  fromPytorch: [
    [
      "an unknown kind",
      () => fromPytorch("gru" as never, {}),
      /fromPytorch: kind is "gru", expected rnn or lstm or gruReset/,
    ],
    ["a state without weights", () => fromPytorch("lstm", {}), /there is no weight_ih_l0, only nothing: expected/],
    [
      "weights of another shape",
      () => fromPytorch("rnn", { weight_ih_l0: zeros(3, 2), weight_hh_l0: zeros(4, 4) }),
      /fromPytorch: rnn: weight_ih_l0 is 3×2, expected 4×2/,
    ],
    [
      "NaN",
      () => fromPytorch("rnn", { weight_ih_l0: withNaN(4, 2), weight_hh_l0: zeros(4, 4) }),
      /weight_ih_l0 holds NaN at row 3, column 1/,
    ],
  ],
  toPytorch: [
    ["an unknown kind", () => toPytorch("gru" as never, {} as never), /toPytorch: kind is "gru", expected rnn or lstm/],
    ["the weights of another cell", () => toPytorch("lstm", rnn(3, 5).init(random(1))), /toPytorch: lstm: W is 8×5/],
  ],
  fromKeras: [
    [
      "an unknown kind",
      () => fromKeras("GRU" as never, {}),
      /fromKeras: kind is "GRU", expected rnn or lstm or gru or/,
    ],
    ["a layer without weights", () => fromKeras("gru", {}), /fromKeras: gru: there is no kernel/],
    [
      "an infinite number",
      () => fromKeras("rnn", { kernel: matrix([[Infinity]]), recurrent_kernel: matrix([[1]]) }),
      /kernel holds Infinity/,
    ],
  ],
  toKeras: [
    ["an unknown kind", () => toKeras("simpleRnn" as never, {} as never), /toKeras: kind is "simpleRnn"/],
    ["the weights of another cell", () => toKeras("gru", rnn(3, 4).init(random(1))), /toKeras: gru: W is 7×4/],
  ],
  fromTfjs: [
    [
      "an unknown kind",
      () => fromTfjs("gru2" as never, { getWeights: () => [] }),
      /fromTfjs: kind is "gru2", expected/,
    ],
    ["a layer without weights", () => fromTfjs("lstm", { getWeights: () => [] }), /lstm: the layer has 0 weights/],
  ],
  toTfjs: [
    ["an unknown kind", () => toTfjs("LSTM" as never, {} as never, tf), /toTfjs: kind is "LSTM", expected/],
    ["the weights of another cell", () => toTfjs("gru", rnn(3, 4).init(random(1)), tf), /toKeras: gru: W is 7×4/],
  ],
};
