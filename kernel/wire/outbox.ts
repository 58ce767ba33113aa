/** Sends in order, one at a time: a ZeroMQ socket refuses a second `send` before the first is done. */
import type { MessageLike, Writable } from "zeromq";

export class Outbox {
  readonly #waiting: MessageLike[][] = [];
  #sending: Promise<void> | undefined;

  constructor(private readonly socket: Pick<Writable, "send">) {}

  send(frames: MessageLike[]): void {
    this.#waiting.push(frames);
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when everything has been handed to ZeroMQ. */
  async flushed(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    for (let next = 0; next < this.#waiting.length; next++) {
      // a peer that has gone away, or a socket closed at shutdown, must not stop the messages to others
      await this.socket.send(this.#waiting[next]!).catch(() => {});
    }
    this.#waiting.length = 0;
    this.#sending = undefined;
  }
}
