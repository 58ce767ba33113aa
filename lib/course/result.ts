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
}

/**
 * Shows a lesson's headline number, so that people can read it and tools can find it in the executed notebook.
 *
 * @throws when a number is not finite, or `expected` is not [low, high]
 *
 * @example
 * result({ lesson: "00-hello", name: "test accuracy", value: 97.1, unit: "%", expected: [95, 100], seconds: 60 });
 */
export function result({ lesson, name, value, unit, expected, seconds }: LessonResult): void {
  const [low, high] = expected;
  if (![value, seconds, low, high].every(Number.isFinite) || low > high) {
    throw new RangeError(
      `result: value ${value}, expected ${low} … ${high}, seconds ${seconds}: expected finite numbers, and low ≤ high`,
    );
  }
  const inside = value >= low && value <= high;
  const shown = `${Number(value.toPrecision(4))}${unit === "" ? "" : ` ${unit}`}`;
  const range = `${low} … ${high}`;
  const verdict = quick
    ? `a quick run; in full, expected ${range}`
    : `${inside ? "expected" : "outside of the expected"} ${range}`;
  const details = `${verdict} · ${seconds.toFixed(0)} s · engine ${engine().name}`;
  display({
    "application/vnd.unroll.result+json": {
      lesson,
      name,
      value,
      unit,
      expected: [low, high],
      seconds,
      engine: engine().name,
    },
    "text/html":
      `<div style="border-left:4px solid ${inside || quick ? "#009E73" : "#D55E00"};padding:.3em .8em">` +
      `${escapeHtml(name)}: <b style="font-size:1.4em">${escapeHtml(shown)}</b><br>` +
      `<small>${escapeHtml(details)}</small></div>`,
    "text/plain": `${name}: ${shown} (${details})`,
  });
}
