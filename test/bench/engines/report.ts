/** The table, and the sentences below it. */
import { cpus } from "node:os";
import { markdownTable } from "../markdown.js";
import { nameOf } from "./line-up.js";
import type { OurEngine } from "./options.js";
import type { Peak, Result } from "./results.js";
import type { ShapeName, Task } from "./shapes.js";

/** How much of PyTorch's time an engine is to take, at most. */
interface Targets {
  readonly native: number;
  readonly simdNode20: number;
  readonly simd: number;
}

const TRAINING: Record<ShapeName, Targets> = {
  XS: { native: 0.3, simdNode20: 0.5, simd: 0.5 },
  S: { native: 0.65, simdNode20: 1.6, simd: 1.3 },
  C: { native: 0.85, simdNode20: 2.2, simd: 1.6 },
  L: { native: 0.7, simdNode20: 2, simd: 1.5 },
  P: { native: 0.65, simdNode20: 1.6, simd: 1.3 },
};
const WRITING: Targets = { native: 0.5, simdNode20: 0.8, simd: 0.8 };
const NAMES: Record<Task, string> = { train: "training step", generate: "writing one token" };

/** The target of a result, where there is one. */
export function targetOf({ shape, task, engine, node }: Pick<Result, "shape" | "task" | "engine" | "node">) {
  const targets = task === "train" ? TRAINING[shape] : WRITING;
  if (engine === "native") return targets.native;
  if (engine !== "simd") return undefined;
  return Number(node?.split(".")[0]) >= 22 ? targets.simd : targets.simdNode20;
}

/** A row for each job and a column for each contestant: milliseconds, and in brackets the time over PyTorch's. */
export function resultTable(results: readonly Result[]): string {
  const rows = [...groups(results, ({ shape, cell, task }) => `${NAMES[task]}, ${shape} ${cell}`)];
  const columns = [...groups(results, nameOf).keys()];
  const targeted = columns.filter((name) => /^(native|simd)/.test(name));
  const head = ["ms (over PyTorch's)", ...columns, ...(targeted.length > 0 ? ["at most"] : [])];
  const lines = rows.map(([title, row]) => {
    const by = new Map(row.map((result) => [nameOf(result), result]));
    const targets = targeted.map((name) => by.get(name)).map((result) => result && targetOf(result));
    return [
      title,
      ...columns.map((name) => written(by.get(name))),
      ...(targeted.length > 0 ? [targets.map((target) => target ?? "–").join(" · ")] : []),
    ];
  });
  return markdownTable([head, ...lines]);
}

function written(result: Result | undefined): string {
  if (!result) return "";
  const time = digits(result.medianMs);
  if (result.engine === "pytorch" || result.ratio === null) return time;
  return `${time} (${result.ratio < 0.1 ? result.ratio.toFixed(3) : result.ratio.toFixed(2)})`;
}

/** Three digits that count, without an exponent. */
export function digits(value: number): string {
  return value >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

/** How much of the machine each engine of ours gets out of it in training, and how it stands to TensorFlow.js. */
export function sentences(results: readonly Result[], peak: Peak | null): string[] {
  const said: string[] = [];
  const training = results.filter(({ task }) => task === "train");
  const shares = [...groups(training, nameOf)].flatMap(([name, each]) => {
    const all = each.flatMap(({ shareOfPeak }) => shareOfPeak ?? []);
    const [least, most] = [percent(Math.min(...all)), percent(Math.max(...all))];
    return all.length > 0 ? `${name} ${least === most ? most : `${least} … ${most}`}` : [];
  });
  if (peak && shares.length > 0)
    said.push(
      `The largest matrix product ran at ${peak.gflops.toFixed(0)} GFLOP/s (${peak.engine}). ` +
        `Of that, training got: ${shares.join(", ")}.`,
    );
  const atS = training.filter(({ shape, cell }) => shape === "S" && cell === "lstm");
  const wasm = atS.find(({ engine }) => engine === "tfjs-wasm");
  const times = atS
    .filter(({ engine }) => isOurs(engine))
    .map((result) => `${nameOf(result)} ${(wasm ? wasm.medianMs / result.medianMs : 0).toFixed(0)}`);
  if (wasm && times.length > 0)
    said.push(`So many times as fast as the layers of TensorFlow.js on wasm (S lstm): ${times.join(", ")}.`);
  return said;
}

/** On what, when and how it was measured. */
export function circumstances(
  { rounds, date, load }: { rounds: number; date: Date; load: readonly number[] },
  results: readonly Result[],
  torch: string | undefined,
): string {
  const nodes = [...new Set(results.flatMap(({ node }) => node ?? []))].sort();
  const threads = [...groups(results, nameOf)].map(([name, [first]]) => `${name} ${first?.threads}`);
  return (
    `Medians of ${rounds} rounds on ${date.toISOString().slice(0, 10)}; ${cpus().length} × ${cpus()[0]?.model.trim()}, ` +
    `load before ${load.map((value) => value.toFixed(1)).join(", ")} over 1, 5 and 15 minutes; ` +
    `${torch ? `${torch}; ` : ""}Node.js ${nodes.join(", ")}. Threads: ${threads.join(", ")}.`
  );
}

const isOurs = (engine: Result["engine"]): engine is OurEngine => engine !== "pytorch" && !engine.startsWith("tfjs");
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** In the order in which they come first. */
export function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}
