import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { loadBinding } from "unroll/engine/tensorflow/binding.js";
import { openTensorflow } from "unroll/engine/tensorflow/tensorflow.js";
import { projectFolder } from "../../../support/project.js";
import { needsTfjs } from "../../../support/tfjs.js";
import { behavesLikeReference } from "../engine-behaviour.js";
import { draw } from "../recurrence-behaviour.js";

describe("with the smallest sequence and product on TensorFlow too", () => {
  behavesLikeReference("tensorflow", () => openTensorflow({ smallest: 0, fewestSteps: 0 }));
});

describe("the tensorflow engine's start", () => {
  before(function () {
    needsTfjs(this);
  });

  it("prints nothing, and leaves the environment as it was", () => {
    const code = `
      const { openTensorflow } = await import("unroll/engine/tensorflow/tensorflow.js");
      const before = JSON.stringify(process.env);
      const block = () => ({ rows: 64, cols: 64, data: new Float32Array(4096).fill(1), offset: 0, stride: 64 });
      openTensorflow().product(block(), block(), block());
      console.log(JSON.stringify(process.env) === before);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: projectFolder,
      encoding: "utf8",
    });
    assert.deepEqual([stdout, stderr], ["true\n", ""]);
  });

  it("names TensorFlow's version, the package's and the threads", () => {
    assert.match(
      openTensorflow().describe(),
      /^tensorflow: TensorFlow 2\.\d+\.\d+ of @tensorflow\/tfjs-node 4\.22\.0, \d+ threads?, float32$/,
    );
  });
});

describe("tensors of TensorFlow", () => {
  before(function () {
    needsTfjs(this);
  });

  it("end with the product or the way back, and those of walks that nobody goes back when there are too many", () => {
    const { binding } = loadBinding();
    const engine = openTensorflow();
    const open = binding.getNumOfTensors();
    const { task, dh } = draw({ kind: "lstm", T: 12, B: 8, D: 16, H: 32 }, 1);
    engine.recurrence(task)!.backward(dh, undefined);
    assert.equal(binding.getNumOfTensors(), open);

    const large = draw({ kind: "gru", T: 40, B: 256, D: 16, H: 64 }, 1).task;
    const counts = Array.from({ length: 30 }, () => {
      engine.recurrence(large);
      return binding.getNumOfTensors();
    });
    assert.ok(Math.max(...counts) === counts.at(-1), `${counts}`);
    assert.equal(counts.at(-1), counts.at(-2));
  });
});
