import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { engine } from "../engine/current.js";
import { amount, besides, checkMeasured, type Measured } from "./measured.js";
import { quick } from "./quick.js";

/** A number that a lesson ends in. */
export interface LessonResult extends Measured {
  /** The lesson's file name without ending: "00-meet-a-recurrent-network". */
  readonly lesson: string;
  /** How long the lesson's experiment took. */
  readonly seconds: number;
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
  const { name, value, expected, seconds, data } = measured;
  const [low, high] = expected;
  checkMeasured("result", measured);
  if (!Number.isFinite(seconds)) throw new RangeError(`result: seconds is ${seconds}, expected a finite number`);
  const inside = value >= low && value <= high;
  const range = `${low} … ${high}`;
  const verdict = quick
    ? `a quick run; in full, expected ${range}`
    : `${inside ? "expected" : "outside of the expected"} ${range}`;
  const beside = besides(measured);
  const details = [verdict, `${seconds.toFixed(0)} s`, `engine ${engine().name}`, ...(data ? [data] : [])].join(" · ");
  display({
    "application/vnd.unroll.result+json": { ...measured, engine: engine().name },
    "text/html":
      `<div style="border-left:4px solid ${inside || quick ? "#009E73" : "#D55E00"};padding:.3em .8em">` +
      `${escapeHtml(name)}: <b style="font-size:1.4em">${escapeHtml(amount(measured))}</b><br>` +
      beside.map((words) => `${escapeHtml(words)}<br>`).join("") +
      `<small>${escapeHtml(details)}</small></div>`,
    "text/plain": [`${name}: ${amount(measured)} (${details})`, ...beside].join("; "),
  });
}
