/**
 * Comms are channels between a widget in the front end and an object of a cell.
 *
 * A message goes to the main thread at once, in front of the cells that wait, so that a cell can await a click. Only a comm
 * to a target that no cell has registered yet waits for the cells sent before it: one of them may register it.
 */
import type { CommOrder, CommPost, CommType } from "../execution/link.js";
import type { Content, Header, Message } from "../wire/messages.js";
import type { Owners } from "./owners.js";
import type { Publisher } from "./publisher.js";

export class Comms {
  readonly #targets = new Set<string>();
  /** The open ones: which target each belongs to. */
  readonly #open = new Map<string, string>();
  /** Messages of comms whose target is not known yet. */
  readonly #early: Message[] = [];
  /** Messages whose handlers have not ended, by the number that the main thread knows them under. */
  readonly #handled = new Map<number, Partial<Header>>();

  /** @param running the request of the cell that runs; cells that wait are there only while one runs */
  constructor(
    private readonly publisher: Publisher,
    private readonly owners: Owners,
    private readonly run: (order: CommOrder) => void,
    private readonly running: () => Message | undefined,
  ) {}

  /** Content of a comm_info_reply. */
  info({ target_name: target }: Content): Content {
    const found = [...this.#open].filter(([, name]) => target === undefined || target === null || name === target);
    return { status: "ok", comms: Object.fromEntries(found.map(([id, name]) => [id, { target_name: name }])) };
  }

  /** A message of the front end: it counts as busy until its handler has ended. */
  receive(message: Message): void {
    const { header, content } = message;
    this.publisher.status("busy", header);
    const id = String(content.comm_id);
    const isOpening = header.msg_type === "comm_open";
    if (isOpening ? this.#targets.has(String(content.target_name)) : this.#open.has(id)) this.#deliver(message);
    else if (this.running() && (isOpening || this.#early.some((other) => other.content.comm_id === id)))
      this.#early.push(message);
    else this.#refuse(message);
  }

  /** A cell has said that it takes comms to `target`, or that it does so no more. */
  setTarget(target: string, isKnown: boolean): void {
    if (!isKnown) this.#targets.delete(target);
    else {
      this.#targets.add(target);
      this.#decide();
    }
  }

  /** No cell runs or waits: a target that is not known by this time will not be. */
  idle(): void {
    for (const message of this.#early.splice(0)) this.#refuse(message);
  }

  /** The handler of a message has ended. */
  done(cell: number): void {
    const header = this.#handled.get(cell);
    this.#handled.delete(cell);
    if (header) this.#over(header);
  }

  /** A cell opens a comm, sends a message or closes. */
  post({ cell, type, id, target, content, metadata, buffers }: CommPost): void {
    if (type === "comm_open") this.#open.set(id, target);
    else if (type === "comm_close") this.#open.delete(id);
    this.publisher.publish(type, content, this.owners.of(cell)?.header ?? {}, { metadata, buffers });
  }

  /** Comms whose target has become known are opened, and get what was sent to them, in order. */
  #decide(): void {
    for (const message of this.#early.splice(0)) {
      const { comm_id, target_name } = message.content;
      const isReady = this.#open.has(String(comm_id)) || this.#targets.has(String(target_name));
      if (isReady) this.#deliver(message);
      else this.#early.push(message);
    }
  }

  #deliver(message: Message): void {
    const { header, content, buffers } = message;
    const type = header.msg_type as CommType;
    const id = String(content.comm_id);
    const target = this.#open.get(id) ?? String(content.target_name);
    if (type === "comm_close") this.#open.delete(id);
    else this.#open.set(id, target);
    const cell = this.owners.addPassing(message);
    this.#handled.set(cell, header);
    const bytes = buffers.map((buffer) => new Uint8Array(buffer)); // a copy: a view would bring all of its memory along
    this.run({ op: "comm", cell, type, id, target, data: content.data, buffers: bytes });
  }

  /** The front end is told that its comm is closed; a message to a comm that is closed has no answer. */
  #refuse({ header, content }: Message): void {
    if (header.msg_type === "comm_open")
      this.publisher.publish("comm_close", { comm_id: content.comm_id, data: {} }, header);
    this.#over(header);
  }

  /** Front ends take the last status for the kernel's: a running cell keeps it busy. */
  #over(header: Partial<Header>): void {
    this.publisher.status("idle", header);
    const running = this.running();
    if (running) this.publisher.status("busy", running.header);
  }
}
