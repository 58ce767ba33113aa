import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EngineUnavailable } from "../engine.js";

/**
 * TensorFlow as the package @tensorflow/tfjs-node brings it to Node.js: its operations by name, on tensors by number.
 *
 * This is what lies under `tf.backend()`. The engine loads nothing above it: it wants no gradient tape, loads in a third
 * of the time, leaves `util` alone and knows of each tensor when it ends.
 */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  /** Where the memory is aligned as TensorFlow wants it, the tensor is that memory; else a copy. */
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array): number;
  deleteTensor(tensor: number): void;
  /** A copy of the tensor's numbers. */
  tensorDataSync(tensor: number): Float32Array;
  executeOp(
    operation: string,
    attributes: readonly { name: string; type: number; value: number | boolean }[],
    inputs: readonly number[],
    outputs: number,
  ): { id: number }[];
  getNumOfTensors(): number;
}

const packageName = "@tensorflow/tfjs-node";

/** Where `npm run setup:tensorflow` puts the package: beside `lib`. */
const ownFolder = join(import.meta.dirname, "..", "..", "..", "..", ".tensorflow");

/**
 * The binding of the package where it is installed: for the library or whoever uses it, else by the set-up.
 *
 * @returns the binding, and the version of the package
 * @throws EngineUnavailable when it is not installed, not built, or does not load
 */
export function loadBinding(): { binding: Binding; version: string } {
  const require = createRequire(import.meta.url);
  const description = find(require);
  const { version } = require(description) as { version: string };
  const file = builtFile(dirname(description));
  try {
    return { binding: inSilence(dirname(file), require, () => require(file) as Binding), version };
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new EngineUnavailable(`${packageName} does not load: ${reason}`);
  }
}

function find(require: NodeJS.Require): string {
  try {
    return require.resolve(`${packageName}/package.json`, { paths: [import.meta.dirname, ownFolder] });
  } catch {
    throw new EngineUnavailable(`${packageName} is not installed; npm run setup:tensorflow installs it`);
  }
}

/** The package has its binding in `lib/napi-vN`, N the version of Node's binary interface that it was built for. */
function builtFile(folder: string): string {
  const built = join(folder, "lib");
  const [newest] = (existsSync(built) ? readdirSync(built) : [])
    .map((name) => ({ file: join(built, name, "tfjs_binding.node"), version: Number(/^napi-v(\d+)$/.exec(name)?.[1]) }))
    .filter(({ file, version }) => version <= Number(process.versions.napi) && existsSync(file))
    .sort((a, b) => b.version - a.version);
  if (newest) return newest.file;
  throw new EngineUnavailable(`${packageName} is not built; npm run setup:tensorflow builds it`);
}

/**
 * TensorFlow tells on stderr which instructions it uses, unless the environment asks for another level while it loads.
 * Newer ones print before they look at the environment; `quiet.node`, which the set-up builds with those, prevents it.
 */
function inSilence<T>(folder: string, require: NodeJS.Require, load: () => T): T {
  const level = "TF_CPP_MIN_LOG_LEVEL";
  if (process.env[level] !== undefined) return load();
  const quiet = join(folder, "quiet.node");
  process.env[level] = "2"; // errors
  try {
    if (existsSync(quiet)) require(quiet);
    return load();
  } finally {
    delete process.env[level];
  }
}
