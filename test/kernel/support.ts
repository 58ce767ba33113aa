/** A real kernel in a process of its own, spoken to over its sockets. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecuteOptions, ExecuteReply } from "#kernel/client/client.js";
import type { KernelOptions } from "#kernel/client/kernel-process.js";
import { type Kernel, startKernel } from "#kernel/client/start-kernel.js";
import type { Content, Message } from "#kernel/wire/messages.js";

/** What a cell sent, and the kernel's reply to it. */
export class Ran {
  constructor(
    readonly reply: ExecuteReply,
    readonly messages: Message[],
  ) {}

  /** The types of what was published, without busy, idle and the echo of the code. */
  get types(): string[] {
    return this.messages.map((m) => m.header.msg_type).filter((type) => type !== "status" && type !== "execute_input");
  }

  contents(type: string): Content[] {
    return this.messages.filter((m) => m.header.msg_type === type).map((m) => m.content);
  }

  text(name: "stdout" | "stderr"): string {
    return this.contents("stream")
      .filter((content) => content.name === name)
      .map((content) => content.text)
      .join("");
  }

  /** The result's text. */
  get result(): unknown {
    return (this.contents("execute_result")[0]?.data as Content | undefined)?.["text/plain"];
  }
}

export class TestKernel {
  #starting: Promise<void> | undefined;
  #kernel: Kernel | undefined;

  constructor(private readonly options?: KernelOptions) {}

  get client(): Kernel {
    return this.#kernel!;
  }

  start(): Promise<void> {
    this.#starting ??= startKernel(this.options).then((kernel) => {
      this.#kernel = kernel;
    });
    this.#starting.catch(() => {}); // whoever needs the kernel waits for it, and sees why there is none
    return this.#starting;
  }

  async stop(): Promise<void> {
    await this.#starting?.then(() => this.client.shutdown()).catch(() => {});
    this.#starting = undefined;
  }

  async run(code: string, options: ExecuteOptions = {}): Promise<Ran> {
    const messages: Message[] = [];
    const reply = await this.client.execute(code, { ...options, onMessage: (message) => messages.push(message) });
    return new Ran(reply, messages);
  }

  /** Runs a cell that prints when it is about to stand still, interrupts it then, and gives back what came of it. */
  async runAndInterrupt(
    code: string,
    { onInterrupt, ...options }: ExecuteOptions & { onInterrupt?: () => void } = {},
  ): Promise<Ran> {
    const messages: Message[] = [];
    let started = () => {};
    const isUnderWay = new Promise<void>((resolve) => {
      started = resolve;
    });
    const reply = this.client.execute(code, {
      ...options,
      onMessage: (message) => {
        messages.push(message);
        if (message.header.msg_type === "stream") started();
      },
    });
    await isUnderWay;
    onInterrupt?.();
    await this.client.interrupt();
    return new Ran(await reply, messages);
  }
}

/** In the order in which the tests will need them. */
const kernels: TestKernel[] = [];

/** One kernel for all tests of a `describe` block; while they run, the next block's kernel loads TypeScript. */
export function kernelForTheseTests(options?: KernelOptions): TestKernel {
  const kernel = new TestKernel(options);
  const next = kernels.push(kernel);
  before(async () => {
    await kernel.start();
    void kernels[next]?.start();
  });
  after(() => kernel.stop());
  return kernel;
}

/** The last one that was started may belong to tests that were left out. */
after(() => Promise.all(kernels.map((kernel) => kernel.stop())));

/** A folder that is there for the tests of a `describe` block. */
export function folderForTheseTests(): string {
  const folder = mkdtempSync(join(tmpdir(), "unroll-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Code of a cell: what the library sees of the kernel. */
export const HOST = `(globalThis as any)[Symbol.for("unroll.host")]`;
