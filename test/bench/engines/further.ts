/** Figures beside the table: an epoch of MNIST, the engines' start, growth, and what contention does. */
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { median } from "../median.js";
import { growthWorks, type Point, pointsOf } from "./growth.js";
import { type Contestant, nameOf } from "./line-up.js";
import { runQuietly } from "./peers.js";
import { digits } from "./report.js";
import { foreseenJob, type Taking, type Turns, takeTurns } from "./rounds.js";
import { SHAPES, type Work } from "./shapes.js";

const EPOCH: Work = { task: "epoch", cell: "lstm", T: 28, B: 100, I: 28, H: 128, outputs: 10, reads: "numbers" };
const CONTENDED: Work = { ...SHAPES.S, task: "train", cell: "lstm" };
/** How often an engine is opened. */
const STARTS = 5;
/** So many turns are enough here. */
const ROUNDS = 3;
/** What keeps the processors busy ends by itself after so many minutes, should nobody end it. */
const BUSY_MINUTES = 10;

export interface Further {
  readonly sentences: readonly string[];
  readonly growth: readonly Point[];
}

/** Our fast engines; the same and PyTorch; and how they take turns here. */
function whoAndHow(taking: Taking): { alone: Taking; beside: Taking } {
  const fast = taking.contestants.filter(({ engine }) => engine === "native" || engine === "simd");
  const withPeer = taking.contestants.filter((each) => each.engine === "pytorch" || fast.includes(each));
  const rounds = Math.min(taking.rounds, ROUNDS);
  return { alone: { ...taking, rounds, contestants: fast }, beside: { ...taking, rounds, contestants: withPeer } };
}

/** How long it may take, in seconds. */
export function foreseenFurther(taking: Taking): number {
  const { alone, beside } = whoAndHow(taking);
  return [CONTENDED, CONTENDED, ...growthWorks().map(({ work }) => work)].reduce(
    (sum, work) => sum + foreseenJob(work, beside),
    foreseenJob(EPOCH, alone),
  );
}

/**
 * @param onWork hears what comes next
 * @returns as much as was measured before the signal
 */
export async function further(taking: Taking, onWork: (name: string) => void): Promise<Further> {
  const { alone, beside } = whoAndHow(taking);
  const { signal } = taking;
  const sentences: string[] = [];
  const growth: Point[] = [];
  const say = (begin: string, said: readonly string[]) =>
    said.length > 0 && sentences.push(`${begin} ${said.join(", ")}.`);

  if (alone.contestants.length > 0 && !signal.aborted) {
    onWork("one epoch of MNIST");
    const turns = await takeTurns(EPOCH, { ...alone, seconds: 1e-3 });
    say(
      "One epoch of row-wise MNIST (60,000 pictures, LSTM 128, batch 100) with train:",
      medians(turns).map(([who, ms]) => `${nameOf(who)} ${(ms / 1000).toFixed(1)} s`),
    );
    onWork("start");
    say("Opening an engine in a fresh process, and until its first product:", await starts(alone.contestants, taking));
  }
  for (const each of growthWorks()) {
    if (signal.aborted) break;
    onWork(`growth, ${each.size} = ${each.value}`);
    growth.push(...pointsOf(each, await takeTurns(each.work, beside)));
  }
  if (!signal.aborted) {
    onWork("contention");
    const busyProcesses = cpus().length;
    const quiet = new Map(medians(await takeTurns(CONTENDED, beside)));
    const end = occupy(busyProcesses);
    const contended = medians(await takeTurns(CONTENDED, beside)).flatMap(([who, ms]) =>
      quiet.has(who) ? `${nameOf(who)} ${digits(ms / quiet.get(who)!)}` : [],
    );
    end();
    say(
      `While ${busyProcesses} other processes keep all processors busy, a step (S lstm) takes so many times as long:`,
      contended,
    );
  }
  return { sentences, growth };
}

const medians = (turns: Turns): [Contestant, number][] =>
  [...turns].filter(([, each]) => each.length > 0).map(([who, each]) => [who, median(each)]);

async function starts(contestants: readonly Contestant[], { signal, say }: Taking): Promise<string[]> {
  const said: string[] = [];
  for (const contestant of contestants) {
    const [node = ""] = contestant.command;
    const times: { opened: number; computed: number }[] = [];
    try {
      for (let n = 0; n < STARTS; n++)
        times.push(JSON.parse(await runQuietly([node, join(import.meta.dirname, "start.js"), contestant.engine])));
    } catch (error) {
      if (signal.aborted) break;
      say(`${nameOf(contestant)} does not start: ${(error as Error).message}`);
      continue;
    }
    const [opened, computed] = [times.map((each) => each.opened), times.map((each) => each.computed)].map(median);
    said.push(`${nameOf(contestant)} ${digits(opened!)} and ${digits(computed!)} ms`);
  }
  return said;
}

/** Starts processes that do nothing but compute. @returns what ends them */
function occupy(count: number): () => void {
  const program = `const end = Date.now() + ${BUSY_MINUTES * 60_000}; while (Date.now() < end);`;
  const busy = Array.from({ length: count }, () => spawn(process.execPath, ["-e", program], { stdio: "ignore" }));
  const end = () => {
    for (const child of busy) child.kill("SIGKILL");
  };
  process.once("exit", end);
  return end;
}
