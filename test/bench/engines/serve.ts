/** The other end of a player that runs in Node.js: answers requests, and times what it has prepared. */
import { createInterface } from "node:readline";
import type { Answer, Request } from "./player.js";
import type { Work } from "./shapes.js";

type Run = () => unknown;

export interface Actions {
  /** Gets ready, and says what it is. */
  hello(): Promise<object>;
  /** What is to be measured: the same work each time it is called. */
  prepare(work: Work): Promise<Run>;
}

/** Until the time is well measured and code has been compiled, in milliseconds. */
const WARM = 500;
/** A single measurement lasts at least so long, in milliseconds: the clock's own noise is then of no weight. */
const MEASURABLE = 1;

export function serve({ hello, prepare }: Actions): void {
  let run: Run = () => {};
  let runsATime = 1;

  async function answer(request: Request): Promise<object> {
    if (request.do === "hello") return hello();
    if (request.do === "measure") return { times: await repeat(request.seconds * 1000) };
    const work = request.work as Work;
    run = await prepare(work);
    runsATime = 1;
    if (work.task === "epoch") return {}; // long enough to get warm by itself
    const times = await repeat(WARM);
    runsATime = Math.ceil(MEASURABLE / Math.min(...times));
    return {};
  }

  /** The milliseconds of each run, at least one, until the time is over. */
  async function repeat(milliseconds: number): Promise<number[]> {
    const times: number[] = [];
    const begin = performance.now();
    let last = begin;
    do {
      for (let i = 0; i < runsATime; i++) {
        const result = run();
        if (result instanceof Promise) await result;
      }
      const now = performance.now();
      times.push((now - last) / runsATime);
      last = now;
    } while (last - begin < milliseconds);
    return times;
  }

  let before: Promise<void> = Promise.resolve();
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      before = before.then(async () => {
        const said: Answer = await answer(JSON.parse(line) as Request).then(
          (ok) => ({ ok }),
          (error: Error) => ({ error: error.message }),
        );
        process.stdout.write(`${JSON.stringify(said)}\n`);
      });
    })
    .on("close", () => process.exit()); // nobody asks any more, and an engine's threads would keep it alive
}
