import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  adam,
  build,
  classifier,
  countWeights,
  decodeSafetensors,
  encodeSafetensors,
  flatten,
  loadCheckpoint,
  loadMatrices,
  loadWeights,
  matrix,
  random,
  rnn,
  saveCheckpoint,
  saveWeights,
  type Tensor,
  type TrainingOptions,
  train,
  zeros,
} from "unroll";
import { type ModelWeights, model, noisy, numbersOf, ramps } from "./training.js";

describe("files of weights", () => {
  let folder = "";
  const file = () => join(folder, "kept.safetensors");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("give back the same numbers, of both precisions and of views", () => {
    const weights = {
      cell: { W: build(4, 6, (i, j) => i / (j + 3)).columns(1, 3) },
      b: matrix([[0.1, -0]], "float32"),
    };
    saveWeights(file(), weights);
    const loaded = { cell: { W: zeros(4, 2) }, b: zeros(1, 2, "float32") };
    assert.equal(loadWeights(file(), loaded), loaded);
    assert.deepEqual(numbersOf(loaded), numbersOf(weights));
    assert.deepEqual(Object.keys(loadMatrices(file())).sort(), ["b", "cell.W"]);
  });

  it("hold vectors where they are asked to, and these come back as one row", () => {
    saveWeights(
      file(),
      { bias: matrix([[1, 2]]), bias2: zeros(2, 2), W: zeros(1, 3) },
      { vectors: (n) => n.startsWith("bias") },
    );
    const { tensors } = decodeSafetensors(readFileSync(file()));
    assert.deepEqual([tensors.bias!.shape, tensors.bias2!.shape, tensors.W!.shape], [[2], [2, 2], [1, 3]]);
    assert.deepEqual(loadMatrices(file()).bias!.toRows(), [[1, 2]]);
  });

  it("saved in half precision take half the room and come back with three digits", () => {
    const model = classifier(rnn(3, 40), 2);
    const weights = model.init(random(1));
    saveWeights(file(), weights);
    const whole = readFileSync(file()).length;
    saveWeights(file(), weights, { dtype: "F16" });
    const numbers = countWeights(weights);
    assert.ok(whole - readFileSync(file()).length > 1.9 * numbers);
    const read = loadWeights(file(), model.init(random(2)));
    for (const [name, matrix] of Object.entries(flatten(read))) {
      const before = flatten(weights)[name]!;
      for (let i = 0; i < matrix.rows; i++)
        for (let j = 0; j < matrix.cols; j++) {
          // 11 bits of the fraction: half of the last one is the most that is lost
          const value = before.at(i, j);
          assert.ok(Math.abs(matrix.at(i, j) - value) <= 2 ** -11 * Math.abs(value) + 2 ** -25);
        }
    }
  });

  it("are refused when they are of another model, by the tensor's name, and then change nothing", () => {
    saveWeights(file(), { cell: { W: build(2, 3, () => 1), b: build(1, 3, () => 1) } });
    const refuses = (weights: Parameters<typeof loadWeights>[1], problem: RegExp) => {
      const before = numbersOf(weights);
      assert.throws(() => loadWeights(file(), weights), problem);
      assert.deepEqual(numbersOf(weights), before);
    };
    refuses(
      { cell: { W: zeros(2, 3), b: zeros(1, 4) } },
      /kept.safetensors: cell.b is 1×3 float64, the model has 1×4 float64/,
    );
    refuses(
      { cell: { W: zeros(2, 3, "float32"), b: zeros(1, 3) } },
      /cell.W is 2×3 float64, the model has 2×3 float32/,
    );
    refuses({ cell: { W: zeros(2, 3) } }, /the model has no cell.b, expected the weights of the same model/);
    refuses(
      { cell: { W: zeros(2, 3), b: zeros(1, 3), U: zeros(1, 1) } },
      /there is no cell.U, expected the weights of the/,
    );
  });

  it("are refused when a number is not finite, or a tensor is no matrix", () => {
    const write = (tensor: Tensor) => writeFileSync(file(), encodeSafetensors({ W: tensor }));
    write({ shape: [2], data: Float64Array.of(1, Number.NaN) });
    assert.throws(() => loadMatrices(file()), /W of .*kept.safetensors holds NaN at row 0, column 1/);
    write({ shape: [1, 1, 1], data: Float64Array.of(1) });
    assert.throws(() => loadMatrices(file()), /W of .* has the shape \[1, 1, 1\], expected a matrix/);
    write({ shape: [2 ** 50, 0], data: new Float64Array() });
    assert.throws(() => loadMatrices(file()), /W of .* has the shape \[1125899906842624, 0\], expected a matrix/);
  });

  it("stay as they were when writing fails, and nothing half-written is left", () => {
    saveWeights(file(), { W: matrix([[1]]) });
    const before = readFileSync(file());
    assert.throws(() => saveWeights(folder, { W: matrix([[2]]) }));
    assert.throws(() => saveWeights(join(folder, "nowhere", "x"), { W: matrix([[2]]) }), /ENOENT/);
    assert.throws(() => saveWeights(file(), { __metadata__: matrix([[2]]) }), /no tensor can be named __metadata__/);
    assert.deepEqual(readFileSync(file()), before);
    assert.deepEqual(readdirSync(folder), ["kept.safetensors"]);
    assert.deepEqual(
      readdirSync(join(folder, "..")).filter(
        (name) => name.endsWith(".partial") && name.startsWith(folder.split("/").at(-1)!),
      ),
      [],
    );
  });
});

describe("a checkpoint's file", () => {
  let folder = "";
  const file = () => join(folder, "training.safetensors");
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  const options = (): TrainingOptions<ModelWeights> => ({
    epochs: 3,
    batchSize: 6,
    optimizer: adam({ learningRate: 0.05 }),
    random: random(2),
    evaluate: (weights) => 1 / weights.readout.W.at(0, 0),
    evaluateEvery: 3,
  });

  it("goes on to the same numbers, to the last bit, within an epoch, at its end, and before anything was evaluated", async () => {
    for (const at of [1, 4, 6]) {
      const weights = model.init(random(1));
      const whole = await train(noisy, weights, ramps(20), {
        ...options(),
        onStep({ step }, checkpoint) {
          if (step === at) saveCheckpoint(file(), checkpoint());
        },
      });
      const again = model.init(random(5));
      const resume = loadCheckpoint<ModelWeights>(file());
      assert.equal(resume.losses.length, at);
      assert.equal(resume.best === undefined, at < 3);
      const result = await train(noisy, again, ramps(20), { ...options(), resume });
      assert.deepEqual(result.losses, whole.losses);
      assert.deepEqual(result.evaluations, whole.evaluations);
      assert.deepEqual(numbersOf(again), numbersOf(weights));
      assert.deepEqual(result.checkpoint, whole.checkpoint);
    }
  });

  it("is refused when it is not one, or something is missing or makes no sense", async () => {
    const { checkpoint } = await train(noisy, model.init(random(1)), ramps(20), { ...options(), epochs: 1 });
    saveCheckpoint(file(), checkpoint);
    const { tensors, metadata } = decodeSafetensors(readFileSync(file()));
    const refuses = (problem: RegExp, change: { tensors?: Record<string, Tensor | undefined>; notes?: object }) => {
      const all = Object.entries({ ...tensors, ...change.tensors }).filter(
        (entry): entry is [string, Tensor] => !!entry[1],
      );
      const notes = { ...metadata, ...change.notes };
      writeFileSync(file(), encodeSafetensors(Object.fromEntries(all), { metadata: notes }));
      assert.throws(() => loadCheckpoint(file()), problem);
    };
    const position = JSON.parse(metadata.position!);
    const moved = (over: object) => ({ notes: { position: JSON.stringify({ ...position, ...over }) } });
    const nan = { shape: [1, 1], data: Float64Array.of(Number.NaN) };
    refuses(/training.safetensors is no checkpoint of a training, expected a file that saveCheckpoint wrote/, {
      notes: { format: "" },
    });
    refuses(/says nothing of its optimizer/, { notes: { optimizer: "[" } });
    refuses(/says nothing of its optimizer/, { notes: { optimizer: '{"name":"adam","step":-1}' } });
    refuses(/does not say where training was/, { notes: { position: "7" } });
    refuses(/does not say where training was/, moved({ batch: 99 }));
    refuses(/does not say where training was/, moved({ random: [0, 0, 0, 0] }));
    refuses(/does not say where training was/, moved({ randomAtEpoch: "1234" }));
    refuses(/does not say where training was/, moved({ batchSize: 0 }));
    refuses(/does not say where training was/, moved({ bucket: 1 }));
    refuses(/does not say where training was/, moved({ shuffle: "no" }));
    refuses(/has 4 losses and 4 accuracies, which are not those of its steps/, moved({ epoch: 1, batch: 3 }));
    refuses(/has no losses/, { tensors: { losses: undefined } });
    refuses(/has losses of shape \[4, 1\]/, { tensors: { losses: { ...tensors.losses!, shape: [4, 1] } } });
    refuses(/has evaluations of shape \[2, 1\]/, {
      tensors: { evaluations: { shape: [2, 1], data: Float64Array.of(1, 2) } },
    });
    const noBest = Object.fromEntries(
      Object.keys(tensors)
        .filter((name) => name.startsWith("best."))
        .map((name) => [name, undefined]),
    );
    refuses(/has evaluations without their best weights, or these alone/, { tensors: noBest });
    refuses(/weights.more of .*training.safetensors holds NaN/, { tensors: { "weights.more": nan } });
    refuses(/optimizer.more of .* has the shape \[1, 1, 1\]/, {
      tensors: { "optimizer.more": { shape: [1, 1, 1], data: Float64Array.of(1) } },
    });
  });
});
