import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  adam,
  classifier,
  decodeSafetensors,
  encodeSafetensors,
  loadCheckpoint,
  loadMatrices,
  loadWeights,
  lstm,
  matrix,
  random,
  rnn,
  saveCheckpoint,
  saveWeights,
  train,
  zeros,
} from "unroll";
import { ramps } from "../train/ramps.js";
import { type Row, type Table, withNaN } from "./refuses.js";

const folder = mkdtempSync(join(tmpdir(), "unroll-bad-input-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, `${name}.safetensors`);
const model = classifier(rnn(1, 4), 2);
const weights = () => model.init(random(1));
const trained = () => train(model, weights(), ramps(8), { optimizer: adam(), random: random(2), batchSize: 4 });

/** A file with these bytes, made of a good one. */
function spoilt(name: string, spoil: (bytes: Uint8Array) => Uint8Array | string): string {
  saveWeights(file(name), weights());
  writeFileSync(file(name), spoil(readFileSync(file(name))));
  return file(name);
}

/** Weights as saved by somebody who did not look for NaN. */
function holdingNaN(): string {
  const W = withNaN(5, 4);
  writeFileSync(file("nan"), encodeSafetensors({ W: { shape: [5, 4], data: W.data } }));
  return file("nan");
}

/** What everything that reads a file refuses. */
const reads = (read: (file: string) => unknown): Row[] => [
  [
    "a file that is missing",
    () => read(file("missing")),
    /missing.safetensors cannot be read \(ENOENT\), look at its name/,
  ],
  ["a folder", () => read(folder), /cannot be read \(EISDIR\)/],
  [
    "an empty file",
    () => read(spoilt("empty", () => "")),
    /safetensors: the file has 0 bytes, expected at least the 8/,
  ],
  ["another kind of file", () => read(spoilt("text", () => "<html>a web page</html>")), /safetensors: the header has/],
  ["a truncated file", () => read(spoilt("cut", (bytes) => bytes.subarray(0, -3))), /is it truncated\?/],
  [
    "bytes behind the end",
    () => read(spoilt("long", (bytes) => Buffer.concat([bytes, bytes]))),
    /bytes of data and the file/,
  ],
  [
    "a header that is no JSON",
    () => read(spoilt("header", (bytes) => bytes.map((byte, i) => (i === 9 ? 0x21 : byte)))),
    /safetensors: the header is not JSON in UTF-8/,
  ],
];

export const files: Table = {
  loadWeights: [
    ...reads((from) => loadWeights(from, weights())),
    ["NaN", () => loadWeights(holdingNaN(), { W: zeros(5, 4) }), /W of .*nan.safetensors holds NaN at row 4, column 3/],
    [
      "the weights of another model",
      () => {
        saveWeights(file("other"), classifier(lstm(1, 4), 2).init(random(1)));
        return loadWeights(file("other"), weights());
      },
      /cell.W is 5×16 float32, the model has 5×4 float32/,
    ],
    [
      "weights that the model lacks",
      () => {
        saveWeights(file("more"), { ...weights(), more: zeros(1, 1) });
        return loadWeights(file("more"), weights());
      },
      /the model has no more, expected the weights of the same model/,
    ],
  ],
  loadMatrices: [
    ...reads(loadMatrices),
    ["NaN", () => loadMatrices(holdingNaN()), /loadMatrices: W of .* holds NaN/],
    [
      "a tensor of three dimensions",
      () => {
        writeFileSync(file("cube"), encodeSafetensors({ cube: { shape: [1, 1, 1], data: new Float32Array(1) } }));
        return loadMatrices(file("cube"));
      },
      /cube of .* has the shape \[1, 1, 1\], expected a matrix/,
    ],
  ],
  loadCheckpoint: [
    ...reads(loadCheckpoint),
    [
      "weights alone",
      () => {
        saveWeights(file("weights"), weights());
        return loadCheckpoint(file("weights"));
      },
      /weights.safetensors is no checkpoint of a training, expected a file that saveCheckpoint wrote/,
    ],
    [
      "a checkpoint without its losses",
      async () => {
        const { checkpoint } = await trained();
        saveCheckpoint(file("fewer"), { ...checkpoint, losses: checkpoint.losses.slice(1) });
        return loadCheckpoint(file("fewer"));
      },
      /fewer.safetensors has 1 losses and 2 accuracies, which are not those of its steps/,
    ],
  ],
  saveWeights: [
    ["NaN", () => saveWeights(file("never"), { W: withNaN(2, 2) }), /saveWeights: .*never.safetensors: W holds NaN/],
    [
      "what half precision cannot hold",
      () => saveWeights(file("never"), { W: matrix([[1, 7e4]]) }, { dtype: "F16" }),
      /saveWeights: .*: W holds 70000, half precision ends at 65504: write it as F32/,
    ],
    [
      "a type that is not written",
      () => saveWeights(file("never"), { W: matrix([[1]]) }, { dtype: "BF16" as never }),
      /safetensors: dtype is "BF16", expected F64 or F32 or F16/,
    ],
    [
      "weights that are not there",
      () => saveWeights(file("never"), { W: undefined } as never),
      /W is undefined, expected/,
    ],
    [
      "a folder that is missing",
      () => saveWeights(join(folder, "no", "w"), weights()),
      /no.w cannot be written \(ENOENT\)/,
    ],
  ],
  saveCheckpoint: [
    [
      "weights that are not finite",
      async () =>
        saveCheckpoint(file("never"), { ...(await trained()).checkpoint, weights: { W: withNaN(2, 2) } as never }),
      /saveCheckpoint: .*never.safetensors: weights.W holds NaN/,
    ],
    [
      "a folder that is missing",
      async () => saveCheckpoint(join(folder, "no", "c"), (await trained()).checkpoint),
      /cannot be written \(ENOENT\), look at its name and folder/,
    ],
  ],
  encodeSafetensors: [
    [
      "a shape that does not fit",
      () => encodeSafetensors({ W: { shape: [2, 2], data: new Float32Array(3) } }),
      /W has 3 numbers/,
    ],
    [
      "a negative size",
      () => encodeSafetensors({ W: { shape: [-1, -1], data: new Float32Array(1) } }),
      /shape \[-1, -1\]/,
    ],
    [
      "the name of the notes",
      () => encodeSafetensors({ __metadata__: { shape: [0], data: new Float32Array(0) } }),
      /rename it/,
    ],
  ],
  decodeSafetensors: [
    ["nothing", () => decodeSafetensors(new Uint8Array(0)), /safetensors: the file has 0 bytes/],
    ["a header without end", () => decodeSafetensors(new Uint8Array(16).fill(0xff)), /expected at most 100000000/],
  ],
};
