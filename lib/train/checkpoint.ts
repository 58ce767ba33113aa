import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { checkFinite } from "../math/finite.js";
import { copy, type Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";
import { checkpointOf, notesOf } from "./checkpoint-notes.js";
import { replaceWeights } from "./resume.js";
import { decodeSafetensors, encodeSafetensors, type FloatType } from "./safetensors.js";
import { matrixOf, tensorsOf } from "./tensors.js";
import type { Checkpoint } from "./training.js";

/**
 * Writes weights as a safetensors file, each matrix under its name ("cell.W"). Python's `safetensors` reads it.
 *
 * The file is written under another name first, so that there is never half a file, nor a good one lost.
 *
 * @param file where to; a file that is there is replaced
 * @param vectors which matrices of one row are written as vectors, by their names: PyTorch's and Keras's biases are such
 * @param dtype what all numbers are written as; by default as they are. "F16", half precision, takes half the room of
 *   float32, and is read back as float32 with three digits of each number: enough to use a network, not to train it on
 * @throws when a number is not finite, or beyond ±65,504 in half precision, or the file cannot be written; then a file
 *   that was there is as it was
 *
 * @example
 * const model = classifier(rnn(3, 4), 2);
 * saveWeights("/tmp/reader.safetensors", model.init(random(1)));
 * const weights = loadWeights("/tmp/reader.safetensors", model.init(random(2)));
 */
export function saveWeights(
  file: string,
  weights: WeightTree,
  { vectors = () => false, dtype }: { vectors?: (name: string) => boolean; dtype?: FloatType } = {},
): void {
  checkAllFinite(`saveWeights: ${file}`, weights);
  if (dtype === "F16") checkAllHalf(`saveWeights: ${file}`, weights);
  const tensors = Object.entries(tensorsOf(weights)).map(([name, { shape, data }]) => {
    const asVector = shape[0] === 1 && vectors(name);
    return [name, { shape: asVector ? shape.slice(1) : shape, data }] as const;
  });
  writeWhole(file, encodeSafetensors(Object.fromEntries(tensors), { dtype }));
}

/**
 * Overwrites a model's weights with those of a file.
 *
 * @param file what `saveWeights` wrote, or any safetensors file with the same names, shapes and precisions
 * @param weights such as `model.init` makes them
 * @returns the same weights
 * @throws a sentence that names the tensor when the file lacks one, has another one, or one has another shape,
 *   precision
 *   or numbers that are not finite, and when it is no safetensors file; then no weight has been changed
 */
export function loadWeights<W extends WeightTree>(file: string, weights: W): W {
  replaceWeights(`loadWeights: ${file}`, weights, loadMatrices(file));
  return weights;
}

/**
 * The matrices of a safetensors file by name, such as a PyTorch state dict; a vector becomes one row.
 *
 * @throws a sentence that names the tensor when one has more than two dimensions, nothing in it, or numbers that are
 *   not
 *   finite, and when it is no safetensors file
 *
 * @example
 * saveWeights("/tmp/cell.safetensors", toPytorch("rnn", rnn(3, 4).init(random(1))));
 * const weights = fromPytorch("rnn", loadMatrices("/tmp/cell.safetensors"));
 */
export function loadMatrices(file: string): Record<string, Matrix> {
  const { tensors } = decodeSafetensors(read("loadMatrices", file));
  const matrices = Object.entries(tensors).map(
    ([name, tensor]) => [name, matrixOf(`${name} of ${file}`, tensor)] as const,
  );
  for (const [name, matrix] of matrices) checkFinite(`loadMatrices: ${name} of ${file}`, matrix);
  return Object.fromEntries(matrices);
}

/**
 * Writes all that training needs to go on as if it had not stopped, as a safetensors file that is there whole or not.
 *
 * @param checkpoint what `train` hands to `onStep` and `onEpoch`, and returns
 * @throws when a weight is not finite, or the file cannot be written; then a file that was there is as it was
 *
 * @example
 * const model = classifier(rnn(28, 8), 10);
 * const examples = asRows(mnist().train.slice(0, 200));
 * const options = { epochs: 2, optimizer: adam(), random: random(2) };
 * const { checkpoint } = await train(model, model.init(random(1)), examples, { ...options, epochs: 1 });
 * saveCheckpoint("/tmp/training.safetensors", checkpoint);
 * const resume = loadCheckpoint("/tmp/training.safetensors");
 * await train(model, model.init(random(1)), examples, { ...options, optimizer: adam(), resume });
 */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  const { weights, best, optimizer, losses, accuracies, evaluations } = checkpoint;
  checkAllFinite(`saveCheckpoint: ${file}`, { weights, ...(best && { best }) });
  const tensors = {
    ...tensorsOf(weights, "weights."),
    ...tensorsOf(best ?? {}, "best."),
    ...tensorsOf(optimizer.memory, "optimizer."),
    losses: { shape: [losses.length], data: Float64Array.from(losses) },
    accuracies: { shape: [accuracies.length], data: Float64Array.from(accuracies) },
    evaluations: {
      shape: [evaluations.length, 2],
      data: Float64Array.from(evaluations.flatMap(({ step, value }) => [step, value])),
    },
  };
  writeWhole(file, encodeSafetensors(tensors, { metadata: notesOf(checkpoint) }));
}

/**
 * Reads what `saveCheckpoint` wrote, for the option `resume` of `train`.
 *
 * @throws a sentence when the file is no safetensors file, or not a checkpoint of a training
 */
export function loadCheckpoint<W extends WeightTree = WeightTree>(file: string): Checkpoint<W> {
  const { tensors, metadata } = decodeSafetensors(read("loadCheckpoint", file));
  return checkpointOf(file, tensors, metadata) as Checkpoint<W>;
}

/** @throws when a number is not finite: what was written could not be read again */
function checkAllFinite(what: string, weights: WeightTree): void {
  for (const [name, matrix] of Object.entries(flatten(weights))) checkFinite(`${what}: ${name}`, matrix);
}

/** @throws when a number is too large for half precision */
function checkAllHalf(what: string, weights: WeightTree): void {
  for (const [name, matrix] of Object.entries(flatten(weights))) {
    const large = copy(matrix).data.find((value) => Math.abs(value) > 65_504);
    if (large !== undefined) {
      throw new RangeError(`${what}: ${name} holds ${large}, half precision ends at 65504: write it as F32`);
    }
  }
}

function read(what: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unusable(`${what}: ${file} cannot be read`, error);
  }
}

function unusable(what: string, error: unknown): Error {
  return new Error(`${what} (${(error as { code?: string }).code}), look at its name and folder`, { cause: error });
}

/** Under another name first, then in place in one step. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    writeFileSync(partial, bytes, { flush: true });
    renameSync(partial, file);
  } catch (error) {
    throw unusable(`safetensors: ${file} cannot be written`, error);
  } finally {
    rmSync(partial, { force: true });
  }
}
