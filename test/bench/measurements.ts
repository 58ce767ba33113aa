/** What is measured of a kernel, in milliseconds and megabytes. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { KernelProcess } from "#kernel/client/kernel-process.js";
import { Kernel } from "#kernel/client/start-kernel.js";
import type { Contestant } from "./contestants.js";
import { median } from "./median.js";

export const MEASUREMENTS = {
  ready: "ready: start to kernel_info_reply, ms",
  firstInAll: "first cell, from the start on, ms",
  firstWhenUp: "first cell when the language is up, ms",
  memory: "memory when the language is up, MB",
  memoryAfterFirst: "memory after the first cell, MB",
  warm: "1 + 1, ms",
  class: "cell with a class, ms",
  completion: "completion, ms",
  completionWhileBusy: "completion while a cell computes, ms",
  heartbeatWhileBusy: "heartbeat while a cell computes, ms",
  interrupt: "interrupt of an endless loop, ms",
  lines: "20,000 lines, ms",
  linesLost: "lines lost of 20,000",
} as const;

export type Measurement = keyof typeof MEASUREMENTS;
/** NaN: the kernel cannot do this. */
export type Round = Record<Measurement, number>;

const LINES = 20_000;
/** How often a short cell is run in a round. */
const TIMES = 15;
/** What a kernel does not do within this time, in milliseconds, it cannot do. */
const PATIENCE = 5000;

/** Starts the kernel twice: once for its first cell, once for everything else. */
export async function measure(contestant: Contestant, folder: string): Promise<Round> {
  const { cells } = contestant;
  const first = await start(contestant, folder);
  await first.kernel.execute("1 + 1");
  const firstInAll = performance.now() - first.started;
  await end(first.kernel);

  const { kernel, ready } = await start(contestant, folder);
  try {
    await kernel.isComplete("1 + 1"); // answered by what knows the language: it is up
    await delay(200);
    const memory = residentMemory(kernel);
    const firstWhenUp = await timeOf(() => kernel.execute("1 + 1"));
    const memoryAfterFirst = residentMemory(kernel);
    await kernel.execute(cells.completion.before);
    return {
      ready,
      firstInAll,
      firstWhenUp,
      memory,
      memoryAfterFirst,
      warm: await medianTime(() => kernel.execute("1 + 1")),
      class: await medianTime((n) => kernel.execute(cells.class(n))),
      completion: await medianTime(() => complete(kernel, contestant)),
      ...(await linesOf(kernel, contestant)),
      ...(await whileBusy(kernel, contestant)),
    };
  } finally {
    await end(kernel);
  }
}

async function start(
  { command }: Contestant,
  folder: string,
): Promise<{ kernel: Kernel; started: number; ready: number }> {
  const started = performance.now();
  const kernel = new Kernel(await KernelProcess.start({ folder, command }));
  let ready = Number.NaN;
  const stop = kernel.listen(({ header }) => {
    if (header.msg_type === "kernel_info_reply" && Number.isNaN(ready)) ready = performance.now() - started;
  });
  await kernel.connect();
  stop();
  return { kernel, started, ready };
}

async function end(kernel: Kernel): Promise<void> {
  kernel.process.kill();
  await kernel.process.death;
}

async function complete(kernel: Kernel, { name, cells }: Contestant): Promise<void> {
  const { matches } = await kernel.complete(cells.completion.code);
  if (!(matches as string[]).some((match) => match.endsWith(cells.completion.match)))
    throw new Error(`${name} does not complete ${cells.completion.code}: it offers ${JSON.stringify(matches)}.`);
}

async function linesOf(kernel: Kernel, { cells }: Contestant): Promise<Pick<Round, "lines" | "linesLost">> {
  let text = "";
  const lines = await timeOf(() =>
    kernel.execute(cells.lines(LINES), {
      onMessage: ({ header, content }) => {
        if (header.msg_type === "stream" && content.name === "stdout") text += content.text;
      },
    }),
  );
  return { lines, linesLost: LINES - (text.match(/^line \d+$/gm)?.length ?? 0) };
}

/** The last thing of a round: a kernel that cannot be interrupted is of no use afterwards. */
async function whileBusy(
  kernel: Kernel,
  contestant: Contestant,
): Promise<Pick<Round, "completionWhileBusy" | "heartbeatWhileBusy" | "interrupt">> {
  let isOn = () => {};
  const on = new Promise<void>((resolve) => {
    isOn = resolve;
  });
  const running = kernel.execute(contestant.cells.endless, {
    onMessage: ({ header }) => header.msg_type === "stream" && isOn(),
  });
  running.catch(() => {}); // the kernel ends with it
  await timeOf(() => on);
  return {
    heartbeatWhileBusy: await timeOf(() => kernel.heartbeat()),
    completionWhileBusy: await timeOf(() => complete(kernel, contestant)),
    interrupt: await timeOf(() => Promise.all([contestant.interrupt(kernel), running])),
  };
}

/** How long the work takes; NaN where it does not come to an end. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const done = work().then(() => performance.now() - started);
  done.catch(() => {}); // it may fail when nobody waits any more
  return Promise.race([done, delay(PATIENCE, Number.NaN, { ref: false })]);
}

async function medianTime(work: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) times.push(await timeOf(() => work(n)));
  return median(times);
}

/** What the process holds in memory, as Linux counts it; NaN elsewhere. */
function residentMemory({ process }: Kernel): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process.pid}/status`, "utf8"))![1];
    return (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}
