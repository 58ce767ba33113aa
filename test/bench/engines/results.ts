/** What was measured, as `bench.json` has it. */
import { median } from "../median.js";
import type { Contestant } from "./line-up.js";
import type { Turns } from "./rounds.js";
import { type CellName, gigaOperations, type Job, type ShapeName, type Task } from "./shapes.js";

export interface Result {
  readonly shape: ShapeName;
  readonly cell: CellName;
  readonly task: Task;
  readonly engine: Contestant["engine"];
  readonly threads: number;
  /** The version of Node.js; null for PyTorch. */
  readonly node: string | null;
  readonly medianMs: number;
  /** PyTorch with 2 threads in the same run; null where it was not there. */
  readonly torchMs: number | null;
  /** medianMs over torchMs. */
  readonly ratio: number | null;
  /** 10⁹ operations of the matrix products a second. */
  readonly gflops: number;
  /** `gflops` over the best that any contestant reached in a product of large matrices; null where none was measured. */
  readonly shareOfPeak: number | null;
}

/** The results of one job: one for each contestant that had a turn. */
export function resultsOf(job: Job, turns: Turns, peak: number | null): Result[] {
  const times = [...turns].filter(([, each]) => each.length > 0).map(([who, each]) => [who, median(each)] as const);
  const torchMs = times.find(([{ engine }]) => engine === "pytorch")?.[1] ?? null;
  const { shape, cell, task } = job;
  return times.map(([{ engine, threads, node }, medianMs]) => {
    const gflops = speed(job, medianMs);
    return {
      shape,
      cell,
      task,
      engine,
      threads,
      node,
      medianMs: rounded(medianMs),
      torchMs: torchMs && rounded(torchMs),
      ratio: torchMs && rounded(medianMs / torchMs),
      gflops: rounded(gflops),
      shareOfPeak: peak && rounded(gflops / peak),
    };
  });
}

/** 10⁹ operations a second. */
export function speed(work: Parameters<typeof gigaOperations>[0], milliseconds: number): number {
  return gigaOperations(work) / (milliseconds / 1000);
}

/** The fastest of all in a large product. */
export function peakOf(work: Parameters<typeof gigaOperations>[0], turns: Turns): Peak | null {
  const speeds = [...turns]
    .filter(([, each]) => each.length > 0)
    .map(([{ engine }, each]) => ({ engine, gflops: speed(work, median(each)) }));
  return speeds.sort((a, b) => b.gflops - a.gflops)[0] ?? null;
}

export interface Peak {
  readonly engine: Contestant["engine"];
  readonly gflops: number;
}

/** Four digits: more are noise. */
const rounded = (value: number) => Number(value.toPrecision(4));
