/** Who asked for what the main thread runs: its output belongs to that request. */
import type { Message } from "../wire/messages.js";

/** How many comm messages are remembered for output that comes late: a slider sends thousands. */
const REMEMBERED = 1000;

export class Owners {
  readonly #requests = new Map<number, Message>();
  readonly #passing: number[] = [];
  #count = 0;

  /** @returns a number that was never used before */
  add(request: Message): number {
    this.#requests.set(++this.#count, request);
    return this.#count;
  }

  /** The same for a message that is forgotten when enough others have come. */
  addPassing(message: Message): number {
    if (this.#passing.push(this.#count + 1) > REMEMBERED) this.#requests.delete(this.#passing.shift()!);
    return this.add({ ...message, content: {}, buffers: [] });
  }

  of(cell: number): Message | undefined {
    return this.#requests.get(cell);
  }
}
