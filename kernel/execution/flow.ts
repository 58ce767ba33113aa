/**
 * How far the main thread may run ahead. A loop that prints or shows without end is quicker than anybody can send or read:
 * what waits on the way would fill the memory, and the end of an interrupted cell would have to wait behind it.
 */
import type { FromMain } from "./link.js";

/** Places of the counts in the memory that both threads share. */
const POSTED = 0;
const TAKEN = 1;

/** How much may be on its way to the I/O thread: so many messages, or so many times 4,096 characters. */
const FULL = 1000;
const CHARACTERS = 4096;

/** Messages in a millisecond: half of what our client reads. */
const MESSAGES = { rate: 10, burst: 2000 };
/** Characters of text in a millisecond: in 3 seconds no more than the 3 MB that Jupyter's server hands on by default. */
const TEXT = { rate: 400, burst: 1_500_000 };
/** The longest wait behind one message, in milliseconds: a long text that is written at once is no flood. */
const LONGEST = 1000;

/** So much in a millisecond, and at once so much as has not been used before. */
class Pace {
  /** When what has been sent would be through, had it been sent at the rate. */
  #due = Number.NEGATIVE_INFINITY;

  constructor(private readonly limit: { rate: number; burst: number }) {}

  /** @returns how many milliseconds to wait */
  after(amount: number): number {
    const { rate, burst } = this.limit;
    const now = performance.now();
    this.#due = Math.min(Math.max(this.#due, now - burst / rate) + amount / rate, now + LONGEST);
    return this.#due - now;
  }
}

export class Flow {
  readonly #sleep = new Int32Array(new SharedArrayBuffer(4));
  readonly #messages = new Pace(MESSAGES);
  readonly #text = new Pace(TEXT);
  #stream: string | undefined;

  /** @param counts what the other thread's flow has */
  constructor(readonly counts: Int32Array = new Int32Array(new SharedArrayBuffer(8))) {}

  /** A message has been posted: waits while too many are on their way. An interrupt ends the waiting. */
  posted(message: FromMain): void {
    Atomics.add(this.counts, POSTED, cost(message));
    this.#keepPace(message);
    for (;;) {
      const taken = Atomics.load(this.counts, TAKEN);
      if (this.#underWay <= FULL) return;
      Atomics.wait(this.counts, TAKEN, taken);
    }
  }

  /** The message has been taken. */
  taken(message: FromMain): void {
    Atomics.add(this.counts, TAKEN, cost(message));
    if (this.#underWay <= FULL / 2) Atomics.notify(this.counts, TAKEN);
  }

  /** Nothing is on its way: an interrupt may have come between a message and its count. */
  settle(): void {
    Atomics.store(this.counts, TAKEN, Atomics.load(this.counts, POSTED));
    Atomics.notify(this.counts, TAKEN);
  }

  /** Right also where the counts have begun anew behind 2³¹. */
  get #underWay(): number {
    return (Atomics.load(this.counts, POSTED) - Atomics.load(this.counts, TAKEN)) | 0;
  }

  #keepPace(message: FromMain): void {
    const isCollected = message.op === "stream" && message.name === this.#stream;
    if (message.op === "stream") this.#stream = message.name;
    const wait = Math.max(
      isCollected ? 0 : this.#messages.after(1),
      message.op === "stream" ? this.#text.after(message.text.length) : 0,
    );
    if (wait > 0) Atomics.wait(this.#sleep, 0, 0, wait);
  }
}

function cost(message: FromMain): number {
  return 1 + Math.floor(lengthOf(message) / CHARACTERS);
}

function lengthOf(message: FromMain): number {
  if (message.op === "stream") return message.text.length;
  if (message.op === "comm") return message.buffers.reduce((sum, { length }) => sum + length, message.content.length);
  return message.op === "publish" ? message.content.length : 0;
}
