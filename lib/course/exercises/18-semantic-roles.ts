import type { Role } from "../../data/semantic-roles.js";
import { exercise } from "../exercise.js";

const clipped = (length: number, predicate: number, most: number): number[] =>
  Array.from({ length }, (_, t) => Math.max(-most, Math.min(most, t - predicate)));

const places = exercise({
  name: "18.1",
  asks: "how far each word is from the predicate",
  hint: "For each word t take `t - predicate`; where that is above `most`, say `most`, and where it is below `-most`, say `-most`.",
  solution: clipped,
  looks: [
    ["the third of five words is the predicate", (where) => where(5, 2, 10)],
    ["a long sentence, at most 2", (where) => where(8, 3, 2)],
    ["one word", (where) => where(1, 0, 3)],
  ],
  mistakes: [
    {
      attempt: (length, predicate) => Array.from({ length }, (_, t) => t - predicate),
      says: "Far away is far away: no number may lie beyond `most` or `-most`.",
    },
    {
      attempt: (length, predicate, most) => clipped(length, predicate, most).map((distance) => 0 - distance),
      says: "The other way round: a word before the predicate gets a negative number.",
    },
    {
      attempt: (length, predicate, most) => clipped(length, predicate, most).map(Math.abs),
      says: "Before and behind the predicate must not look the same: leave the sign.",
    },
  ],
});

const phrases = (words: readonly string[], roles: readonly Role[], more: number): Record<string, string> =>
  Object.fromEntries(roles.map(({ role, from, to }) => [role, words.slice(from, to + more).join(" ")]));

const frame = exercise({
  name: "18.2",
  asks: "who did what to whom, in words",
  hint: '`Object.fromEntries` makes an object of pairs [role, text]; the text of a role is `words.slice(from, to).join(" ")`.',
  solution: (words: readonly string[], roles: readonly Role[]): Record<string, string> => phrases(words, roles, 0),
  looks: [
    [
      "“Ann gave Tom the book”",
      (of) =>
        of(
          ["Ann", "gave", "Tom", "the", "book"],
          [
            { role: "ARG0", from: 0, to: 1 },
            { role: "ARG2", from: 2, to: 3 },
            { role: "ARG1", from: 3, to: 5 },
          ],
        ),
    ],
    ["no role", (of) => of(["It", "rains"], [])],
  ],
  mistakes: [
    {
      attempt: (words, roles) => phrases(words, roles, 1),
      says: "One word too many: a role ends with word `to - 1`.",
    },
    {
      attempt: (words, roles) => Object.fromEntries(roles.map(({ role, from }) => [role, words[from]!])),
      says: "A role may have several words: join all of them with spaces.",
    },
  ],
});

const isCore = (role: string): boolean => /^ARG\d$/.test(role);
const repeated = (roles: readonly string[]): string[] => roles.filter((role, i) => roles.indexOf(role) !== i);

const twice = exercise({
  name: "18.3",
  asks: "which numbered roles were given twice",
  hint: "A numbered role matches `/^ARG\\d$/`. It is there twice when `roles.indexOf(role)` is not its own place. A `Set` takes each once.",
  solution: (roles: readonly string[]): string[] => [...new Set(repeated(roles.filter(isCore)))].sort(),
  looks: [
    ["ARG1 twice", (names) => names(["ARG0", "ARG1", "ARG1"])],
    ["two times", (names) => names(["ARGM-TMP", "ARG0", "ARGM-TMP"])],
    ["three times ARG0, two times ARG2", (names) => names(["ARG2", "ARG0", "ARG0", "ARG2", "ARG0"])],
    ["each once", (names) => names(["ARG0", "ARG1", "ARGM-LOC"])],
  ],
  mistakes: [
    {
      attempt: (roles) => [...new Set(repeated(roles))].sort(),
      says: "Only numbered roles count: two times or places (`ARGM-…`) are nothing odd.",
    },
    {
      attempt: (roles) => repeated(roles.filter(isCore)).sort(),
      says: "Name each role once, however often it was given.",
    },
  ],
});

export const lesson18 = [places, frame, twice];
