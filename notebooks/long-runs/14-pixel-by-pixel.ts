/**
 * Digits read one pixel at a time by an LSTM: 784 steps. It learns to read small pictures first; where the next ones have
 * four times as many pixels, its gates become four times as slow.
 */
import {
  accuracy,
  adam,
  after,
  classifier,
  cosineDecay,
  type LstmWeights,
  linearWarmup,
  lstm,
  lstmGates,
  mnist,
  pixelByPixel,
  quick,
  random,
  smallerImages,
  startLongRun,
} from "unroll";

const settings = {
  reader: "LSTM",
  units: 128,
  pictures: "55,000",
  stages: [
    { side: 7, epochs: 3, learningRate: 0.01 },
    { side: 14, epochs: 2, learningRate: 0.004 },
    { side: 28, epochs: 6, learningRate: 0.003 },
  ],
  gates: "four times as slow at each next stage",
  batchSize: 64,
  optimizer: "Adam",
  schedule: "in each stage 50 steps of warm-up, then cosine",
  clipNorm: 1,
  seed: 1,
};
const run = startLongRun("14-pixel-by-pixel", { settings });

const digits = mnist();
const pictures = digits.train.slice(0, quick ? 128 : 55_000);
const heldOut = digits.train.slice(55_000, quick ? 55_064 : 60_000);
const test = pixelByPixel(digits.test.slice(0, quick ? 64 : 10_000));

const model = classifier(lstm(1, settings.units), 10);
const weights = model.init(random(settings.seed));
const lines: { name: string; x: number[]; y: number[] }[] = [];
let rounds = 0;
for (const { side, epochs, learningRate } of settings.stages) {
  if (side > 7) slowDown(weights.cell);
  const look = pixelByPixel(smallerImages(heldOut, 28 / side));
  const { evaluations } = await run.train(model, weights, pixelByPixel(smallerImages(pictures, 28 / side)), {
    stage: `${side}×${side}`,
    epochs: quick ? 1 : epochs,
    batchSize: settings.batchSize,
    optimizer: adam({ learningRate }),
    schedule: after(linearWarmup(50), cosineDecay()),
    clipNorm: settings.clipNorm,
    random: random(settings.seed + side),
    evaluate: { metric: (now: typeof weights) => 100 * accuracy(model, now, look), better: "higher" },
  });
  const [x, y] = [evaluations.map((_, i) => rounds + i + 1), evaluations.map(({ value }) => value)];
  lines.push({ name: `${side}×${side} pixels`, x, y });
  rounds += evaluations.length;
}

run.record(
  {
    name: "test accuracy of an LSTM, pixel by pixel",
    value: 100 * accuracy(model, weights, test),
    unit: "%",
    expected: [95, 100],
    baseline: { name: "the most frequent digit", value: 11.35 },
    published: { source: "LSTM, Cooijmans et al. 2017", value: 98.9 },
    data: "MNIST",
    curve: { x: "rounds over 55,000 pictures", y: "right of 5,000 held out, %", lines },
  },
  { weights },
);

/** What a step forgets and what it takes becomes a quarter, where it is small: σ(a − ln 4) ≈ σ(a)/4. */
function slowDown(cell: LstmWeights): void {
  const { f, u } = lstmGates(cell);
  for (let unit = 0; unit < settings.units; unit++) {
    f.b.set(0, unit, f.b.at(0, unit) + Math.log(4));
    u.b.set(0, unit, u.b.at(0, unit) - Math.log(4));
  }
}
