import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { curves } from "../plot/curves.js";
import { amount, besides } from "./measured.js";
import { commandOf, type StoredRun, storedRun } from "./stored-run.js";

/**
 * Shows what is stored of a longer run: its number beside a simple baseline and what was published, when and how it was
 * made, and the curve on the way. Where nothing is stored, one sentence says which command makes it.
 *
 * It is marked as stored, and never a lesson's headline: a reader cannot have measured it just now.
 *
 * @param run its name: "14-pixel-by-pixel"
 * @param folder where it lies: by default `long-runs` beside the notebook
 * @throws when the name is not such, or what lies there is no result of a longer run
 *
 * @example
 * longRun("99-not-there"); // Nothing is stored of 99-not-there: npm run lessons -- 99-not-there --full makes it.
 */
export function longRun(run: string, options: { folder?: string } = {}): void {
  const found = storedRun(run, options);
  if (!found) {
    display(missing(run));
    return;
  }
  const { name, value, unit, expected, minutes, command, baseline, published, data, engine, curve } = found;
  const [number, beside, made] = [amount(found), besides(found).join(" · "), madeOf(found)];
  display({
    "application/vnd.unroll.result+json": {
      ...{ lesson: run, name, value, unit, expected, seconds: 60 * minutes, baseline, published, data, engine },
      stored: { command, minutes: rounded(minutes) },
    },
    "text/html":
      '<div style="border-left:4px dashed #0072B2;padding:.3em .8em">' +
      `stored from a longer run · ${escapeHtml(name)}: <b style="font-size:1.4em">${escapeHtml(number)}</b><br>` +
      (beside ? `${escapeHtml(beside)}<br>` : "") +
      `<small>${escapeHtml(made)} · <code>${escapeHtml(command)}</code></small></div>`,
    "text/plain": `stored from a longer run: ${name}: ${number} (${[beside, made].filter(Boolean).join(" · ")}; ${command})`,
  });
  if (curve) display(curves(curve.lines, { x: curve.x, y: curve.y, title: `the longer run ${run}` }));
}

function missing(run: string) {
  const words = (command: string) => `Nothing is stored of the longer run ${run}: ${command} makes it.`;
  return {
    "text/html": `<div>${words(`<code>${commandOf(run)}</code>`)}</div>`,
    "text/plain": words(commandOf(run)),
  };
}

const rounded = (minutes: number) => Number(minutes.toPrecision(3));

const madeOf = ({ minutes, date, data, engine, threads, node, processor, settings }: StoredRun) =>
  [
    `${rounded(minutes)} minutes on ${date}`,
    ...(data ? [data] : []),
    `engine ${engine}, ${threads} threads, Node.js ${node}, ${processor}`,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(", "),
  ]
    .filter(Boolean)
    .join(" · ");
