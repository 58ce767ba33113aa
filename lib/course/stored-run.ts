import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WeightTree } from "../math/weights.js";
import { loadWeights } from "../train/checkpoint.js";
import type { Measured } from "./measured.js";

/** Lines over a common axis, as `plot.curves` draws them. */
export interface StoredCurves {
  /** What the horizontal axis counts: "epoch". */
  readonly x: string;
  /** What is measured: "right, %". */
  readonly y: string;
  readonly lines: readonly { readonly name: string; readonly x: readonly number[]; readonly y: readonly number[] }[];
}

/** What a longer run measured. */
export interface LongRunResult extends Measured {
  /** How it went on the way: accuracy over epochs. */
  readonly curve?: StoredCurves;
}

/** A longer run's result as it is kept: what was measured, and all that is needed to measure it again. */
export interface StoredRun extends LongRunResult {
  /** "14-pixel-by-pixel": its lesson's number and its own name. */
  readonly run: string;
  /** What it was trained with: { units: 128, learningRate: 0.002 }. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What printed it. */
  readonly command: string;
  /** How long it took, with all its interruptions left out. */
  readonly minutes: number;
  readonly engine: string;
  readonly threads: number;
  /** "2026-11-25" */
  readonly date: string;
  readonly node: string;
  readonly processor: string;
}

/** Where longer runs and their results lie, seen from the notebooks. */
export const LONG_RUNS = "long-runs";

/**
 * What is stored of a longer run: `npm run lessons -- 14 --full` makes it.
 *
 * @param run its name: "14-pixel-by-pixel"
 * @param folder where it lies: by default `long-runs` beside the notebook
 * @returns undefined where nothing is stored
 * @throws when the name is not such, or what lies there is no result of a longer run
 *
 * @example
 * console.log(storedRun("99-not-there")); // undefined
 */
export function storedRun(run: string, { folder = LONG_RUNS }: { folder?: string } = {}): StoredRun | undefined {
  checkRunName("storedRun", run);
  const file = join(folder, `${run}.json`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const found = parsed(text);
  const fits = found && typeof found.name === "string" && typeof found.value === "number" && found.run === run;
  if (!fits) throw new Error(`storedRun: ${file} is no result of ${run}, make it anew: ${commandOf(run)}`);
  return found as unknown as StoredRun;
}

/**
 * Puts the weights that a longer run stored into a model's, so that a lesson can show what a long training learned.
 *
 * @param weights such as `model.init` makes them
 * @returns the same weights; undefined where none are stored, and then they are as they were
 * @throws when the name is not such, or the weights are another model's
 *
 * @example
 * const model = classifier(rnn(28, 8), 10);
 * console.log(storedWeights("99-not-there", model.init(random(1)))); // undefined
 */
export function storedWeights<W extends WeightTree>(
  run: string,
  weights: W,
  { folder = LONG_RUNS }: { folder?: string } = {},
): W | undefined {
  checkRunName("storedWeights", run);
  const file = join(folder, `${run}.safetensors`);
  return existsSync(file) ? loadWeights(file, weights) : undefined;
}

/** What a reader writes to make a run. */
export const commandOf = (run: string) => `npm run lessons -- ${run} --full`;

/** @throws when a name has not the form NN-name: it is part of a file's name, too */
export function checkRunName(what: string, run: string): void {
  if (!/^\d\d(-[a-z0-9]+)+$/.test(run)) {
    throw new RangeError(`${what}: the run is ${JSON.stringify(run)}, expected a name such as "14-pixel-by-pixel"`);
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
