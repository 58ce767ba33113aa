import assert from "node:assert/strict";
import * as unroll from "unroll";
import { backPropagation } from "./bptt.js";
import { captioning } from "./captions.js";
import { cells } from "./cells.js";
import { countingModels } from "./counting-models.js";
import { course } from "./course.js";
import { data } from "./data.js";
import { dataFiles } from "./data-files.js";
import { decoders } from "./decode.js";
import { files } from "./files.js";
import { layers } from "./layers.js";
import { losses } from "./losses.js";
import { math } from "./math.js";
import { metrics } from "./metrics.js";
import { models } from "./models.js";
import { pictureData } from "./picture-data.js";
import { plots } from "./plot.js";
import { refuses, type Table } from "./refuses.js";
import { sequenceToSequence } from "./sequence-to-sequence.js";
import { trainers } from "./train.js";

const areas: Readonly<Record<string, Table>> = {
  "back-propagation through time": backPropagation,
  "pictures with captions": captioning,
  cells,
  "the course": course,
  data,
  "data sets": dataFiles,
  "pictures as data": pictureData,
  files,
  layers,
  "the mathematics": math,
  metrics,
  models,
  "models that count": countingModels,
  "sequence-to-sequence models": sequenceToSequence,
  decoders,
  losses,
  figures: plots,
  training: trainers,
};
const tables = Object.values(areas);

for (const [area, table] of Object.entries(areas)) refuses(area, table);

/** Functions that take whatever their types allow, and why. */
const unconditional: Readonly<Record<string, readonly string[]>> = {
  "arithmetic: what is not finite passes through, and the trainer and the metrics look for it": [
    "argmax",
    "columnSums",
    "firstNonFinite",
    "globalNorm",
    "logSumExp",
    "relu",
    "reluSlope",
    "scaleInto",
    "sigmoid",
    "sigmoidSlope",
    "softmax",
    "tanh",
    "tanhSlope",
  ],
  "trees of matrices of any form: flatten says what is none": ["countWeights", "mapWeights", "zerosLike"],
  "any text, symbols or picture": [
    "editDistance",
    "isReber",
    "picturePixels",
    "prose",
    "reberString",
    "rouge",
    "withPairs",
  ],
  "nothing goes in but a generator": ["engine", "normal"],
  "joins two things that refuse what is wrong themselves": ["asDecoder", "summary"],
  "shows what it is given": ["Figure", "Table", "clearOutput", "live", "liveTraining", "progress", "table"],
  "data that the compiler checks": ["plot.cellPlan"],
  "made-up numbers of the practical, in shapes that its own cells ask for": [
    "dummyGru",
    "dummyLstm",
    "dummyMatrix",
    "dummyRnn",
    "dummySteps",
    "dummyTargets",
    "dummyWeights",
  ],
  "judges whatever a student has made, and says what is wrong with it": ["judgeDigits"],
};

function functionsOf(module: object, prefix = ""): string[] {
  return Object.entries(module).flatMap(([name, value]) =>
    typeof value === "function" ? [prefix + name] : name === "plot" ? functionsOf(value as object, "plot.") : [],
  );
}

describe("every function of the library", () => {
  const exported = functionsOf(unroll);
  const refusing = tables.flatMap(Object.keys);
  const known = [...refusing, ...Object.values(unconditional).flat()];

  it("either refuses bad input in one of these tables or has a reason why there is none", () => {
    assert.deepEqual(
      exported.filter((name) => !known.includes(name)),
      [],
    );
  });

  it("stands in one place only, and is there", () => {
    assert.deepEqual(
      known.filter((name, i) => known.indexOf(name) !== i || !exported.includes(name)),
      [],
    );
  });

  it("that is in a table has a row there", () => {
    assert.deepEqual(
      tables.flatMap(Object.entries).filter(([, rows]) => rows.length === 0),
      [],
    );
  });
});
