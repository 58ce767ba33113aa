import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import type { Batch, Examples } from "../data/batch.js";
import { engine } from "../engine/current.js";
import { checkPositive } from "../math/check-options.js";
import type { WeightTree } from "../math/weights.js";
import { loadCheckpoint, saveCheckpoint, saveWeights } from "../train/checkpoint.js";
import type { FloatType } from "../train/safetensors.js";
import { train } from "../train/trainer.js";
import type { Checkpoint, Trainable, TrainingOptions, TrainingResult } from "../train/training.js";
import { LongRunReport } from "./long-run-report.js";
import { checkMeasured } from "./measured.js";
import { quick } from "./quick.js";
import { checkRunName, commandOf, LONG_RUNS, type LongRunResult, type StoredRun } from "./stored-run.js";

/** A longer run was stopped, by Ctrl-C or from outside; its checkpoint is kept. */
export class LongRunStopped extends Error {
  override name = "LongRunStopped";
}

export interface LongRunOptions {
  /** What it is trained with, as it is stored and shown: { units: 128, learningRate: 0.002 }. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where scripts, results and checkpoints lie: by default `long-runs` in the present folder. */
  readonly folder?: string;
  /** How often a checkpoint is written. */
  readonly saveEverySeconds?: number;
}

/** What `train` takes, without what the run itself says. */
export type LongTrainingOptions<W extends WeightTree> = Omit<TrainingOptions<W>, "resume" | "signal"> & {
  /** Where a run trains more than once, what this time is called: "small pictures". */
  readonly stage?: string;
};

export interface LongRun {
  /**
   * Trains as `train` does, shows in the terminal how far it is and how long the rest takes, and keeps checkpoints.
   * Where an earlier run of the same name was stopped, it goes on from there.
   *
   * @throws LongRunStopped with Ctrl-C, when the checkpoint is written
   */
  train<W extends WeightTree, B = Batch>(
    model: Trainable<W, B>,
    weights: W,
    examples: Examples<B>,
    options: LongTrainingOptions<W>,
  ): Promise<TrainingResult<W>>;
  /**
   * Stores the result, where `longRun` finds it, and removes the checkpoints. In quick mode it stores nothing.
   *
   * @param weights are stored beside it, where `storedWeights` finds them: they go into the course, so ≤ 3 MB of them
   * @param dtype what they are written as: "F16" takes half the room
   * @returns what is stored
   * @throws when a number is not finite, or `expected` is not [low, high]
   */
  record(result: LongRunResult, options?: { weights?: WeightTree; dtype?: FloatType }): StoredRun;
}

/** What is known of a run that is not finished. */
interface Unfinished {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/**
 * Begins a training that takes longer than a lesson may, or goes on with it: the script `notebooks/long-runs/NAME.ts`
 * calls it, `npm run lessons -- NAME --full` runs that, and `longRun(NAME)` shows in the lesson what was stored.
 *
 * In quick mode it knows nothing of earlier runs and stores nothing, so that a script can be tried.
 *
 * @param run its name: the lesson's number and its own, "14-pixel-by-pixel"
 * @throws when the name is not such, or an earlier run was stopped that had other settings
 *
 * @example
 * const run = startLongRun("99-tiny", { settings: { units: 8 }, folder: "/tmp/long-runs" });
 * const model = classifier(rnn(28, 8), 10);
 * const weights = model.init(random(1));
 * const examples = asRows(mnist().train.slice(0, 200));
 * await run.train(model, weights, examples, { epochs: 2, optimizer: adam(), random: random(2) });
 * const value = 100 * accuracy(model, weights, examples);
 * run.record({ name: "accuracy", value, unit: "%", expected: [0, 100] });
 * console.log(storedRun("99-tiny", { folder: "/tmp/long-runs" })?.value === value); // true
 */
export function startLongRun(
  run: string,
  { settings, folder = LONG_RUNS, saveEverySeconds = 60 }: LongRunOptions,
): LongRun {
  checkRunName("startLongRun", run);
  if (typeof settings !== "object" || settings === null) {
    throw new TypeError(`startLongRun: settings are ${settings}, expected what is trained with: { units: 128 }`);
  }
  checkPositive("startLongRun", { saveEverySeconds });
  const begin = performance.now();
  const notes = join(folder, `${run}.unfinished.json`);
  const earlier = quick ? undefined : readUnfinished(notes);
  if (earlier) checkSame(notes, earlier.settings, settings);
  const seconds = () => (earlier?.seconds ?? 0) + (performance.now() - begin) / 1000;
  const checkpointsOfStages = new Set<string>();

  return {
    async train(model, weights, examples, { stage, onStep, ...options }) {
      const file = join(folder, `${run}${stage === undefined ? "" : `.${fileName(stage)}`}.unfinished.safetensors`);
      if (checkpointsOfStages.has(file)) {
        throw new Error(`startLongRun: ${run} trains twice, give each time its own stage: { stage: "large pictures" }`);
      }
      checkpointsOfStages.add(file);
      const keep = (checkpoint: Checkpoint) => {
        if (quick) return;
        mkdirSync(folder, { recursive: true });
        // notes first: a checkpoint that has none could not be told to be of these settings
        writeFileSync(notes, JSON.stringify({ settings, seconds: seconds() } satisfies Unfinished));
        saveCheckpoint(file, checkpoint);
      };
      const resume = earlier ? readCheckpoint<typeof weights>(file) : undefined;
      const report = new LongRunReport(stage === undefined ? run : `${run}, ${stage}`, process.stderr);
      const interruption = interruptions();
      let saved = performance.now();
      try {
        if (resume) report.goesOn(resume);
        const result = await train(model, weights, examples, {
          ...options,
          ...(resume && { resume }),
          signal: interruption.signal,
          onStep(step, checkpoint) {
            report.step(step);
            onStep?.(step, checkpoint);
            if (performance.now() - saved < 1000 * saveEverySeconds) return;
            keep(checkpoint());
            saved = performance.now();
          },
        });
        report.end();
        keep(result.checkpoint);
        if (!result.aborted) return result;
        throw new LongRunStopped(
          `${run}: stopped after step ${result.steps}, ${(seconds() / 60).toFixed(1)} minutes in all` +
            (quick ? "." : `; the same command goes on from there: ${commandOf(run)}`),
        );
      } finally {
        report.end();
        interruption.end();
      }
    },

    record(result, { weights, dtype } = {}) {
      checkMeasured("startLongRun", result);
      const stored: StoredRun = { run, ...tidy(result), settings, ...machine(run), minutes: seconds() / 60 };
      if (!quick) {
        mkdirSync(folder, { recursive: true });
        if (weights) saveWeights(join(folder, `${run}.safetensors`), weights, dtype && { dtype });
        writeFileSync(join(folder, `${run}.json`), `${JSON.stringify(stored, undefined, 2)}\n`);
        for (const file of [...checkpointsOfStages, notes]) rmSync(file, { force: true });
      }
      const { name, value, unit, expected } = stored;
      console.log(`${run}: ${name}: ${Number(value.toPrecision(5))} ${unit} (expected ${expected.join(" … ")})`);
      return stored;
    },
  };
}

/** 98.96000000000001 is a rounding error of 98.96. */
function tidy(result: LongRunResult): LongRunResult {
  const short = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(6)));
  const { curve } = result;
  const lines = curve?.lines.map(({ name, x, y }) => ({ name, x: short(x), y: short(y) }));
  return { ...result, ...(curve && lines && { curve: { ...curve, lines } }) };
}

const machine = (run: string) => ({
  command: commandOf(run),
  engine: engine().name,
  threads: engine().threads,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  processor: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "an unknown processor"}`,
});

/** Ctrl-C, or being told to end, until `end` is called. */
function interruptions() {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, abort);
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) process.off(signal, abort);
    },
  };
}

function readUnfinished(file: string): Unfinished | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Unfinished;
  } catch {
    return undefined; // nothing was stopped
  }
}

function readCheckpoint<W extends WeightTree>(file: string): Checkpoint<W> | undefined {
  try {
    readFileSync(file);
  } catch {
    return undefined; // this stage had not begun
  }
  return loadCheckpoint<W>(file);
}

function checkSame(notes: string, was: object, is: object): void {
  const [before, now] = [was, is].map((settings) => JSON.stringify(settings));
  if (before === now) return;
  throw new Error(
    `startLongRun: what was stopped had the settings ${before}, these are ${now}; remove ${notes} to begin anew`,
  );
}

const fileName = (stage: string) => stage.replaceAll(/[^A-Za-z0-9]+/g, "-");
