/** The kernel's five sockets. */
import { Router, XPublisher } from "zeromq";
import { address, CHANNELS, type Channel, type Connection } from "./connection.js";
import { Outbox } from "./outbox.js";
import { receive } from "./receive.js";

/** How long messages that are still on their way may take when the kernel ends, in milliseconds. */
const LINGER = 1000;

export class Sockets {
  readonly #sockets: Record<Exclude<Channel, "iopub">, Router> & { iopub: XPublisher };
  readonly #outboxes: Record<Channel, Outbox>;

  private constructor() {
    // without a mark: a slow front end must not make the kernel drop output
    const options = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: LINGER };
    this.#sockets = {
      shell: new Router(options),
      control: new Router(options),
      stdin: new Router(options),
      hb: new Router(options),
      iopub: new XPublisher(options),
    };
    // every subscription is seen, also the second one to the same topic: each subscriber is to be welcomed
    this.#sockets.iopub.verbosity = "allSubs";
    this.#outboxes = Object.fromEntries(
      CHANNELS.map((channel) => [channel, new Outbox(this.#sockets[channel])]),
    ) as Record<Channel, Outbox>;
  }

  /** @throws Error with one sentence where an address cannot be bound */
  static async bind(connection: Connection): Promise<Sockets> {
    const sockets = new Sockets();
    for (const channel of CHANNELS) {
      const at = address(connection, channel);
      await sockets.#sockets[channel].bind(at).catch((error: NodeJS.ErrnoException) => {
        const reason =
          error.code === "EADDRINUSE" ? "is in use by another process" : `cannot be bound: ${error.message}`;
        throw new Error(`The ${channel} address ${at} ${reason}.`);
      });
    }
    return sockets;
  }

  send(channel: Channel, frames: (Uint8Array | string)[]): void {
    this.#outboxes[channel].send(frames);
  }

  /** Calls `hear` with the frames of each message until the socket is closed. */
  async listen(channel: Channel, hear: (frames: Buffer[]) => void): Promise<void> {
    for await (const frames of receive(this.#sockets[channel])) hear(frames);
  }

  /** Sends what is waiting, then closes. */
  async close(): Promise<void> {
    await Promise.all(CHANNELS.map((channel) => this.#outboxes[channel].flushed()));
    for (const channel of CHANNELS) this.#sockets[channel].close();
  }
}
