import type { Content } from "../wire/messages.js";
import { type ExecuteOptions, type ExecuteReply, KernelClient } from "./client.js";
import { type KernelOptions, KernelProcess } from "./kernel-process.js";

/** How long a kernel may take until it answers, and until it ends by itself, in milliseconds. */
const START = 60_000;
const END = 5000;
/** Between finding a free port and taking it somebody else may come: then the kernel is started again. */
const ATTEMPTS = 3;

/** A kernel in a process of its own, and the client that talks to it. */
export class Kernel extends KernelClient {
  constructor(readonly process: KernelProcess) {
    super(process.connection);
    void process.death.then((reason) => this.close(reason));
  }

  /** A cell that cannot even be interrupted ends with its kernel. */
  override async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { timeout } = options;
    if (timeout === undefined) return super.execute(code, options);
    const reason = `The cell took longer than ${timeout / 1000} s, could not be interrupted, and was ended with its kernel.`;
    const timer = setTimeout(() => this.process.kill("SIGKILL", reason), timeout + END);
    return super.execute(code, options).finally(() => clearTimeout(timer));
  }

  /** Ends the kernel; resolves when its process is no more. */
  override async shutdown(options: { restart?: boolean } = {}): Promise<Content> {
    const timer = setTimeout(() => this.process.kill(), END);
    try {
      return await super.shutdown(options);
    } finally {
      clearTimeout(timer);
      await this.process.ended(END);
    }
  }
}

/**
 * Starts a kernel and connects to it.
 *
 * @throws KernelDied with the end of the kernel's stderr where it does not come up
 *
 * @example
 * const kernel = await startKernel({ folder: "notebooks" });
 * const reply = await kernel.execute("1 + 1", { onMessage: ({ header, content }) => console.log(header.msg_type, content) });
 * await kernel.shutdown();
 */
export async function startKernel(options: KernelOptions = {}): Promise<Kernel> {
  for (let attempt = 1; ; attempt++) {
    const kernel = new Kernel(await KernelProcess.start(options));
    const timer = setTimeout(() => kernel.process.kill(), START);
    try {
      await kernel.connect();
      return kernel;
    } catch (error) {
      kernel.process.kill();
      if (attempt === ATTEMPTS || !/is in use/.test((error as Error).message)) throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
