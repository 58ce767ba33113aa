/**
 * Our engines, PyTorch and TensorFlow.js side by side: `npm run bench [-- --help]`.
 *
 * Each runs in a process of its own that is kept warm, and they take turns, so that whatever else the machine does meets
 * all of them; each number is the median of the rounds.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { withTable } from "#kernel/lessons/readme.js";
import { projectFolder } from "../../support/project.js";
import { type Further, foreseenFurther, further } from "./further.js";
import { baseline, growthTable } from "./growth.js";
import { growthFigure } from "./growth-figure.js";
import { lineUp } from "./line-up.js";
import { HELP, type Options, readOptions } from "./options.js";
import { stopRunning } from "./peers.js";
import type { Player } from "./player.js";
import { StatusLine, TimeLeft } from "./progress.js";
import { circumstances, resultTable, sentences } from "./report.js";
import { type Peak, peakOf, type Result, resultsOf } from "./results.js";
import { foreseenJob, nameOfWork, type Taking, takeTurns } from "./rounds.js";
import { jobs, LARGE_PRODUCT, type Work } from "./shapes.js";

/** So much load for each processor disturbs. */
const BUSY = 0.5;
const folder = join(projectFolder, "test", "bench");
const options = readOrExplain(process.argv.slice(2));
const stop = new AbortController();
const players: Player[] = [];
const status = new StatusLine();
const say = (line: string) => {
  status.clear();
  console.log(line);
};
const endAll = () => {
  for (const player of players) player.stop();
};

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
    stopRunning();
    endAll();
  });
process.on("exit", endAll);

const load = loadavg();
if (load[0]! > BUSY * cpus().length)
  say(
    `Other programs keep this machine busy (load ${load[0]!.toFixed(1)}): PyTorch suffers from that most, and ratios say little.`,
  );
const contestants = await lineUp(options, say, (player) => {
  players.push(player);
  if (stop.signal.aborted) player.stop();
});
let here = "";
const taking: Taking = {
  contestants,
  rounds: options.rounds,
  seconds: options.seconds,
  named: options.named,
  signal: stop.signal,
  onTurn: (round, name) => status.show(`${here}: ${round ? `round ${round}` : "warm-up"}, ${name}`, here, left),
  onDone: (amount) => left.did(amount),
  say,
};
const wanted = jobs(options.shapes, options.cells, options.tasks);
const left = new TimeLeft(
  [LARGE_PRODUCT, ...wanted].reduce((sum, work) => sum + foreseenJob(work, taking), 0) +
    (options.more ? foreseenFurther(taking) : 0),
);

const { results, peak } = await measure();
publish(results, peak);
if (options.more && !stop.signal.aborted) {
  const onWork = (name: string) => {
    here = name;
  };
  publishFurther(await further(taking, onWork));
}
process.exit(stop.signal.aborted ? 130 : 0);

function readOrExplain(words: string[]): Options {
  try {
    const read = readOptions(words);
    if (read) return read;
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(`${(error as Error).message} npm run bench -- --help says what there is.`);
    process.exit(1);
  }
}

/** All jobs, as far as there is time; the large product goes first, since all are set beside it. */
async function measure(): Promise<{ results: Result[]; peak: Peak | null }> {
  const turnsOf = (work: Work) => {
    here = nameOfWork(work);
    return takeTurns(work, taking);
  };
  const peak = peakOf(LARGE_PRODUCT, await turnsOf(LARGE_PRODUCT));
  const results: Result[] = [];
  for (const job of wanted) {
    if (stop.signal.aborted) break;
    results.push(...resultsOf(job, await turnsOf(job), peak?.gflops ?? null));
  }
  status.clear();
  return { results, peak };
}

function publish(results: readonly Result[], peak: Peak | null): void {
  if (results.length === 0) {
    console.log("Nothing was measured.");
    return;
  }
  const torch = contestants.find(({ engine }) => engine === "pytorch")?.about;
  const conditions = circumstances({ rounds: options.rounds, date: new Date(), load }, results, torch);
  const text = [resultTable(results), "", [conditions, ...sentences(results, peak)].join(" ")].join("\n");
  console.log(`\n${text}`);
  writeFileSync(options.json ?? join(folder, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
  if (options.readme) intoReadme(text, "bench");
}

function publishFurther({ sentences, growth }: Further): void {
  status.clear();
  const list = sentences.map((sentence) => `- ${sentence}`);
  const picture: string[] = [];
  const table: string[] = [];
  if (growth.length > 0) {
    list.push(`- How a training step grows (${baseline}; dotted: as much as is allowed):`);
    picture.push("", "![Growth of the time of a training step with T, B and H](test/bench/growth.svg)");
    table.push("", growthTable(growth));
  }
  console.log(`\n${[...list, ...table].join("\n")}`);
  if (!options.readme) return;
  if (growth.length > 0) writeFileSync(join(folder, "growth.svg"), growthFigure(growth));
  intoReadme([...list, ...picture, ...table].join("\n"), "bench:further");
}

function intoReadme(text: string, name: string): void {
  const readme = join(projectFolder, "README.md");
  writeFileSync(readme, withTable(readFileSync(readme, "utf8"), text, name));
}
