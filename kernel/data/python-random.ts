const N = 624;
const M = 397;

/**
 * Python's `random.Random(seed)`, as far as the splits of data sets were cut with it: `shuffle` and `choice`.
 *
 * @see Matsumoto & Nishimura 1998, Mersenne Twister; CPython's Lib/random.py for what is drawn from it
 */
export class PythonRandom {
  readonly #state = new Uint32Array(N);
  #next = N;

  /** @param seed a whole number 0 … 2³² − 1 */
  constructor(seed: number) {
    // init_by_array with one key, as CPython seeds with a small number
    const state = this.#state;
    fill(state, 19_650_218);
    let i = 1;
    for (let k = 0; k < N; k++) {
      const before = state[i - 1]!;
      state[i] = (state[i]! ^ Math.imul(before ^ (before >>> 30), 1_664_525)) + seed;
      i = advance(state, i);
    }
    for (let k = 0; k < N - 1; k++) {
      const before = state[i - 1]!;
      state[i] = (state[i]! ^ Math.imul(before ^ (before >>> 30), 1_566_083_941)) - i;
      i = advance(state, i);
    }
    state[0] = 0x80000000;
  }

  /** Puts a list in random order, in place. */
  shuffle<T>(list: T[]): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
  }

  choice<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  /** A whole number 0 … n − 1: as many bits as n has, again and again until they are below n. */
  #below(n: number): number {
    const bits = 32 - Math.clz32(n);
    let drawn = this.#word() >>> (32 - bits);
    while (drawn >= n) drawn = this.#word() >>> (32 - bits);
    return drawn;
  }

  #word(): number {
    if (this.#next === N) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let k = 0; k < N; k++) {
      const y = (state[k]! & 0x80000000) | (state[(k + 1) % N]! & 0x7fffffff);
      state[k] = state[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}

function fill(state: Uint32Array, seed: number): void {
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(before ^ (before >>> 30), 1_812_433_253) + i;
  }
}

/** One further; from the end to 1, and 0 gets what the end has. */
function advance(state: Uint32Array, i: number): number {
  if (i + 1 < N) return i + 1;
  state[0] = state[N - 1]!;
  return 1;
}
