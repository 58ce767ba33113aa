/** The main thread, as the I/O thread sees it: it runs one cell after the other, and can be interrupted in whatever it does. */
import { Session } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import type { CellOrder, Done, FromMain, ToMain } from "../execution/link.js";

export type Outcome = Done | { status: "interrupted" };

/** How long the main thread may take to say that it has been interrupted before it is told again, in milliseconds. */
const AGAIN = 20;

export class MainThread {
  #running: { cell: number; resolve: (outcome: Outcome) => void } | undefined;
  #interruption: Promise<void> | undefined;
  #turn = 0;
  #acknowledge: (turn: number) => void = () => {};

  /** @param listen gets everything but the end of cells and interrupts */
  constructor(
    private readonly port: MessagePort,
    listen: (message: Exclude<FromMain, { op: "done" | "interrupted" }>) => void,
  ) {
    port.on("message", (message: FromMain) => {
      if (message.op === "done") this.#end(message, message.cell);
      else if (message.op === "interrupted") this.#acknowledge(message.turn);
      else listen(message);
    });
  }

  async run(order: CellOrder): Promise<Outcome> {
    await this.#interruption; // a termination that is still under way must not hit this cell
    return new Promise((resolve) => {
      this.#running = { cell: order.cell, resolve };
      this.#post(order);
    });
  }

  /** Ends the running cell, wherever it is: in a loop, in a promise, or waiting for input. Resolves when it has ended. */
  interrupt(): Promise<void> {
    this.#interruption ??= this.#interrupt().finally(() => {
      this.#interruption = undefined;
    });
    return this.#interruption;
  }

  exit(): void {
    this.#post({ op: "exit" });
  }

  async #interrupt(): Promise<void> {
    const session = new Session();
    session.connectToMainThread();
    await new Promise((resolve) => session.post("Runtime.terminateExecution", resolve));
    session.disconnect();
    await this.#acknowledged();
    this.#end({ status: "interrupted" });
  }

  /** When the main thread answers, it is out of the cell: what was on its stack is unwound, and all output has come. */
  async #acknowledged(): Promise<void> {
    const turn = ++this.#turn;
    const tell = () => this.#post({ op: "interrupt", turn });
    const again = setInterval(tell, AGAIN); // the termination may have hit the handler of the message itself
    const acknowledged = new Promise<void>((resolve) => {
      this.#acknowledge = (answered) => answered === turn && resolve();
    });
    tell();
    await acknowledged;
    clearInterval(again);
  }

  #end(outcome: Outcome, cell = this.#running?.cell): void {
    if (this.#running?.cell !== cell) return;
    this.#running?.resolve(outcome);
    this.#running = undefined;
  }

  #post(message: ToMain): void {
    this.port.postMessage(message);
  }
}
