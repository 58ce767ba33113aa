import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { engine } from "../engine/current.js";
import { quick } from "./quick.js";

/** The number that a lesson ends in. */
export interface LessonResult {
  /** The lesson's file name without ending: "00-meet-a-recurrent-network". */
  readonly lesson: string;
  /** What was measured: "test accuracy". */
  readonly name: string;
  readonly value: number;
  /** "%", "nats", …, or "". */
  readonly unit: string;
  /** The lowest and the highest value that is as it should be. */
  readonly expected: readonly [low: number, high: number];
  /** How long the lesson's experiment took. */
  readonly seconds: number;
  /** What a simple method reaches, in the same unit: { name: "naive Bayes", value: 79.9 }. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** What others have published, in the same unit: { source: "Goo et al. 2018", value: 88.8 }. */
  readonly published?: { readonly source: string; readonly value: number };
  /** Which data it was measured on. */
  readonly data?: string;
  /** Of several results of a lesson, the one that stands for it; without such a mark the first does. */
  readonly headline?: boolean;
}

/**
 * Shows a number that a lesson ends in, beside a simple baseline and what was published, so that people can read it and
 * tools can find it in the executed notebook.
 *
 * @throws when a number is not finite, or `expected` is not [low, high]
 *
 * @example
 * result({
 *   lesson: "00-hello",
 *   name: "test accuracy",
 *   value: 97.1,
 *   unit: "%",
 *   expected: [95, 100],
 *   seconds: 60,
 *   baseline: { name: "nearest neighbour", value: 96.9 },
 * });
 */
export function result(measured: LessonResult): void {
  const { name, value, unit, expected, seconds, baseline, published, data } = measured;
  const [low, high] = expected;
  const numbers = [value, seconds, low, high, baseline?.value ?? 0, published?.value ?? 0];
  if (!numbers.every(Number.isFinite) || low > high) {
    throw new RangeError(
      `result: value ${value}, expected ${low} … ${high}, seconds ${seconds}: expected finite numbers, and low ≤ high`,
    );
  }
  const inside = value >= low && value <= high;
  const amount = (number: number) => `${Number(number.toPrecision(4))}${unit === "" ? "" : ` ${unit}`}`;
  const range = `${low} … ${high}`;
  const verdict = quick
    ? `a quick run; in full, expected ${range}`
    : `${inside ? "expected" : "outside of the expected"} ${range}`;
  const beside = [
    baseline && `${baseline.name}: ${amount(baseline.value)}`,
    published && `published: ${amount(published.value)} (${published.source})`,
  ].filter((words) => words !== undefined);
  const details = [verdict, `${seconds.toFixed(0)} s`, `engine ${engine().name}`, ...(data ? [data] : [])].join(" · ");
  display({
    "application/vnd.unroll.result+json": { ...measured, engine: engine().name },
    "text/html":
      `<div style="border-left:4px solid ${inside || quick ? "#009E73" : "#D55E00"};padding:.3em .8em">` +
      `${escapeHtml(name)}: <b style="font-size:1.4em">${escapeHtml(amount(value))}</b><br>` +
      beside.map((words) => `${escapeHtml(words)}<br>`).join("") +
      `<small>${escapeHtml(details)}</small></div>`,
    "text/plain": [`${name}: ${amount(value)} (${details})`, ...beside].join("; "),
  });
}
