/**
 * Which cell does the code that runs at this moment belong to?
 *
 * Output of a timer or of a promise belongs to the cell that started it, also after that cell has ended. And an interrupted
 * cell must not go on when something that it awaited arrives later.
 *
 * AsyncLocalStorage would know the first, but Node's async hooks, which it turns on, keep a stack that a termination leaves
 * unfinished, and Node aborts on it. V8's own promise hooks keep none.
 */
import { Session } from "node:inspector";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";
import { promiseHooks } from "node:v8";
import type { ErrorContent } from "./link.js";

export interface Cell {
  readonly id: number;
  /** Its id in the notebook. */
  readonly place?: string;
  isInterrupted: boolean;
  /** An error that nobody caught, and that was shown while the cell ran. */
  failure?: ErrorContent;
  readonly immediates: Set<NodeJS.Immediate>;
}

type Callback = (...args: unknown[]) => unknown;
type Start = (callback: Callback, ...rest: unknown[]) => NodeJS.Timeout | NodeJS.Immediate;

/** The class of what `setImmediate` returns. */
const Immediate = ((immediate) => {
  clearImmediate(immediate);
  return immediate.constructor as new () => NodeJS.Immediate;
})(setImmediate(() => {}));

/** A constructor that makes nothing: `new` returns the object that it was given. */
function Given(object: object): object {
  return object;
}

/** Writes a private field onto an object that exists already: quicker than a WeakMap, and `util.inspect` does not show it. */
class Mark extends (Given as unknown as new (object: object) => object) {
  #cell: Cell;

  constructor(object: object, cell: Cell) {
    super(object);
    this.#cell = cell;
  }

  static cellOf(object: object): Cell | undefined {
    return #cell in object ? object.#cell : undefined;
  }
}

export class CellContext {
  /** The cell whose code runs; undefined in code that cannot be told. */
  current: Cell | undefined;
  /** The cell that was started last. */
  last: Cell | undefined;
  /** The cell whose callback threw the exception that nobody caught. */
  #thrower: Cell | undefined;
  readonly #session = new Session();
  #isConnected = false;

  /** Where output goes. */
  get owner(): Cell | undefined {
    return this.current ?? this.last;
  }

  start(cell: Cell, run: () => void): void {
    this.last = cell;
    this.within(cell, run);
  }

  /** Runs what belongs to `cell`. */
  within(cell: Cell, run: () => void): void {
    this.current = cell;
    run();
    this.current = undefined;
  }

  /** The cell that an exception which nobody caught, or a promise that was rejected, belongs to. */
  culprit(promise?: Promise<unknown>): Cell | undefined {
    const cell = promise ? Mark.cellOf(promise) : this.#thrower;
    this.#thrower = undefined;
    return cell ?? this.owner;
  }

  /** Nothing that the cell has started goes on. */
  cancel(cell: Cell): void {
    cell.isInterrupted = true;
    // a termination inside of an immediate makes Node forget the ones behind it but still count them: it would spin for ever
    cell.immediates.forEach(clearImmediate);
    cell.immediates.clear();
  }

  /** From here on promises and timers remember their cell. */
  install(): void {
    promiseHooks.createHook({
      init: (promise) => {
        if (this.current) new Mark(promise, this.current);
      },
      before: (promise) => {
        this.current = Mark.cellOf(promise);
        if (this.current?.isInterrupted) this.#terminate();
      },
      after: () => {
        this.current = undefined;
      },
    });
    for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) this.#wrapTimer(name);
    const queue = globalThis.queueMicrotask;
    globalThis.queueMicrotask = (callback) => queue(this.#bound(callback as Callback, this.current) as () => void);
    process.once("exit", () => this.#session.disconnect()); // else Node waits, and says so on stderr
  }

  /** The code that runs ends here, without catch or finally: a promise cannot be kept from continuing in another way. */
  #terminate(): never {
    if (!this.#isConnected) this.#session.connect();
    this.#isConnected = true;
    this.current = undefined; // nothing below runs, also not what would reset it
    this.#session.post("Runtime.terminateExecution");
    for (;;);
  }

  /** `callback`, run in the context of `cell`; `fired` is told before. */
  #bound(callback: Callback, cell: Cell | undefined, fired: () => void = () => {}): Callback {
    const context = this;
    return function (this: unknown, ...args) {
      fired();
      if (cell?.isInterrupted) return;
      context.current = cell;
      try {
        return callback.apply(this, args);
      } catch (error) {
        context.#thrower = cell;
        throw error;
      } finally {
        context.current = undefined;
      }
    };
  }

  #wrapTimer(name: "setTimeout" | "setInterval" | "setImmediate"): void {
    const timers = createRequire(import.meta.url)("node:timers") as Record<typeof name, Start>;
    const original = timers[name];
    const wrapped: Start = (callback, ...rest) => {
      if (typeof callback !== "function") return original(callback, ...rest);
      const cell = this.current;
      const timer = original(
        this.#bound(callback, cell, () => {
          if (timer instanceof Immediate) cell?.immediates.delete(timer);
          else if (cell?.isInterrupted) clearInterval(timer);
        }),
        ...rest,
      );
      if (timer instanceof Immediate) cell?.immediates.add(timer);
      return timer;
    };
    Object.defineProperty(wrapped, "name", { value: name });
    const awaited = (original as { [promisify.custom]?: unknown })[promisify.custom];
    if (awaited) Object.defineProperty(wrapped, promisify.custom, { value: awaited });
    timers[name] = wrapped;
    (globalThis as unknown as Record<typeof name, Start>)[name] = wrapped;
    syncBuiltinESMExports();
  }
}
