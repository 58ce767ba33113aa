import { checkCount } from "../math/check-options.js";
import { Heap } from "./heap.js";

/** Two symbols that are put together to one. */
export type Merge = readonly [left: string, right: string];

/** A pair's number is left·RADIX + right, exact up to 2⁵². */
const RADIX = 2 ** 26;

/**
 * Byte-pair encoding, the learning: the most frequent pair of neighbouring symbols becomes one symbol, again and again.
 *
 * Words begin as single characters. Pairs do not reach from one word into the next. Of equally frequent pairs the first
 * in the order of UTF-16 code units is taken. Counts are kept up to date from merge to merge instead of being counted
 * anew, as Sennrich's own program does it.
 *
 * @param words each word with its count
 * @param merges how many pairs are put together at most, ≥ 0
 * @param minCount a pair that occurs less often is not put together, ≥ 1
 * @param reserved symbols that must not come about
 * @returns the pairs in the order in which they were put together
 * @throws when `merges`, `minCount` or the count of a word is out of its range
 * @see Sennrich, Haddow & Birch 2016, Neural Machine Translation of Rare Words with Subword Units, algorithm 1
 *
 * @example
 * const merges = learnMerges(new Map([["low·", 1], ["lowest·", 1], ["newer·", 1], ["wider·", 1]]), 4);
 * console.log(merges.map(([left, right]) => left + right)); // er er· lo low
 */
export function learnMerges(
  words: ReadonlyMap<string, number>,
  merges: number,
  { minCount = 2, reserved = new Set() }: { minCount?: number; reserved?: ReadonlySet<string> } = {},
): Merge[] {
  checkCount("learnMerges", "merges", merges, 0);
  checkCount("learnMerges", "minCount", minCount, 1);
  for (const [word, count] of words) checkCount("learnMerges", `the count of ${JSON.stringify(word)}`, count, 1);
  const symbols = new SymbolTable();
  const spelled = Array.from(words.keys(), (word) => Array.from(word, (character) => symbols.id(character)));
  const pairs = new PairCounts(symbols, [...words.values()]);
  spelled.forEach((word, w) => {
    pairs.add(word, w);
  });
  pairs.settle();

  const learned: Merge[] = [];
  while (learned.length < merges) {
    const best = pairs.mostFrequent();
    if (best === undefined || best.count < minCount) break;
    const [left, right] = [symbols.names[best.left]!, symbols.names[best.right]!];
    if (reserved.has(left + right)) continue;
    learned.push([left, right]);
    const merged = symbols.id(left + right);
    for (const w of pairs.wordsWith(best)) {
      const word = spelled[w]!;
      const shorter = replacePair(word, best.left, best.right, merged);
      if (shorter.length === word.length) continue;
      pairs.remove(word, w);
      pairs.add(shorter, w);
      spelled[w] = shorter;
    }
    pairs.settle();
  }
  return learned;
}

/** A word with every occurrence of a pair, from left to right, replaced by one symbol. */
export function replacePair(word: readonly number[], left: number, right: number, merged: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < word.length; i++) {
    const found = word[i] === left && word[i + 1] === right;
    result.push(found ? merged : word[i]!);
    if (found) i++;
  }
  return result;
}

/** Symbols by number, numbered as they come. */
class SymbolTable {
  readonly names: string[] = [];
  private readonly ids = new Map<string, number>();

  id(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      id = this.names.push(name) - 1;
      this.ids.set(name, id);
    }
    return id;
  }
}

interface CountedPair {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** How often each pair of neighbours occurs, and in which words. */
class PairCounts {
  private readonly counts = new Map<number, number>();
  private readonly words = new Map<number, Set<number>>();
  /** The counts, before they changed, of the pairs whose counts may have changed since they were last queued. */
  private readonly changed = new Map<number, number>();
  private readonly queue: Heap<CountedPair>;
  private readonly wordCounts: readonly number[];

  constructor({ names }: SymbolTable, wordCounts: readonly number[]) {
    this.wordCounts = wordCounts;
    this.queue = new Heap((a, b) => {
      if (a.count !== b.count) return a.count > b.count;
      return a.left === b.left ? names[a.right]! < names[b.right]! : names[a.left]! < names[b.left]!;
    });
  }

  add(word: readonly number[], w: number): void {
    for (let i = 1; i < word.length; i++) {
      const pair = word[i - 1]! * RADIX + word[i]!;
      this.change(pair, this.wordCounts[w]!);
      const places = this.words.get(pair);
      if (places) places.add(w);
      else this.words.set(pair, new Set([w]));
    }
  }

  remove(word: readonly number[], w: number): void {
    for (let i = 1; i < word.length; i++) this.change(word[i - 1]! * RADIX + word[i]!, -this.wordCounts[w]!);
  }

  /** Queues the pairs with other counts. What is queued under an old count stays behind and is passed over later. */
  settle(): void {
    for (const [pair, before] of this.changed) {
      const count = this.counts.get(pair)!;
      if (count === 0) {
        this.counts.delete(pair);
        this.words.delete(pair);
      } else if (count !== before) {
        this.queue.push({ left: Math.floor(pair / RADIX), right: pair % RADIX, count });
      }
    }
    this.changed.clear();
  }

  /** The most frequent pair, which leaves the queue. */
  mostFrequent(): CountedPair | undefined {
    for (;;) {
      const first = this.queue.pop();
      if (!first || this.counts.get(first.left * RADIX + first.right) === first.count) return first;
    }
  }

  /** The words in which the pair occurs, and some in which it once did. */
  wordsWith({ left, right }: CountedPair): Iterable<number> {
    return [...(this.words.get(left * RADIX + right) ?? [])];
  }

  private change(pair: number, by: number): void {
    const count = this.counts.get(pair) ?? 0;
    if (!this.changed.has(pair)) this.changed.set(pair, count);
    this.counts.set(pair, count + by);
  }
}
