/** The layers of TensorFlow.js as a player: `node tfjs.js FOLDER wasm|node`, with the packages of that folder. */
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { serve } from "./serve.js";
import type { Work } from "./shapes.js";

type Tensor = object;

/** What is used of the package, whose types are not there when this is built. */
interface Tfjs {
  readonly version: { readonly tfjs?: string; readonly "tfjs-core"?: string };
  readonly layers: Record<string, (options: object) => unknown>;
  sequential(options: { layers: unknown[] }): {
    compile(options: object): void;
    trainOnBatch(x: Tensor, y: Tensor): Promise<unknown>;
  };
  randomNormal(shape: number[]): Tensor;
  randomUniform(shape: number[], from: number, to: number, kind: "int32"): Tensor;
  oneHot(ids: Tensor, depth: number): Tensor;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}

const [folder = "", backend = "wasm"] = process.argv.slice(2);
const load = createRequire(join(folder, "package.json"));
const LAYERS = { rnn: "simpleRNN", lstm: "lstm", gru: "gru" } as const;
let tf: Tfjs;

serve({
  async hello() {
    const threads = await (backend === "node" ? openNode() : openWasm());
    const about = `TensorFlow.js ${tf.version.tfjs ?? tf.version["tfjs-core"]} on its ${backend} backend`;
    return { threads, node: process.versions.node, about };
  },
  prepare: async (work) => training(work),
});

async function openNode(): Promise<number> {
  Object.assign(util, { isNullOrUndefined: (x: unknown) => x == null, isArray: Array.isArray }); // it still calls them
  tf = load("@tensorflow/tfjs-node") as Tfjs;
  await tf.ready();
  return 2; // TensorFlow takes as many threads as there are cores
}

async function openWasm(): Promise<number> {
  tf = load("@tensorflow/tfjs") as Tfjs;
  const wasm = load("@tensorflow/tfjs-backend-wasm") as {
    setWasmPaths(folder: string): void;
    getThreadsCount(): number;
  };
  wasm.setWasmPaths(join(folder, "node_modules", "@tensorflow", "tfjs-backend-wasm", "dist", "/"));
  if (!(await tf.setBackend("wasm"))) throw new Error("its wasm backend does not start");
  await tf.ready();
  return wasm.getThreadsCount();
}

function training({ cell, T, B, I, H, outputs, reads }: Work) {
  const tokens = reads === "tokens";
  const units = { units: H, returnSequences: tokens, recurrentInitializer: "glorotNormal" }; // orthogonal takes minutes
  const recurrent = tf.layers[LAYERS[cell]]!({ ...units, ...(tokens ? {} : { inputShape: [T, I] }) });
  const embedding = tokens && tf.layers.embedding!({ inputDim: outputs, outputDim: I, inputLength: T });
  const readout = tf.layers.dense!({ units: outputs, activation: "softmax" });
  const model = tf.sequential({ layers: [...(embedding ? [embedding] : []), recurrent, readout] });
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  const x = tokens ? tf.randomUniform([B, T], 0, outputs, "int32") : tf.randomNormal([B, T, I]);
  const y = tf.oneHot(tf.randomUniform(tokens ? [B, T] : [B], 0, outputs, "int32"), outputs);
  return () => model.trainOnBatch(x, y);
}
