import type { BuiltIn } from "./built-in.js";

/** Phrases of which sentences are made. What stands in brackets can go. */
const openings = ["[In the morning ,]", "[According to the paper ,]", "", "[After a long winter ,]", "[Of course ,]"];
const subjects = [
  "the [old] teacher [of my sister]",
  "a [small] boat [with two sails]",
  "our neighbours [from the third floor]",
  "the [new] mayor [, who was a baker ,]",
  "three [very tired] children",
  "the [best] student [in the whole class]",
  "a [rather loud] band [from Wales]",
];
const actions = [
  "brought the [heavy] books",
  "reached the [other] shore",
  "sold their [green] car",
  "opened a [second] school",
  "found the [lost] key",
  "won the [first] prize",
];
const closings = [
  "[, as everybody knows] .",
  "[in less than an hour] .",
  "[on a rainy day in May] .",
  "[to the surprise of the whole town] .",
];

const sentence = (k: number): string => {
  const pick = <T>(list: readonly T[], step: number) => list[(k * step) % list.length]!;
  const parts = [pick(openings, 1), pick(subjects, 1), pick(actions, 5), pick(closings, 3)];
  const tokens = parts.join(" ").trim().split(/\s+/);
  let inside = false;
  const rows = tokens.map((token) => {
    inside ||= token.startsWith("[");
    const row = { word: token.replace(/[[\]]/g, ""), keep: inside || /^\W$/.test(token) ? "0" : "1" };
    if (token.endsWith("]")) inside = false;
    return row;
  });
  return `${rows.map(({ word }) => word).join(" ")}\t${rows.map(({ keep }) => keep).join("")}`;
};

const part = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, k) => sentence(from + k)).join("\n");

/** Sentences and which of their words stay, in the form of the data set `ewt-compression`: 120, written for this course. */
export const builtInCompressions: BuiltIn = { train: part(0, 90), dev: part(90, 105), test: part(105, 120) };
