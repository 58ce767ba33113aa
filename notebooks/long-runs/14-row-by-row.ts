/** Digits read row by row by an LSTM, with more pictures and more time than a lesson has. */
import {
  accuracy,
  adam,
  after,
  asRows,
  classifier,
  cosineDecay,
  Images,
  linearWarmup,
  lstm,
  mnist,
  quick,
  random,
  shiftedImages,
  startLongRun,
} from "unroll";

const settings = {
  reader: "LSTM",
  units: 128,
  pictures: "55,000, and each moved by one pixel to the left, right, up, down",
  epochs: 4,
  batchSize: 64,
  optimizer: "Adam",
  learningRate: 0.003,
  schedule: "100 steps of warm-up, then cosine",
  clipNorm: 1,
  seed: 1,
};
const run = startLongRun("14-row-by-row", { settings });

const digits = mnist();
const examples = asRows(inFivePositions(digits.train.slice(0, quick ? 300 : 55_000)));
const heldOut = asRows(digits.train.slice(55_000, quick ? 55_200 : 60_000));
const test = asRows(digits.test.slice(0, quick ? 200 : 10_000));

const model = classifier(lstm(28, settings.units), 10);
const weights = model.init(random(settings.seed));
const { evaluations } = await run.train(model, weights, examples, {
  epochs: quick ? 1 : settings.epochs,
  batchSize: settings.batchSize,
  optimizer: adam({ learningRate: settings.learningRate }),
  schedule: after(linearWarmup(100), cosineDecay()),
  clipNorm: settings.clipNorm,
  random: random(settings.seed + 1),
  evaluate: { metric: (now: typeof weights) => 100 * accuracy(model, now, heldOut), better: "higher" },
  evaluateEvery: Math.ceil(examples.count / settings.batchSize / 5), // after as many steps as there are pictures
});

run.record(
  {
    name: "test accuracy of an LSTM, row by row",
    value: 100 * accuracy(model, weights, test),
    unit: "%",
    expected: [98.9, 100],
    baseline: { name: "the most frequent digit", value: 11.35 },
    data: "MNIST",
    curve: {
      x: "rounds over 55,000 pictures",
      y: "right of 5,000 held out, %",
      lines: [{ name: "held out", x: evaluations.map((_, i) => i + 1), y: evaluations.map(({ value }) => value) }],
    },
  },
  { weights },
);

function inFivePositions(images: Images): Images {
  const ways = [{}, { right: 1 }, { right: -1 }, { down: 1 }, { down: -1 }];
  const moved = ways.map((way) => shiftedImages(images, way));
  const bytes = new Uint8Array(ways.length * images.bytes.length);
  const labels = new Uint8Array(ways.length * images.count);
  moved.forEach((part, i) => {
    bytes.set(part.bytes, i * images.bytes.length);
    labels.set(part.labels, i * images.count);
  });
  return new Images(images.height, images.width, bytes, labels);
}
