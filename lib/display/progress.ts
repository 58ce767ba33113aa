import { live } from "./live.js";
import { escapeHtml, type MimeBundle } from "./mime.js";

/** A bar that is moved by hand. */
export interface ProgressBar {
  /** Moves on by `steps`; a note stands behind the bar. */
  advance(steps?: number, note?: string): void;
  /** Moves to `done` of `total`. */
  set(done: number, note?: string): void;
  /** Draws where it stands now; call it when the work ends, early or not. */
  finish(): void;
}

export interface ProgressOptions {
  readonly label?: string;
  /** What is counted: "steps", "pictures", … */
  readonly unit?: string;
}

/**
 * A progress bar with rate and time left, drawn in place: around a loop, or moved by hand.
 *
 * @example
 * let sum = 0;
 * for (const n of progress([1, 2, 3], { label: "adding" })) sum += n;
 *
 * @example
 * const bar = progress({ total: 500, label: "reading" });
 * for (let i = 0; i < 500; i += 100) bar.advance(100);
 * bar.finish();
 */
export function progress(work: ProgressOptions & { readonly total: number }): ProgressBar;
export function progress<T>(work: Iterable<T>, options?: ProgressOptions): Iterable<T>;
export function progress<T>(
  work: Iterable<T> | (ProgressOptions & { readonly total: number }),
  options: ProgressOptions = {},
): Iterable<T> | ProgressBar {
  return Symbol.iterator in work ? around(work, options) : bar(work.total, work);
}

function* around<T>(items: Iterable<T>, options: ProgressOptions): Generator<T, void> {
  const known = items as { length?: number; size?: number };
  const view = bar(known.length ?? known.size, options);
  try {
    for (const item of items) {
      yield item;
      view.advance();
    }
  } finally {
    view.finish();
  }
}

function bar(total: number | undefined, { label = "", unit = "" }: ProgressOptions): ProgressBar {
  const begin = performance.now();
  let done = 0;
  let note = "";
  const view = live(() => picture({ label, unit, done, total, note, seconds: (performance.now() - begin) / 1000 }));
  view.update();
  const set = (to: number, say = note) => {
    done = to;
    note = say;
    view.update();
  };
  return { set, advance: (steps = 1, say) => set(done + steps, say), finish: () => view.flush() };
}

interface Standing {
  readonly label: string;
  readonly unit: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly note: string;
  readonly seconds: number;
}

function picture({ label, unit, done, total, note, seconds }: Standing): MimeBundle {
  const rate = done / Math.max(seconds, 1e-9);
  const share = total ? Math.min(1, done / total) : undefined;
  const words = [
    total === undefined ? thousands(done) : `${thousands(done)} of ${thousands(total)}`,
    done > 0 ? `${thousands(rate)} ${unit}/s`.replace(" /", "/") : "",
    total && done > 0 && done < total ? `${clock((total - done) / rate)} left` : `${clock(seconds)}`,
    note,
  ];
  const text = words.filter(Boolean).join(" · ");
  const percent = share === undefined ? "" : `${Math.floor(100 * share)} %`.padStart(5);
  return {
    "text/html":
      '<div style="display:flex;gap:.8em;align-items:center;font-variant-numeric:tabular-nums">' +
      `<span>${escapeHtml(label)}</span>` +
      (share === undefined ? "" : `<progress max="1" value="${share.toFixed(4)}" style="width:16em"></progress>`) +
      `<span>${escapeHtml(text)}</span></div>`,
    "text/plain": [label, percent, text].filter(Boolean).join("  "),
  };
}

/** 12345.6 → "12,346", 3.14159 → "3.1". */
function thousands(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** 75 seconds → "1:15". */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
