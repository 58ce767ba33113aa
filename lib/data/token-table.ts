import { checkCount } from "../math/check-options.js";
import type { Corpus, SpecialToken, VocabularyOptions } from "./vocabulary.js";

const SPECIAL: readonly SpecialToken[] = ["pad", "unk", "begin", "end"];

/** How a special token is written. */
const written = (special: SpecialToken): string => `<${special}>`;

/** Tokens and their numbers, as every kind of vocabulary keeps them: the special tokens first, then the others as given. */
export class TokenTable {
  readonly tokens: readonly string[];
  readonly special: Readonly<Partial<Record<SpecialToken, number>>>;
  readonly specialTokens: readonly SpecialToken[];
  private readonly what: string;
  private readonly specialIds: ReadonlyMap<string, number>;
  private readonly ids: ReadonlyMap<string, number>;

  /** @param what the vocabulary's name in errors */
  constructor(what: string, ordinary: readonly string[], special: readonly SpecialToken[]) {
    const unknown = special.find((name) => !SPECIAL.includes(name));
    if (unknown !== undefined) {
      throw new RangeError(`${what}: there is no special token "${unknown}", there are ${SPECIAL.join(", ")}`);
    }
    this.what = what;
    this.specialTokens = SPECIAL.filter((name) => special.includes(name));
    this.special = Object.fromEntries(this.specialTokens.map((name, id) => [name, id]));
    this.specialIds = new Map(this.specialTokens.map((name, id) => [written(name), id]));
    this.tokens = [...this.specialIds.keys(), ...ordinary];
    this.ids = new Map(ordinary.map((token, i) => [token, this.specialIds.size + i]));
    if (new Set(this.tokens).size !== this.tokens.length) {
      throw new RangeError(`${what}: a token stands twice in the list of tokens`);
    }
  }

  get size(): number {
    return this.tokens.length;
  }

  /** All but the special tokens. */
  get ordinary(): readonly string[] {
    return this.tokens.slice(this.specialIds.size);
  }

  token(id: number): string {
    const token = this.tokens[id];
    if (token === undefined) {
      throw new RangeError(`${this.what}: there is no token ${id}, there are 0 … ${this.size - 1}`);
    }
    return token;
  }

  id(token: string): number {
    return this.specialIds.get(token) ?? this.idInText(token);
  }

  /** The number of a token that stands in a text, which is never a special one other than "unk". */
  idInText(token: string, position?: number): number {
    const id = this.ids.get(token) ?? this.special.unk;
    if (id === undefined) {
      const place = position === undefined ? "" : ` at position ${position}`;
      throw new RangeError(
        `${this.what}: ${JSON.stringify(token)}${place} is not among its ${this.size} tokens, build it from texts that hold it or with special: ["unk"]`,
      );
    }
    return id;
  }

  knows(token: string): boolean {
    return this.ids.has(token);
  }

  encode(tokens: readonly string[]): Int32Array {
    return Int32Array.from(tokens, (token, position) => this.idInText(token, position));
  }

  /** The tokens with these numbers; without `special`, padding, begin and end are left out. */
  decode(ids: ArrayLike<number>, special: boolean): string[] {
    const { pad, begin, end } = this.special;
    const shown = Array.from(ids).filter((id) => special || (id !== pad && id !== begin && id !== end));
    return shown.map((id) => this.token(id));
  }
}

/** How often each token occurs, in the order of first occurrence. */
export function countTokens(corpus: Corpus, split: (text: string) => Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of typeof corpus === "string" ? [corpus] : corpus) {
    for (const token of typeof text === "string" ? split(text) : text) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

/**
 * The tokens that a vocabulary is to have, the most frequent first, equally frequent ones in the order of their UTF-16
 * code units, which is the same on every machine.
 *
 * @throws when an option is out of its range, or no token is left
 */
export function mostFrequent(
  what: string,
  counts: ReadonlyMap<string, number>,
  { minCount = 1, maxSize = Number.POSITIVE_INFINITY, special = [] }: VocabularyOptions,
): string[] {
  checkCount(what, "minCount", minCount, 1);
  // a text may hold the name of a special token: it does not become one, so <unk> in a text is unknown like any other
  const reserved = new Set(special.map(written));
  if (maxSize !== Number.POSITIVE_INFINITY) checkCount(what, "maxSize", maxSize, reserved.size + 1);
  if (counts.size === 0) throw new RangeError(`${what}: the corpus is empty, expected texts with at least one token`);
  const kept = [...counts].filter(([token, count]) => count >= minCount && !reserved.has(token));
  if (kept.length === 0) {
    throw new RangeError(`${what}: no token occurs ${minCount} times, lower minCount or give more texts`);
  }
  kept.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return kept.slice(0, maxSize - reserved.size).map(([token]) => token);
}
