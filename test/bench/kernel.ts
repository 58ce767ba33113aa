/**
 * Our kernel, stock tslab and ipykernel side by side: `npm run bench:kernel [-- --rounds 5] [-- --json FILE]`.
 *
 * The kernels take turns, so that whatever else the machine does meets all of them; each number is the median of the rounds.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Contestant, ipykernel, tslab, unroll } from "./contestants.js";
import { measure } from "./measurements.js";
import { medians, type Results, table } from "./table.js";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, json: { type: "string" } },
});

const contestants: Contestant[] = [unroll, tslab()];
try {
  contestants.push(await ipykernel());
} catch (error) {
  console.log(`ipykernel is left out: ${(error as Error).message}`);
}

const folder = mkdtempSync(join(tmpdir(), "unroll-bench-"));
const results: Results = Object.fromEntries(contestants.map(({ name }) => [name, []]));
try {
  for (let round = 1; round <= Number(options.rounds); round++)
    for (const contestant of contestants) {
      process.stderr.write(`\rround ${round} of ${options.rounds}: ${contestant.name}    `);
      results[contestant.name]!.push(await measure(contestant, folder));
    }
} finally {
  rmSync(folder, { recursive: true });
}
process.stderr.write("\r");
console.log(table(results));
const load = loadavg().map((value) => value.toFixed(1));
console.log(
  `\nMedians of ${options.rounds} rounds; Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ` +
    `load ${load.join(", ")} over the last 1, 5 and 15 minutes.`,
);
if (options.json)
  writeFileSync(options.json, `${JSON.stringify({ medians: medians(results), rounds: results }, null, 2)}\n`);
process.exit(); // a heartbeat that was never answered would keep the process waiting
