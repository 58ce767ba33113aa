import type { Span } from "../../metrics/span-f1.js";
import { exercise } from "../exercise.js";

const write = (length: number, found: readonly Span[], begins: string, last = 0): string[] => {
  const tags = new Array<string>(length).fill("O");
  for (const { type, from, to } of found) {
    for (let t = from; t < to + last; t++) tags[t] = `${t === from ? begins : "I"}-${type}`;
  }
  return tags;
};

const bio = exercise({
  name: "17.1",
  asks: "spans as tags",
  hint: "Begin with `length` times `O`; then, for each span, the tag at `from` is `B-type`, and those up to `to - 1` are `I-type`.",
  solution: (length: number, found: readonly Span[]): string[] => write(length, found, "B"),
  looks: [
    ["“in New York City”", (tags) => tags(4, [{ type: "geo", from: 1, to: 4 }])],
    [
      "two spans that touch",
      (tags) =>
        tags(5, [
          { type: "per", from: 0, to: 2 },
          { type: "per", from: 2, to: 3 },
        ]),
    ],
    ["no name", (tags) => tags(2, [])],
  ],
  mistakes: [
    {
      attempt: (length, found) => write(length, found, "I"),
      says: "Every span needs its `B`, else two that touch become one.",
    },
    {
      attempt: (length, found) => write(length, found, "B", 1),
      says: "One word too many: a span ends with word `to - 1`.",
    },
  ],
});

const f1Of = exercise({
  name: "17.2",
  asks: "F1 from counts",
  hint: "`2 * right / (found + there)`; and 0 where `found + there` is 0.",
  solution: (right: number, found: number, there: number): number =>
    found + there === 0 ? 0 : (2 * right) / (found + there),
  looks: [
    ["3 right of 4 found, 6 there", (f1) => f1(3, 4, 6)],
    ["all right", (f1) => f1(5, 5, 5)],
    ["nothing found, 2 there", (f1) => f1(0, 0, 2)],
    ["nothing found, nothing there", (f1) => f1(0, 0, 0)],
  ],
  mistakes: [
    {
      attempt: (right, found, there) => (2 * right) / (found + there),
      says: "Where there is nothing and nothing was found, that is 0/0: say 0.",
    },
    {
      attempt: (right, found, there) => (found + there === 0 ? 0 : (right / Math.max(1, found) + right / there) / 2),
      says: "That is the mean of precision and recall. F1 is their *harmonic* mean.",
    },
    {
      attempt: (right, found) => (found === 0 ? 0 : right / found),
      says: "That is precision alone: what was missed does not count.",
    },
  ],
});

const mayFollow = exercise({
  name: "17.3",
  asks: "which tags may follow each other",
  hint: "Only `next` that begins with `I-` needs a look at `from`: it must not be `O`, and be of the same type (`slice(2)`).",
  solution: (from: string, next: string): boolean =>
    !next.startsWith("I-") || (from !== "O" && from.slice(2) === next.slice(2)),
  looks: [
    ["I-geo behind B-geo", (may) => may("B-geo", "I-geo")],
    ["I-geo behind I-geo", (may) => may("I-geo", "I-geo")],
    ["I-geo behind O", (may) => may("O", "I-geo")],
    ["I-geo behind B-per", (may) => may("B-per", "I-geo")],
    ["B-geo behind I-per", (may) => may("I-per", "B-geo")],
    ["O behind B-per", (may) => may("B-per", "O")],
  ],
  mistakes: [
    {
      attempt: (from, next) => !next.startsWith("I-") || from !== "O",
      says: "The types must agree, too: `I-geo` cannot go on with a person.",
    },
    {
      attempt: (from, next) => !next.startsWith("I-") || from === `B-${next.slice(2)}`,
      says: "A name may have more than two words: `I-geo` may follow `I-geo`.",
    },
  ],
});

export const lesson17 = [bio, f1Of, mayFollow];
