/** The language thread, as the I/O thread sees it: each method of `Cells` as a promise. */
import { Worker } from "node:worker_threads";
import type { Cells } from "../language/cells.js";

type Method = "compile" | "complete" | "inspect" | "isComplete";

export interface Call {
  id: number;
  method: Method;
  parameters: unknown[];
}

export type Reply = { id: number; result: unknown } | { id: number; failure: string };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class Language {
  #worker: Worker | undefined;
  #calls = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Starts to load TypeScript. @param folder where the notebook lies */
  constructor(private readonly folder: string) {
    this.#start();
  }

  call<M extends Method>(method: M, ...parameters: Parameters<Cells[M]>): Promise<ReturnType<Cells[M]>> {
    const worker = this.#worker ?? this.#start();
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage({ id, method, parameters } satisfies Call);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./language-thread.js", import.meta.url), {
      workerData: { folder: this.folder },
      stdout: true,
      stderr: true,
    });
    worker.on("message", (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ("failure" in reply) waiting?.reject(new Error(reply.failure));
      else waiting?.resolve(reply.result);
    });
    worker.on("error", (error) => {
      this.#worker = undefined; // the next call starts it again, without the declarations of earlier cells
      for (const { reject } of this.#waiting.values())
        reject(new Error(`The TypeScript thread has failed (${error.message}): restart the kernel.`));
      this.#waiting.clear();
    });
    this.#worker = worker;
    return worker;
  }
}
