/** The medians of all rounds, a line for each measurement and a column for each kernel. */
import { markdownTable } from "./markdown.js";
import { MEASUREMENTS, type Measurement, type Round } from "./measurements.js";
import { median } from "./median.js";

/** What our kernel is to reach, at most. */
const TARGETS: Partial<Record<Measurement, number>> = {
  ready: 600,
  firstInAll: 2500,
  firstWhenUp: 300,
  memory: 180,
  warm: 8,
  class: 25,
  completion: 20,
  completionWhileBusy: 100,
  heartbeatWhileBusy: 100,
  interrupt: 500,
  lines: 500,
  linesLost: 0,
};

export type Results = Record<string, Round[]>;

export function medians(results: Results): Record<string, Round> {
  return Object.fromEntries(
    Object.entries(results).map(([name, rounds]) => [
      name,
      Object.fromEntries(keys.map((key) => [key, median(rounds.map((round) => round[key]))])) as Round,
    ]),
  );
}

/** The table as Markdown. */
export function table(results: Results): string {
  const columns = Object.entries(medians(results));
  const rows = [
    ["", ...columns.map(([name]) => name), "target"],
    ...keys.map((key) => [
      MEASUREMENTS[key],
      ...columns.map(([, round]) => written(round[key])),
      key in TARGETS ? `≤ ${TARGETS[key]}` : "",
    ]),
  ];
  return markdownTable(rows);
}

const keys = Object.keys(MEASUREMENTS) as Measurement[];

function written(value: number): string {
  if (Number.isNaN(value)) return "never";
  return value.toFixed(value > 0 && value < 100 ? 1 : 0);
}
