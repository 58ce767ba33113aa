import type { EngineMemory } from "./memory.js";

/** What a forward pass keeps for its backward pass: a piece of the engine's memory. */
export interface Tape {
  readonly address: number;
  readonly bytes: number;
  /** Whose numbers it holds. */
  owner: object | undefined;
  /** Whether they have been used: then it is the first to be given to somebody else. */
  used: boolean;
}

export interface Tapes {
  /** A tape for `owner`, who then holds no other: one that is there, taken from another where that must be. */
  take(owner: object, bytes: number): Tape | undefined;
}

/** Forward passes that may wait for their backward pass at the same time: a stack of both directions, four high. */
const MOST = 8;

/** The most that tapes hold together as long as there is one that may be taken away. */
const MOST_BYTES = 512 << 20;

export function openTapes(memory: EngineMemory): Tapes {
  const tapes: Tape[] = []; // the one that was taken last stands last

  function create(bytes: number): Tape | undefined {
    const address = memory.reserve(bytes);
    return address === undefined ? undefined : { address, bytes, owner: undefined, used: true };
  }

  function discard(tape: Tape): void {
    tapes.splice(tapes.indexOf(tape), 1);
    tape.owner = undefined;
    memory.release(tape.address);
  }

  const hold = () => tapes.reduce((sum, { bytes }) => sum + bytes, 0);
  const first = () => tapes.find(({ used }) => used) ?? tapes[0];

  /** Not larger than need be: else a long sequence would for ever keep the room of many short ones. */
  const fits = (tape: Tape, bytes: number) => tape.bytes >= bytes && tape.bytes <= 2 * bytes + 65536;

  return {
    take(owner, bytes) {
      for (const tape of tapes) if (tape.owner === owner) Object.assign(tape, { owner: undefined, used: true });
      const isFull = () => tapes.length >= MOST || hold() + bytes > MOST_BYTES;
      let tape = tapes.find((one) => one.used && fits(one, bytes));
      if (!tape && isFull()) tape = tapes.find((one) => fits(one, bytes));
      if (tape) tapes.splice(tapes.indexOf(tape), 1);
      else {
        while (tapes.length > 0 && isFull()) discard(first()!);
        while (!(tape = create(bytes))) {
          if (tapes.length === 0) return undefined;
          discard(first()!);
        }
      }
      Object.assign(tape, { owner, used: false });
      tapes.push(tape);
      return tape;
    },
  };
}
