/** A Jupyter client: what a front end does, without one. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Request, Subscriber } from "zeromq";
import type { ErrorContent } from "../execution/link.js";
import { address, type Channel, type Connection } from "../wire/connection.js";
import { Codec } from "../wire/frames.js";
import { type Content, createHeader, type Message } from "../wire/messages.js";
import { Outbox } from "../wire/outbox.js";
import { receive } from "../wire/receive.js";

type Listener = (message: Message, channel: Channel) => void;
type AskingChannel = "shell" | "control" | "stdin";

export type ExecuteReply =
  | { status: "ok"; execution_count: number; user_expressions?: Content }
  | ({ status: "error"; execution_count: number; user_expressions?: Content } & ErrorContent)
  | { status: "aborted"; execution_count?: undefined; user_expressions?: undefined };

export interface ExecuteOptions {
  /** Hears everything that the cell publishes, in order. */
  onMessage?: (message: Message) => void;
  /** Answers the cell's `input()`; without it the cell is told that nobody is there. */
  onInput?: (prompt: string, isSecret: boolean) => string | Promise<string>;
  /** Milliseconds until the cell is interrupted; none by default. */
  timeout?: number;
  silent?: boolean;
  storeHistory?: boolean;
  stopOnError?: boolean;
  userExpressions?: Record<string, string>;
}

interface Pending {
  hear: Listener;
  reply?: Message;
  isIdle: boolean;
  resolve(reply: Message): void;
  reject(error: Error): void;
}

/** How long a kernel that is up may take to welcome a client or to answer it, in milliseconds. */
const PATIENCE = 500;

export class KernelClient {
  readonly #session = randomUUID();
  readonly #codec: Codec;
  readonly #sockets: Record<AskingChannel, Dealer> & { iopub: Subscriber };
  readonly #outboxes: Record<AskingChannel, Outbox>;
  readonly #pending = new Map<string, Pending>();
  readonly #listeners = new Set<Listener>();
  #failure: Error | undefined;
  #fail: (reason: Error) => void = () => {};
  readonly #closed = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor(private readonly connection: Connection) {
    this.#codec = new Codec(connection.key, connection.hash);
    this.#closed.catch(() => {}); // whoever waits for something hears of it
    // one identity: the kernel sends its questions to where the cell came from
    const dealer = () =>
      new Dealer({ routingId: this.#session, sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 0 });
    this.#sockets = {
      shell: dealer(),
      control: dealer(),
      stdin: dealer(),
      iopub: new Subscriber({ receiveHighWaterMark: 0, linger: 0 }),
    };
    const { shell, control, stdin } = this.#sockets;
    this.#outboxes = { shell: new Outbox(shell), control: new Outbox(control), stdin: new Outbox(stdin) };
  }

  /** Connects, and resolves when nothing that the kernel publishes can be missed any more. */
  async connect(): Promise<void> {
    const [up, welcomed] = [this.#next("kernel_info_reply"), this.#next("iopub_welcome")];
    for (const channel of ["shell", "control", "stdin", "iopub"] as const) {
      this.#sockets[channel].connect(address(this.connection, channel));
      void this.#read(channel);
    }
    this.#sockets.iopub.subscribe();
    this.send("shell", "kernel_info_request", {});
    await Promise.race([up, this.#closed]);
    await Promise.race([welcomed, delay(PATIENCE, undefined, { ref: false })]); // a kernel that is older than protocol 5.4 welcomes nobody
    // a request is over when the kernel's "idle" has been heard: where that is missed, the next one tells
    const isOver = () => this.request("shell", "kernel_info_request").then(() => true);
    while (!(await Promise.race([isOver(), delay(PATIENCE, false, { ref: false })])));
  }

  /** Hears every message, also those that belong to no request of this client. @returns how to stop */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sends a request and resolves with its reply, when the kernel has also said that it is done with it. */
  async request(
    channel: AskingChannel,
    type: string,
    content: Content = {},
    { onMessage = () => {} }: { onMessage?: Listener } = {},
  ): Promise<Message> {
    if (this.#failure) throw this.#failure;
    const header = createHeader(type, this.#session, "unroll");
    return new Promise((resolve, reject) => {
      this.#pending.set(header.msg_id, { hear: onMessage, isIdle: false, resolve, reject });
      this.sendFrames(channel, this.#codec.encode({ header, content }));
    });
  }

  /** Sends a message that is not answered, such as `comm_msg`. @returns its id */
  send(channel: AskingChannel, type: string, content: Content): string {
    const header = createHeader(type, this.#session, "unroll");
    this.sendFrames(channel, this.#codec.encode({ header, content }));
    return header.msg_id;
  }

  /** Sends frames as they are. */
  sendFrames(channel: AskingChannel, frames: (Uint8Array | string)[]): void {
    this.#outboxes[channel].send(frames);
  }

  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { onMessage = () => {}, onInput, timeout, silent = false, storeHistory = !silent } = options;
    const content = {
      code,
      silent,
      store_history: storeHistory,
      user_expressions: options.userExpressions ?? {},
      allow_stdin: onInput !== undefined,
      stop_on_error: options.stopOnError ?? true,
    };
    let isLate = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            void this.interrupt().catch(() => {});
          }, timeout);
    const hear: Listener = (message, channel) => {
      if (channel === "stdin") void this.#answer(message, onInput);
      else if (channel === "iopub") onMessage(message);
    };
    try {
      const reply = (await this.request("shell", "execute_request", content, { onMessage: hear }))
        .content as ExecuteReply;
      if (!isLate || reply.status !== "error") return reply;
      const evalue = `The cell took longer than ${timeout! / 1000} s and was interrupted.`;
      return { ...reply, ename: "TimeoutError", evalue, traceback: [`TimeoutError: ${evalue}`] };
    } finally {
      clearTimeout(timer);
    }
  }

  async kernelInfo(): Promise<Content> {
    return (await this.request("shell", "kernel_info_request")).content;
  }

  async interrupt(): Promise<void> {
    await this.request("control", "interrupt_request");
  }

  /** @param cursor counted in Unicode code points, as everywhere in Jupyter; the end of the code by default */
  async complete(code: string, cursor = [...code].length): Promise<Content> {
    return (await this.request("shell", "complete_request", { code, cursor_pos: cursor })).content;
  }

  async inspect(code: string, cursor = [...code].length, { detail = 0 }: { detail?: 0 | 1 } = {}): Promise<Content> {
    const content = { code, cursor_pos: cursor, detail_level: detail };
    return (await this.request("shell", "inspect_request", content)).content;
  }

  async isComplete(code: string): Promise<Content> {
    return (await this.request("shell", "is_complete_request", { code })).content;
  }

  /** Asks the kernel to end. @returns the reply's content */
  async shutdown({ restart = false } = {}): Promise<Content> {
    return (await this.request("control", "shutdown_request", { restart })).content;
  }

  /** One heartbeat, there and back. */
  async heartbeat(): Promise<void> {
    const socket = new Request({ linger: 0, connectTimeout: 1000 });
    socket.connect(address(this.connection, "hb"));
    await socket.send("ping");
    await socket.receive();
    socket.close();
  }

  /** Closes the sockets; what still waits for an answer fails with `reason`. */
  close(reason: Error): void {
    if (this.#failure) return;
    this.#failure = reason;
    this.#fail(reason);
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  /** Resolves when the next message of this type comes. */
  #next(type: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.listen(({ header }) => {
        if (header.msg_type !== type) return;
        stop();
        resolve();
      });
    });
  }

  async #read(channel: Exclude<Channel, "hb">): Promise<void> {
    for await (const frames of receive(this.#sockets[channel])) {
      const message = this.#codec.decode(frames);
      if (message) this.#hear(message, channel);
    }
  }

  #hear(message: Message, channel: Channel): void {
    for (const listener of this.#listeners) listener(message, channel);
    const id = message.parent.msg_id ?? "";
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.hear(message, channel);
    if (channel === "shell" || channel === "control") pending.reply = message;
    if (message.header.msg_type === "status") pending.isIdle = message.content.execution_state === "idle";
    if (!pending.reply || !pending.isIdle) return;
    this.#pending.delete(id);
    pending.resolve(pending.reply);
  }

  async #answer({ content }: Message, onInput: ExecuteOptions["onInput"]): Promise<void> {
    const value = await onInput?.(String(content.prompt), content.password === true);
    this.send("stdin", "input_reply", { status: "ok", value: value ?? "" });
  }
}
