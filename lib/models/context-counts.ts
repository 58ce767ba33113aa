/**
 * How often each token follows each context, for contexts of all lengths up to one, in tables of plain numbers: millions
 * of them fit into memory.
 *
 * A context is a node of a tree: the root is the empty context, and a step down adds the token before. So the contexts of
 * one place, from the shortest to the longest, are one walk down from the root.
 */
export class ContextCounts {
  readonly #vocabularySize: number;
  readonly #nodes = new NumberTable();
  readonly #counts = new NumberTable();
  /** By node: how many tokens followed it, and how many different ones. */
  #totals = new Int32Array(1024);
  #types = new Int32Array(1024);
  #size = 1;

  constructor(vocabularySize: number) {
    this.#vocabularySize = vocabularySize;
  }

  /** How many contexts there are, the empty one included. */
  get size(): number {
    return this.#size;
  }

  /**
   * Counts the token at `place` behind each of its contexts of 0 … `longest` tokens.
   *
   * @param ids token numbers below the vocabulary's size
   */
  add(ids: ArrayLike<number>, place: number, longest: number): void {
    const token = ids[place]!;
    for (let node = 0, length = 0; ; length++) {
      if (this.#counts.increase(this.#key(node, token)) === 1) this.#types[node]!++;
      this.#totals[node]!++;
      if (length === longest || length === place) return;
      node = this.#below(node, ids[place - length - 1]!);
    }
  }

  /** The nodes of the contexts in front of `place`, from the empty one to the longest that was ever seen. */
  walk(ids: ArrayLike<number>, place: number, longest: number): number[] {
    const nodes = [0];
    for (let length = 1; length <= longest && length <= place; length++) {
      const node = this.#nodes.get(this.#key(nodes.at(-1)!, ids[place - length]!));
      if (node === 0) break;
      nodes.push(node);
    }
    return nodes;
  }

  total(node: number): number {
    return this.#totals[node]!;
  }

  types(node: number): number {
    return this.#types[node]!;
  }

  count(node: number, token: number): number {
    return this.#counts.get(this.#key(node, token));
  }

  #key(node: number, token: number): number {
    return node * this.#vocabularySize + token;
  }

  /** The context with one more token in front, made when it is new. */
  #below(node: number, token: number): number {
    const key = this.#key(node, token);
    const known = this.#nodes.get(key);
    if (known > 0) return known;
    if (this.#size === this.#totals.length) {
      this.#totals = longer(this.#totals);
      this.#types = longer(this.#types);
    }
    this.#nodes.set(key, this.#size);
    return this.#size++;
  }
}

/** Counts by whole numbers 0 … 2⁵³ − 2: open addressing with linear probing; what is not there counts 0. */
class NumberTable {
  #keys = new Float64Array(4096); // key + 1; 0 is an empty place
  #values = new Int32Array(4096);
  #filled = 0;

  get(key: number): number {
    return this.#values[this.#place(key)]!;
  }

  set(key: number, value: number): void {
    const place = this.#claim(key); // first: it may make new tables
    this.#values[place] = value;
  }

  increase(key: number): number {
    const place = this.#claim(key);
    return ++this.#values[place]!;
  }

  #claim(key: number): number {
    let place = this.#place(key);
    if (this.#keys[place] === 0) {
      if (2 * ++this.#filled > this.#keys.length) {
        this.#grow();
        place = this.#place(key);
      }
      this.#keys[place] = key + 1;
    }
    return place;
  }

  #place(key: number): number {
    const mask = this.#keys.length - 1;
    // the low and the high half of the key, mixed by odd multipliers (Knuth's golden ratio, and one of Murmur's)
    const mixed = Math.imul(key >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(key / 2 ** 32), 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[place] !== 0 && this.#keys[place] !== key + 1) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(2 * keys.length);
    this.#values = new Int32Array(2 * keys.length);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue;
      const place = this.#place(keys[i]! - 1);
      this.#keys[place] = keys[i]!;
      this.#values[place] = values[i]!;
    }
  }
}

function longer(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * numbers.length);
  twice.set(numbers);
  return twice;
}
