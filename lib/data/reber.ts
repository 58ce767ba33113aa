import { integer, type Random } from "../math/random.js";
import type { Tokens } from "../math/tokens.js";
import { type Collection, collection, drawn } from "./collection.js";
import { padded } from "./padded.js";

/** The symbols of the Reber grammar; a symbol's token number is its place here. */
export const reberSymbols = "BTSXPVE";

/** Where each symbol leads from each node; the last node ends the string. */
const GRAPH: readonly Readonly<Record<string, number>>[] = [
  { B: 1 },
  { T: 2, P: 3 },
  { S: 2, X: 4 },
  { T: 3, V: 5 },
  { X: 3, S: 6 },
  { P: 4, V: 6 },
  { E: 7 },
  {},
];

export interface ReberOptions {
  /**
   * Whether the string is embedded: B, then T or P, a Reber string, the same T or P again, and E. To know the last but one
   * symbol, a reader must remember the second one over the whole string between.
   */
  readonly embedded?: boolean;
}

/**
 * The symbols that may follow on the beginning of a Reber string; none when it is complete.
 *
 * @param prefix the beginning, also the empty one
 * @throws when no Reber string begins like this
 * @see Reber 1967, Implicit learning of artificial grammars; the embedded form: Hochreiter & Schmidhuber 1997, Long
 *   Short-Term Memory, experiment 1
 *
 * @example
 * console.log(nextReberSymbols("BTS")); // SX
 */
export function nextReberSymbols(prefix: string, { embedded = false }: ReberOptions = {}): string {
  const next = following(prefix, embedded);
  if (next === undefined) {
    throw new RangeError(`nextReberSymbols: no ${embedded ? "embedded " : ""}Reber string begins with "${prefix}"`);
  }
  return next;
}

/**
 * Whether a string is a whole Reber string.
 *
 * @example
 * console.log(isReber("BTXSE"), isReber("BTXS"), isReber("BTBTXSETE", { embedded: true })); // true false true
 */
export function isReber(text: string, { embedded = false }: ReberOptions = {}): boolean {
  return following(text, embedded) === "";
}

/**
 * A Reber string: where two symbols may follow, each is taken as often as the other.
 *
 * @example
 * console.log(reberString(random(1), { embedded: true })); // BTBTSXSETE
 */
export function reberString(random: Random, options: ReberOptions = {}): string {
  let text = "";
  for (;;) {
    const next = nextReberSymbols(text, options);
    if (next === "") return text;
    text += next[integer(random, next.length)]!;
  }
}

/**
 * Reber strings for a language model: at each symbol, the next one is to be told. `nextReberSymbols` says which are right.
 *
 * @param count how many examples there are, 1 … 2²¹
 * @param random gives the seed of all; example i is then always the same
 * @returns batches of `x` T×B (all symbols but the last), `targets` T×B (all but the first) and `lengths`
 * @throws when count is out of its range
 *
 * @example
 * const { x, targets, lengths } = reberStrings(500, random(1), { embedded: true }).batch([0, 1]);
 */
export function reberStrings(
  count: number,
  random: Random,
  options: ReberOptions = {},
): Collection<{ x: Tokens; targets: Tokens; lengths: Int32Array }> {
  const example = drawn("reberStrings", count, random, (next) =>
    Int32Array.from(reberString(next, options), (symbol) => reberSymbols.indexOf(symbol)),
  );
  return collection(
    "reberStrings",
    count,
    example,
    (symbols) => symbols.length - 1,
    (batch) => {
      const { tokens, lengths } = padded(batch.map((symbols) => symbols.subarray(0, -1)));
      return { x: tokens, targets: padded(batch.map((symbols) => symbols.subarray(1))).tokens, lengths };
    },
  );
}

/** The symbols that may follow, or undefined when no string begins like this. */
function following(prefix: string, embedded: boolean): string | undefined {
  return embedded ? followingEmbedded(prefix) : followingPlain(prefix);
}

function followingPlain(prefix: string): string | undefined {
  let node: number | undefined = 0;
  for (const symbol of prefix) {
    node = GRAPH[node]![symbol];
    if (node === undefined) return undefined;
  }
  return Object.keys(GRAPH[node]!).join("");
}

function followingEmbedded(prefix: string): string | undefined {
  if (prefix.length < 2) return prefix === "" ? "B" : prefix === "B" ? "TP" : undefined;
  const branch = prefix[1]!;
  if (prefix[0] !== "B" || !"TP".includes(branch)) return undefined;
  // an inner string has its only E at its end
  const [inner, tail] = cut(prefix.slice(2), "E");
  const next = followingPlain(inner);
  if (next !== "") return next;
  const rest = `${branch}E`;
  return rest.startsWith(tail) ? rest.slice(tail.length, tail.length + 1) : undefined;
}

/** A text up to and with the first `mark`, and what comes after it. */
function cut(text: string, mark: string): [string, string] {
  const end = text.indexOf(mark);
  return end < 0 ? [text, ""] : [text.slice(0, end + 1), text.slice(end + 1)];
}
