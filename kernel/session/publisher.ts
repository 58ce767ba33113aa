/**
 * What the kernel sends. Streams are collected for a moment, so that a loop that prints is a few messages and not thousands;
 * every other message waits until the text before it has gone.
 */
import { randomUUID } from "node:crypto";
import type { Channel } from "../wire/connection.js";
import type { Codec } from "../wire/frames.js";
import { type Content, createHeader, type Header, type Message } from "../wire/messages.js";

/** How long text is collected, in milliseconds, and how much of it. */
const MOMENT = 30;
const ENOUGH = 1_000_000;
/**
 * A browser draws all of a cell's text anew with each message that adds to it: behind much text the next is collected longer,
 * by a millisecond for so many characters, up to the longest time.
 */
const CHARACTERS_A_MILLISECOND = 2000;
const LONGEST_MOMENT = 1000;

interface Batch {
  parent: Partial<Header>;
  name: string;
  texts: string[];
  length: number;
}

export class Publisher {
  readonly #session = randomUUID();
  #batch: Batch | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** How much text the last request that printed has printed. */
  #printed: { parent: Partial<Header>; length: number } = { parent: {}, length: 0 };

  constructor(
    private readonly codec: Codec,
    private readonly send: (channel: Channel, frames: (Uint8Array | string)[]) => void,
  ) {}

  /** @param content an object, or JSON @param parent header of the request that caused it */
  publish(
    type: string,
    content: Content | string,
    parent: Partial<Header>,
    { metadata = {}, buffers = [] }: { metadata?: Content; buffers?: Uint8Array[] } = {},
  ): void {
    this.flush();
    const header = this.#header(type);
    this.send("iopub", this.codec.encode({ identities: [type], header, parent, metadata, content, buffers }));
  }

  status(state: "starting" | "busy" | "idle", parent: Partial<Header>): void {
    this.publish("status", { execution_state: state }, parent);
  }

  stream(name: string, text: string, parent: Partial<Header>): void {
    if (this.#batch && (this.#batch.name !== name || this.#batch.parent !== parent)) this.flush();
    this.#batch ??= { parent, name, texts: [], length: 0 };
    this.#batch.texts.push(text);
    this.#batch.length += text.length;
    if (this.#batch.length >= ENOUGH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#moment(parent));
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (!batch) return;
    if (this.#printed.parent !== batch.parent) this.#printed = { parent: batch.parent, length: 0 };
    this.#printed.length += batch.length;
    this.publish("stream", { name: batch.name, text: batch.texts.join("") }, batch.parent);
  }

  #moment(parent: Partial<Header>): number {
    const length = this.#printed.parent === parent ? this.#printed.length : 0;
    return Math.min(Math.max(MOMENT, length / CHARACTERS_A_MILLISECOND), LONGEST_MOMENT);
  }

  /** Answers a request on the channel that it came from. */
  reply(channel: Channel, request: Message, type: string, content: Content, metadata: Content = {}): void {
    const { identities, header: parent } = request;
    this.flush();
    this.send(channel, this.codec.encode({ identities, header: this.#header(type), parent, metadata, content }));
  }

  /** Tells subscribers that they are subscribed: from here on they miss nothing. */
  welcome(topic: Uint8Array): void {
    const content = { subscription: Buffer.from(topic).toString() };
    this.send("iopub", this.codec.encode({ identities: [topic], header: this.#header("iopub_welcome"), content }));
  }

  #header(type: string): Header {
    return createHeader(type, this.#session, "kernel");
  }
}
