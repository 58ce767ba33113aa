/** Comms as a cell sees them: channels between its objects and those of the front end, open from either side. */
import { randomUUID } from "node:crypto";
import type { Cell, CellContext } from "./cell-context.js";
import type { CommOrder, CommType, ErrorContent, FromMain } from "./link.js";

type Bytes = readonly ArrayBufferView[];
type Opened = (comm: Comm, data: unknown, buffers: Uint8Array[]) => void;

interface Options {
  metadata?: object;
}

type Send = (type: CommType, comm: Comm, data: unknown, buffers?: Bytes, options?: Options) => void;

class Comm {
  #isOpen = true;
  #heard: (data: unknown, buffers: Uint8Array[]) => void = () => {};
  #closed: (data: unknown) => void = () => {};
  readonly #send: Send;

  constructor(
    readonly id: string,
    readonly target: string,
    send: Send,
  ) {
    this.#send = send;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(data: unknown = {}, buffers: Bytes = [], options: Options = {}): void {
    if (!this.#isOpen) throw new Error(`The comm to ${this.target} is closed: open another one.`);
    this.#send("comm_msg", this, data, buffers, options);
  }

  close(data: unknown = {}): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#send("comm_close", this, data);
  }

  onMessage(handler: (data: unknown, buffers: Uint8Array[]) => void): void {
    this.#heard = handler;
  }

  onClose(handler: (data: unknown) => void): void {
    this.#closed = handler;
  }

  /** A message of the front end has come. */
  static receive(comm: Comm, { type, data, buffers }: CommOrder): void {
    if (type === "comm_close") {
      comm.#isOpen = false;
      comm.#closed(data);
    } else comm.#heard(data, buffers);
  }
}

export class Comms {
  readonly #targets = new Map<string, Opened>();
  readonly #comms = new Map<string, Comm>();
  /** The message whose handler runs. */
  #handling: Cell | undefined;

  constructor(
    private readonly context: CellContext,
    private readonly describe: (thrown: unknown) => ErrorContent,
    private readonly post: (message: FromMain) => void,
  ) {}

  /** `Jupyter.comms` of a cell. */
  readonly api = Object.freeze({
    register: (target: string, opened: Opened): void => {
      if (typeof opened !== "function")
        throw new TypeError(`comms.register: expected a function that is called with each comm to ${target}.`);
      this.#targets.set(target, opened);
      this.post({ op: "comm_target", cell: this.#owner, target, isKnown: true });
    },
    unregister: (target: string): void => {
      this.#targets.delete(target);
      this.post({ op: "comm_target", cell: this.#owner, target, isKnown: false });
    },
    open: (target: string, data: unknown = {}, buffers: Bytes = [], options: Options = {}): Comm => {
      const comm = this.#add(randomUUID(), target);
      this.#send("comm_open", comm, data, buffers, options);
      return comm;
    },
  });

  /** Comms to `target` are refused from here on, and those that are open are closed. */
  end(target: string): void {
    this.api.unregister(target);
    for (const comm of this.#comms.values()) if (comm.target === target) comm.close();
  }

  /** Runs the handler of a message. Must be called from an event's handler, as cells are. */
  receive(order: CommOrder): void {
    const cell: Cell = { id: order.cell, isInterrupted: false, immediates: new Set() };
    this.#handling = cell;
    this.context.within(cell, () => {
      try {
        this.#handle(order);
      } catch (error) {
        this.post({ op: "publish", cell: cell.id, type: "error", content: JSON.stringify(this.describe(error)) });
      }
    });
    this.#done();
  }

  /** The handler that was running does so no more. */
  interrupted(): void {
    this.#done();
  }

  get #owner(): number {
    return this.context.owner?.id ?? 0;
  }

  #done(): void {
    if (this.#handling) this.post({ op: "comm_done", cell: this.#handling.id });
    this.#handling = undefined;
  }

  #handle(order: CommOrder): void {
    const { type, id, target, data, buffers } = order;
    if (type === "comm_open") {
      const opened = this.#targets.get(target);
      const comm = this.#add(id, target);
      if (opened) opened(comm, data, buffers);
      else comm.close();
      return;
    }
    const comm = this.#comms.get(id);
    if (type === "comm_close") this.#comms.delete(id);
    if (comm) Comm.receive(comm, order);
  }

  #add(id: string, target: string): Comm {
    const comm = new Comm(id, target, (...message) => this.#send(...message));
    this.#comms.set(id, comm);
    return comm;
  }

  #send(type: CommType, comm: Comm, data: unknown, buffers: Bytes = [], { metadata = {} }: Options = {}): void {
    if (type === "comm_close") this.#comms.delete(comm.id);
    this.post({
      op: "comm",
      cell: this.#owner,
      type,
      id: comm.id,
      target: comm.target,
      content: JSON.stringify({ comm_id: comm.id, ...(type === "comm_open" && { target_name: comm.target }), data }),
      metadata: JSON.parse(JSON.stringify(metadata)) as Record<string, unknown>,
      buffers: buffers.map(({ buffer, byteOffset, byteLength }) =>
        new Uint8Array(buffer, byteOffset, byteLength).slice(),
      ),
    });
  }
}
