/** Memory for what a forward pass keeps for its backward pass, and the run that it belongs to. */
export interface Tape {
  readonly data: Float32Array;
  /** The run that wrote it last; another run's when it has been taken away. */
  owner: object | undefined;
}

/** So many tapes at most, and so many floats in all where there is more than one: 512 MB. */
const MOST_TAPES = 16;
const MOST_FLOATS = 128 * 1024 * 1024;

/**
 * A small pool of tapes, which training uses again from step to step.
 *
 * A run whose backward pass is done gives its tape back. Evaluation never calls backward, so when the pool is full the
 * tape that was taken the longest time ago is taken away from its run.
 */
export class Tapes {
  /** The one that was taken last stands last. */
  readonly #tapes: Tape[] = [];
  readonly #free = new Set<Tape>();

  /** A tape of at least `length` floats with anything in it. */
  take(length: number, owner: object): Tape {
    const tape = this.#fitting(length) ?? this.#add(length);
    this.#free.delete(tape);
    this.#tapes.splice(this.#tapes.indexOf(tape), 1);
    this.#tapes.push(tape);
    tape.owner = owner;
    return tape;
  }

  /** The owner has no further use for it, but may look at it as long as nobody takes it. */
  giveBack(tape: Tape): void {
    this.#free.add(tape);
  }

  /** A free tape, not much too large: the smallest. */
  #fitting(length: number): Tape | undefined {
    let best: Tape | undefined;
    for (const tape of this.#free) {
      if (fits(tape, length) && !(best && best.data.length <= tape.data.length)) best = tape;
    }
    return best;
  }

  #add(length: number): Tape {
    const floats = () => this.#tapes.reduce((total, { data }) => total + data.length, length);
    while (this.#tapes.length >= MOST_TAPES || (this.#tapes.length > 1 && floats() > MOST_FLOATS)) {
      const oldest = this.#tapes.find((tape) => this.#free.has(tape)) ?? this.#tapes[0]!;
      if (fits(oldest, length)) return oldest;
      this.#tapes.splice(this.#tapes.indexOf(oldest), 1);
      this.#free.delete(oldest);
    }
    const tape = { data: new Float32Array(length), owner: undefined };
    this.#tapes.push(tape);
    return tape;
  }
}

/** Large enough, and not much too large. */
function fits({ data }: Tape, length: number): boolean {
  return data.length >= length && data.length <= 2 * length + 4096;
}
