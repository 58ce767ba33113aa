/** A kernel's process, with the connection file that it was started with. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelArguments } from "../install/kernelspec.js";
import { CHANNELS, type Connection, connectionFields } from "../wire/connection.js";
import { freePorts } from "./free-ports.js";

/** How much of the kernel's stderr is kept for the message of its death, in characters. */
const TAIL = 2000;

export interface KernelOptions {
  /** Where the kernel runs: the notebook's folder. */
  folder?: string;
  /** Variables on top of this process' own. */
  env?: Record<string, string>;
  /** Starts another kernel than ours: its program and parameters. */
  command?: (connectionFile: string) => string[];
}

export class KernelDied extends Error {
  override name = "KernelDied";
}

export class KernelProcess {
  /** Resolves with the reason when the process has ended. */
  readonly death: Promise<KernelDied>;
  readonly #child: ChildProcess;
  #reason = "";

  private constructor(
    readonly connection: Connection,
    { folder = process.cwd(), env = {}, command: commandOf = kernelArguments }: KernelOptions,
  ) {
    const temporary = mkdtempSync(join(tmpdir(), "unroll-")); // nobody else may look into it
    const file = join(temporary, "connection.json");
    writeFileSync(file, JSON.stringify(connectionFields(connection)), { mode: 0o600 });
    const [command, ...parameters] = commandOf(file) as [string, ...string[]];
    this.#child = spawn(command, parameters, {
      cwd: folder,
      env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let tail = "";
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      tail = (tail + text).slice(-TAIL);
    });
    this.death = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(new KernelDied(`The kernel cannot be started: ${error.message}`)));
      this.#child.once("close", (code, signal) => {
        const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
        resolve(new KernelDied(this.#reason || `The kernel ${how}${tail.trim() ? `: ${tail.trim()}` : "."}`));
      });
    });
    void this.death.then(() => rmSync(temporary, { recursive: true, force: true }));
  }

  static async start(options: KernelOptions): Promise<KernelProcess> {
    const ports = await freePorts(CHANNELS.length);
    return new KernelProcess(
      {
        transport: "tcp",
        ip: "127.0.0.1",
        key: randomBytes(32).toString("hex"),
        hash: "sha256",
        ports: Object.fromEntries(CHANNELS.map((channel, index) => [channel, ports[index]!])) as Connection["ports"],
      },
      options,
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The number with which the process ended; null before that, or where a signal ended it. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** @param patience how long it may take to end by itself, in milliseconds; then it is ended */
  async ended(patience: number): Promise<void> {
    const timer = setTimeout(() => this.kill(), patience);
    await this.death;
    clearTimeout(timer);
  }

  /** @param reason what the kernel's death is to say, in one sentence */
  kill(signal: NodeJS.Signals = "SIGKILL", reason = ""): void {
    this.#reason = reason;
    this.#child.kill(signal);
  }
}
