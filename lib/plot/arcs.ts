import type { Shape } from "plotly.js";
import { checkSome } from "./check.js";
import { type Drawing, drawn, onCurve, type Point } from "./drawing.js";
import { Figure, INK, palette } from "./figure.js";
import { titled, verbatim } from "./text.js";

/** From one word to a stretch of words. */
export interface Arc {
  /** The word that it comes from: 0 is the first. */
  readonly at: number;
  /** It points to words from … to − 1. */
  readonly from: number;
  readonly to: number;
  /** What is written on it. */
  readonly text: string;
}

const ROOM = 96; // characters that a notebook's column has beside each other
const LEVEL = 34; // pixels between an arc and the next higher one
const LINE = 22; // pixels from one word to the next where they stand below each other

/**
 * A sentence with arcs over it: from a word to the words that have to do with it, with the name of what they are to it.
 *
 * A longer sentence runs down, with its arcs at the right.
 *
 * @param words of the sentence
 * @param arcs each with its name; the same name has the same colour
 * @throws when there is no word, or an arc begins or ends at words that are not there
 *
 * @example
 * const figure = plot.arcs(["Ann", "gave", "him", "the", "book"], [
 *   { at: 1, from: 0, to: 1, text: "ARG0" },
 *   { at: 1, from: 3, to: 5, text: "ARG1" },
 * ], { title: "to give" });
 */
export function arcs(
  words: readonly string[],
  arcs: readonly Arc[],
  { title = "" }: { readonly title?: string } = {},
): Figure {
  checkSome("arcs", words.length, "word");
  for (const arc of arcs) check(arc, words.length);
  const starts = words.map((_, t) => words.slice(0, t).reduce((sum, word) => sum + [...word].length + 1, 0));
  const ends = words.map((word, t) => starts[t]! + [...word].length);
  const down = ends.at(-1)! > ROOM;
  const [first, last] = down
    ? [(t: number) => t - 0.3, (t: number) => t + 0.3]
    : [(t: number) => starts[t]!, (t: number) => ends[t]!];
  const place = (along: number, up: number): Point => (down ? [up, 0 - along] : [along, up]);
  const middle = (from: number, to: number) => (first(from) + last(to - 1)) / 2;

  const length = ({ at, from, to }: Arc) => Math.abs(middle(from, to) - middle(at, at + 1));
  const order = arcs.toSorted((a, b) => length(a) - length(b));
  const names = [...new Set(arcs.map(({ text }) => text))];
  const colourOf = ({ text }: Arc) => palette[names.indexOf(text) % palette.length]!;
  const height = (arc: Arc) => (order.indexOf(arc) + 1.5) / 0.75; // a curve rises to ¾ of where its corners are

  const curve = (arc: Arc) => {
    const [from, to] = [middle(arc.at, arc.at + 1), middle(arc.from, arc.to)];
    return [place(from, 0.45), place(from, height(arc)), place(to, height(arc)), place(to, 0.45)];
  };
  // nearer to where it goes: arcs from one word are close together where they begin
  const named = (arc: Arc): Point => {
    const [x, y] = onCurve(curve(arc), 0.62);
    return down ? [x + 0.2, y] : [x, y + 0.2];
  };

  const drawing: Drawing = {
    nodes: [],
    arrows: order.map((arc) => ({ points: curve(arc), bent: true, colour: colourOf(arc) })),
    labels: [
      ...words.map((word, t) => ({
        at: place(middle(t, t + 1), 0),
        text: verbatim(word),
        side: down ? ("middle left" as const) : ("middle center" as const),
      })),
      ...order.map((arc) => ({
        at: named(arc),
        text: verbatim(arc.text),
        side: down ? ("middle right" as const) : ("top center" as const),
        size: 11,
      })),
    ],
  };
  const tall = down ? LINE * (words.length + 1) : LEVEL * (arcs.length + 2);
  const { data, layout } = drawn(drawing, { title, height: tall + (title ? 56 : 16), rim: down ? 0.9 : 0.5 }, "");
  const lines = order.map((arc): Partial<Shape> => {
    const [[x0, y0], [x1, y1]] = [place(first(arc.from), 0.4), place(last(arc.to - 1), 0.4)];
    return { type: "line", x0, y0, x1, y1, line: { color: colourOf(arc), width: 3 } };
  });
  const range = down ? [-ROOM / 12, arcs.length + 5] : [-0.5, ends.at(-1)! + 0.5];
  const shapes = [...(layout.shapes ?? []), ...lines];
  return new Figure(
    data,
    { ...layout, xaxis: { ...layout.xaxis, range }, shapes, font: { color: INK } },
    titled(title, told(words, arcs)),
  );
}

function check({ at, from, to, text }: Arc, count: number): void {
  if (![at, from, to].every(Number.isInteger) || at < 0 || at >= count || from < 0 || from >= to || to > count) {
    throw new RangeError(
      `arcs: ${JSON.stringify(text)} goes from word ${at} to words ${from} … ${to - 1}, expected words of 0 … ${count - 1}`,
    );
  }
}

/** “gave”: ARG0 “Ann”, ARG1 “the book” */
function told(words: readonly string[], arcs: readonly Arc[]): string {
  const starts = [...new Set(arcs.map(({ at }) => at))];
  const parts = starts.map((start) => {
    const own = arcs.filter(({ at }) => at === start);
    return `“${words[start]}”: ${own.map(({ text, from, to }) => `${text} “${words.slice(from, to).join(" ")}”`).join(", ")}`;
  });
  return parts.length > 0 ? parts.join("; ") : `“${words.join(" ")}” without arcs`;
}
