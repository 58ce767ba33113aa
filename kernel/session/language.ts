/** The language thread, as the I/O thread sees it: each method of `Cells` as a promise. */
import { Worker } from "node:worker_threads";
import type { Cells, Compiled } from "../language/cells.js";

type Method = "compile" | "complete" | "inspect" | "isComplete";

export interface Call {
  id: number;
  method: Method;
  parameters: unknown[];
}

export type Reply = { id: number; result: unknown } | { id: number; failure: string };

interface Waiting {
  call: Call;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The id of calls that nobody waits for, and of the reply that tells that the thread is up. */
export const UNASKED = 0;

/** How long the thread may go on with a call that nobody waits for any more, in milliseconds. */
const PATIENCE = 5000;

/**
 * V8 would let the young objects of a thread take 48 MB. Nearly everything that TypeScript makes while it loads stays, so
 * 8 MB are as quick, and the process takes 20 MB less.
 */
const MEMORY = { maxYoungGenerationSizeMb: 8 };

export class Language {
  #worker: Worker | undefined;
  #isUp = false;
  #calls = UNASKED;
  readonly #waiting = new Map<number, Waiting>();
  /** The cells that declare something: a thread that begins anew has to know them. */
  readonly #declaring: Call[] = [];

  /** Starts to load TypeScript. @param folder where the notebook lies */
  constructor(
    private readonly folder: string,
    private readonly patience = PATIENCE,
  ) {
    this.#start();
  }

  call<M extends Method>(method: M, ...parameters: Parameters<Cells[M]>): Promise<ReturnType<Cells[M]>> {
    const worker = this.#worker ?? this.#start();
    const call: Call = { id: ++this.#calls, method, parameters };
    return new Promise((resolve, reject) => {
      this.#waiting.set(call.id, { call, resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage(call);
    });
  }

  /** Nobody waits for the last call any more. Where TypeScript does not come to an end with it, the thread is ended. */
  abandon(): void {
    const [worker, last] = [this.#worker, this.#calls];
    if (!worker || !this.#isUp) return;
    const giveUp = () => {
      if (worker === this.#worker && this.#waiting.has(last)) void worker.terminate();
    };
    setTimeout(giveUp, this.patience).unref();
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./language-thread.js", import.meta.url), {
      workerData: { folder: this.folder },
      resourceLimits: MEMORY,
      stdout: true,
      stderr: true,
    });
    let reason = "it was ended";
    worker.on("message", (reply: Reply) => this.#hear(reply));
    worker.on("error", (error) => {
      reason = error.message;
    });
    worker.on("exit", () => this.#failed(reason));
    for (const call of this.#declaring) worker.postMessage({ ...call, id: UNASKED });
    this.#worker = worker;
    return worker;
  }

  #hear(reply: Reply): void {
    this.#isUp = true;
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    if ("failure" in reply) waiting.reject(new Error(reply.failure));
    else {
      if (waiting.call.method === "compile" && declares(reply.result as Compiled)) this.#declaring.push(waiting.call);
      waiting.resolve(reply.result);
    }
  }

  /** The next call starts the thread again. */
  #failed(reason: string): void {
    this.#worker = undefined;
    this.#isUp = false;
    const error = new Error(
      `The TypeScript thread has failed (${reason}). It begins anew, and knows all earlier cells.`,
    );
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function declares(compiled: Compiled): boolean {
  return compiled.ok && compiled.declared.length > 0;
}
