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

/**
 * What front ends are sent in a millisecond: half of what our client reads. Text of one stream is collected, and counts as
 * characters alone.
 */
const MESSAGES_A_MOMENT = 10;
const CHARACTERS_A_MOMENT = 20_000;
/** How many milliseconds in which little was sent may be made up for. */
const BURST = 200;

export class Flow {
  readonly #sleep = new Int32Array(new SharedArrayBuffer(4));
  #stream: string | undefined;
  #due = 0;

  /** @param counts what the other thread's flow has */
  constructor(readonly counts = new Int32Array(new SharedArrayBuffer(8))) {}

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
    const now = performance.now();
    const time = (isCollected ? 0 : 1 / MESSAGES_A_MOMENT) + lengthOf(message) / CHARACTERS_A_MOMENT;
    this.#due = Math.max(this.#due, now - BURST) + time;
    if (this.#due > now) Atomics.wait(this.#sleep, 0, 0, this.#due - now);
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
