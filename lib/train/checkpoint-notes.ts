import { checkFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { restoreRandom } from "../math/random.js";
import type { WeightTree } from "../math/weights.js";
import type { OptimizerState } from "./optimizer.js";
import type { Tensor } from "./safetensors.js";
import { matrixOf } from "./tensors.js";
import type { Checkpoint, TrainingPosition } from "./training.js";

const FORMAT = "unroll checkpoint 1";

/** What a checkpoint's file says beside its tensors. */
export function notesOf({ optimizer: { name, step }, position }: Checkpoint): Record<string, string> {
  return { format: FORMAT, optimizer: JSON.stringify({ name, step }), position: JSON.stringify(position) };
}

/**
 * A checkpoint from what its file holds.
 *
 * @throws a sentence that names the file and what is wrong with it
 */
export function checkpointOf(
  file: string,
  tensors: Readonly<Record<string, Tensor>>,
  notes: Readonly<Record<string, string>>,
): Checkpoint {
  const fail = (problem: string): never => {
    throw new RangeError(`loadCheckpoint: ${file} ${problem}, expected a file that saveCheckpoint wrote`);
  };
  if (notes.format !== FORMAT) fail("is no checkpoint of a training");
  const parts = {
    weights: new Map<string, Matrix>(),
    best: new Map<string, Matrix>(),
    optimizer: new Map<string, Matrix>(),
  };
  const numbers = (name: string, rank: number): Tensor => {
    const tensor = Object.hasOwn(tensors, name) ? tensors[name]! : fail(`has no ${name}`);
    if (tensor.shape.length !== rank) fail(`has ${name} of shape [${tensor.shape.join(", ")}]`);
    return tensor;
  };
  for (const [name, tensor] of Object.entries(tensors)) {
    const [, part, weight] = /^(weights|best|optimizer)\.(.*)$/s.exec(name) ?? [];
    if (part === undefined || weight === undefined) continue;
    const matrix = matrixOf(`${name} of ${file}`, tensor);
    if (part !== "optimizer") checkFinite(`loadCheckpoint: ${name} of ${file}`, matrix);
    parts[part as keyof typeof parts].set(weight, matrix);
  }

  const optimizer = { ...parsed(notes.optimizer), memory: Object.fromEntries(parts.optimizer) } as OptimizerState;
  if (typeof optimizer.name !== "string" || !isCount(optimizer.step)) fail("says nothing of its optimizer");
  const position = parsed(notes.position) as unknown as TrainingPosition;
  if (!isPosition(position)) fail("does not say where training was");
  const losses = [...numbers("losses", 1).data];
  const accuracies = [...numbers("accuracies", 1).data];
  const rows = numbers("evaluations", 2);
  if (rows.shape[1] !== 2) fail(`has evaluations of shape [${rows.shape.join(", ")}]`);
  const evaluations = Array.from({ length: rows.shape[0]! }, (_, i) => ({
    step: rows.data[2 * i]!,
    value: rows.data[2 * i + 1]!,
  }));
  const stepsPerEpoch = Math.ceil(position.examples / position.batchSize);
  if (losses.length !== accuracies.length || losses.length !== (position.epoch - 1) * stepsPerEpoch + position.batch) {
    fail(`has ${losses.length} losses and ${accuracies.length} accuracies, which are not those of its steps`);
  }
  if (evaluations.length > 0 !== parts.best.size > 0)
    fail("has evaluations without their best weights, or these alone");
  const best = parts.best.size > 0 ? nested(parts.best) : undefined;
  return { weights: nested(parts.weights), best, optimizer, position, losses, accuracies, evaluations };
}

function parsed(json: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isPosition(position: TrainingPosition): boolean {
  const { epoch, batch, examples, batchSize, bucket, shuffle, randomAtEpoch, random } = position;
  const counts = [epoch, batch, examples, batchSize].every(isCount) && epoch >= 1 && batchSize >= 1;
  return (
    counts &&
    batch < Math.ceil(examples / batchSize) &&
    typeof bucket === "boolean" &&
    typeof shuffle === "boolean" &&
    isRandom(randomAtEpoch) &&
    isRandom(random)
  );
}

function isRandom(state: unknown): boolean {
  try {
    restoreRandom(state as number[]);
    return true;
  } catch {
    return false;
  }
}

/** The tree whose `flatten` has these names. */
function nested(flat: ReadonlyMap<string, Matrix>): WeightTree {
  const inner = new Map<string, Map<string, Matrix>>();
  const tree: [string, Matrix | WeightTree][] = [];
  for (const [name, matrix] of flat) {
    const [, first, rest] = /^([^.]*)\.(.*)$/s.exec(name) ?? [];
    if (first === undefined || rest === undefined) tree.push([name, matrix]);
    else inner.set(first, (inner.get(first) ?? new Map<string, Matrix>()).set(rest, matrix));
  }
  for (const [name, matrices] of inner) tree.push([name, nested(matrices)]);
  return Object.fromEntries(tree);
}
