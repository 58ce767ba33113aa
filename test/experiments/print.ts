/** Prints what the published experiments come to with several seeds: `npm run experiments [-- --seeds 3]`. */
import { parseArgs } from "node:util";
import { gru, lstm, rnn } from "unroll";
import { solveAdding } from "./adding-problem.js";
import { foreseenReberStrings } from "./embedded-reber.js";
import { predictMackeyGlass } from "./mackey-glass.js";

const { values } = parseArgs({ options: { seeds: { type: "string", default: "3" } } });
const seeds = Number(values.seeds);
if (!(Number.isInteger(seeds) && seeds >= 1)) {
  console.error(`--seeds is "${values.seeds}", expected a whole number ≥ 1.`);
  process.exit(1);
}
const each = Array.from({ length: seeds }, (_, i) => i + 1);

async function print(what: string, run: (seed: number) => string | Promise<string>): Promise<void> {
  const results: string[] = [];
  for (const seed of each) results.push(await run(seed));
  console.log(`${what}: ${results.join(" · ")}`);
}

const adding =
  (cell: () => Parameters<typeof solveAdding>[0], options: { steps: number; learningRate?: number }) =>
  async (seed: number) => {
    const { error, steps } = await solveAdding(cell(), { ...options, seed });
    return `${error.toFixed(4)} after ${steps} steps`;
  };

await print(
  "adding problem, T = 100, mean squared error, GRU",
  adding(() => gru(2, 16), { steps: 600 }),
);
await print(
  "adding problem, LSTM",
  adding(() => lstm(2, 16), { steps: 2500 }),
);
await print(
  "adding problem, tanh RNN",
  adding(() => rnn(2, 16), { steps: 2500 }),
);
await print(
  "embedded Reber, strings foreseen, LSTM",
  async (seed) => `${(100 * (await foreseenReberStrings(lstm(7, 16), { seed }))).toFixed(1)} %`,
);
await print("Mackey–Glass, τ = 17, NRMSE one step / 84 steps ahead, 400 units", (seed) => {
  const { oneStep, steps84 } = predictMackeyGlass({ seed: 10 + seed }); // the seeds 1 to 3 chose the settings
  return `${oneStep.toExponential(1)} / ${steps84.toExponential(1)}`;
});
