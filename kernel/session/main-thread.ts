/** The main thread, as the I/O thread sees it: it runs one cell after the other, and can be interrupted in whatever it does. */
import { Session } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import type { Flow } from "../execution/flow.js";
import type { CellOrder, CommOrder, Done, FromMain, ToMain } from "../execution/link.js";
import { interruptChildren } from "./children.js";

export type Outcome = Done | { status: "interrupted" };

/** How long the main thread may take to say that it has been interrupted before it is told again, in milliseconds. */
const AGAIN = 20;
/** How long it may take before it counts as busy and is unwound, in milliseconds. */
const BUSY = 10;
/**
 * How long it may go on after that before it is unwound once more, in milliseconds: a callback that has started itself again
 * through process.nextTick goes on by itself.
 */
const ONCE_MORE = 30;
/** How long it may go on before the programs that it may be waiting for are told, in milliseconds. */
const STUCK = 100;
/**
 * Node aborts where a callback is unwound whose beginning its async hooks have noted: AsyncLocalStorage turns them on. The
 * notes are deleted from within whatever runs, just before it ends.
 */
const FORGET_HOOKS = `{
  process.setUncaughtExceptionCaptureCallback(() => {});
  try {
    process._fatalException(); // what Node itself does behind an exception that nobody has caught
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
}`;

export class MainThread {
  #running: { cell: number; resolve: (outcome: Outcome) => void } | undefined;
  #interruption: Promise<void> | undefined;
  #turn = 0;
  #acknowledge: (turn: number) => void = () => {};

  /** @param listen gets everything but the end of cells and interrupts */
  constructor(
    private readonly port: MessagePort,
    flow: Flow,
    listen: (message: Exclude<FromMain, { op: "done" | "interrupted" }>) => void,
  ) {
    port.on("message", (message: FromMain) => {
      flow.taken(message);
      if (message.op === "done") this.#end(message, message.cell);
      else if (message.op === "interrupted") {
        flow.settle();
        this.#acknowledge(message.turn);
      } else listen(message);
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

  /** Runs the handler of a comm message, as soon as the main thread is free: a cell that awaits something lets it through. */
  handle(order: CommOrder): void {
    void (this.#interruption ?? Promise.resolve()).then(() => this.#post(order));
  }

  exit(): void {
    this.#post({ op: "exit" });
  }

  async #interrupt(): Promise<void> {
    // a thread that waits must not be unwound: the next thing that it does would be hit, whoever that belongs to
    if (!(await this.#acknowledged(BUSY))) {
      const isStuck = setTimeout(interruptChildren, STUCK);
      do await this.#unwind();
      while (!(await this.#acknowledged(ONCE_MORE)));
      clearTimeout(isStuck);
    }
    if (this.#running) await this.#acknowledged(undefined, "draw");
    this.#end({ status: "interrupted" });
  }

  /** Ends what the main thread does at this moment. */
  async #unwind(): Promise<void> {
    const session = new Session();
    session.connectToMainThread();
    session.post("Runtime.evaluate", { expression: FORGET_HOOKS });
    // it may have come to its end by now: a thread that does nothing can end nothing, and is given something
    const nudge = setInterval(() => this.#post({ op: "interrupt", turn: this.#turn }), AGAIN);
    await new Promise((resolve) => session.post("Runtime.terminateExecution", resolve));
    clearInterval(nudge);
    session.disconnect();
  }

  /**
   * When the main thread answers, it is out of the cell: nothing of it is on the stack, and all output has come.
   *
   * @param op "draw" lets it also draw what the cell was about to show
   * @returns whether it has answered within `patience` milliseconds
   */
  async #acknowledged(patience?: number, op: "interrupt" | "draw" = "interrupt"): Promise<boolean> {
    const turn = ++this.#turn;
    const tell = () => this.#post({ op, turn });
    const again = setInterval(tell, AGAIN); // the termination may have hit the handler of the message itself
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<boolean>((resolve) => {
      this.#acknowledge = (answered) => answered === turn && resolve(true);
      if (patience !== undefined) timer = setTimeout(resolve, patience, false);
    });
    tell();
    return answer.finally(() => {
      clearInterval(again);
      clearTimeout(timer);
    });
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
