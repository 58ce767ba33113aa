import { checkChoice } from "../math/check-options.js";
import { type Arrow, type Drawing, drawn, type Node } from "./drawing.js";
import { type Figure, palette } from "./figure.js";
import { counted, titled } from "./text.js";

/** At which of its steps a kind of model reads and at which it writes. */
interface Kind {
  readonly name: readonly [string, string];
  readonly example: readonly [string, string];
  readonly steps: number;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

export type SequenceType = "one to one" | "one to many" | "many to one" | "encoder-decoder" | "many to many";

/** In the order of Karpathy 2015. */
const kinds: Readonly<Record<SequenceType, Kind>> = {
  "one to one": { name: ["one to one", ""], example: ["a picture’s", "class"], steps: 1, reads: [0], writes: [0] },
  "one to many": {
    name: ["one to many", ""],
    example: ["picture →", "caption"],
    steps: 3,
    reads: [0],
    writes: [0, 1, 2],
  },
  "many to one": {
    name: ["many to one", ""],
    example: ["text →", "sentiment"],
    steps: 3,
    reads: [0, 1, 2],
    writes: [2],
  },
  "encoder-decoder": {
    name: ["many to many,", "lengths free"],
    example: ["encoder–decoder:", "translation"],
    steps: 5,
    reads: [0, 1, 2],
    writes: [2, 3, 4],
  },
  "many to many": {
    name: ["many to many,", "same length"],
    example: ["words →", "their tags"],
    steps: 3,
    reads: [0, 1, 2],
    writes: [0, 1, 2],
  },
};

const GAP = 1.4; // between two kinds, in steps
const SIZE = 20; // pixels
const colours = { x: palette[4]!, h: palette[2]!, y: palette[1]! };

/**
 * The kinds of sequence model as pictures: inputs below, states in the middle, outputs on top (Karpathy 2015, The
 * unreasonable effectiveness of recurrent neural networks).
 *
 * @param options only: which kinds, in which order; by default all five
 * @throws when no kind is asked for, or one that there is not
 *
 * @example
 * const figure = plot.sequenceTypes({ only: ["many to one", "many to many"] });
 */
export function sequenceTypes({
  title = "",
  only = Object.keys(kinds) as SequenceType[],
}: {
  title?: string;
  only?: readonly SequenceType[];
} = {}): Figure {
  if (only.length === 0)
    throw new RangeError(`sequenceTypes: expected at least one of ${Object.keys(kinds).join(", ")}`);
  for (const name of only) checkChoice("sequenceTypes", "a kind", name, Object.keys(kinds));
  let from = 0;
  const parts = only.map((name) => {
    const kind = kinds[name];
    const part = picture(kind, from);
    from += kind.steps + GAP;
    return part;
  });
  const drawing = {
    nodes: parts.flatMap(({ nodes }) => nodes),
    arrows: parts.flatMap(({ arrows }) => arrows),
    labels: parts.flatMap(({ labels }) => labels),
  };
  return drawn(drawing, { title, height: title ? 330 : 290, rim: 0.9 }, titled(title, only.map(inWords).join("; ")));
}

function picture({ name, example, steps, reads, writes }: Kind, from: number): Drawing {
  const node = (step: number, y: number, colour: string, hover: string): Node => ({
    at: [from + step, y],
    text: "",
    shape: "square",
    size: SIZE,
    colour,
    hover,
  });
  const arrow = (...points: Arrow["points"]): Arrow => ({ points, gaps: [SIZE / 2 + 1, SIZE / 2 + 2] });
  const states = Array.from({ length: steps }, (_, t) => t);
  const middle = from + (steps - 1) / 2;
  return {
    nodes: [
      ...reads.map((t) => node(t, 0, colours.x, `input ${t + 1}`)),
      ...states.map((t) => node(t, 1, colours.h, `state ${t + 1}`)),
      ...writes.map((t, i) => node(t, 2, colours.y, `output ${i + 1}`)),
    ],
    arrows: [
      ...reads.map((t) => arrow([from + t, 0], [from + t, 1])),
      ...states.slice(1).map((t) => arrow([from + t - 1, 1], [from + t, 1])),
      ...writes.map((t) => arrow([from + t, 1], [from + t, 2])),
    ],
    labels: [
      { at: [middle, 2.75], text: name.filter(Boolean).join("<br>"), size: 12 },
      { at: [middle, -0.75], text: example.join("<br>"), size: 11 },
    ],
  };
}

function inWords(name: SequenceType): string {
  const { reads, writes } = kinds[name];

  const when = name === "encoder-decoder" ? ", the outputs begin after the last input" : "";
  return `${name}: ${counted(reads.length, "input")}, ${counted(writes.length, "output")}${when}`;
}
