import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { projectFolder } from "./project.js";

/** A real JupyterLab, started as a user starts it. */
export class JupyterServer {
  readonly #process: ChildProcess;
  #output = "";

  /** @param folder the folder with the notebooks */
  constructor(folder: string, { options = [], env = {} }: { options?: string[]; env?: NodeJS.ProcessEnv } = {}) {
    const command = [join(projectFolder, "kernel", "bin", "unroll.mjs"), "start", folder, "--no-browser", ...options];
    this.#process = spawn(process.execPath, command, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      stream.on("data", (chunk) => {
        this.#output += chunk;
      });
    }
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Waits for the address that it prints. */
  async address(): Promise<URL> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const address = /http:\/\/\S+/.exec(this.#output);
        if (address) resolve(new URL(address[0]));
      };
      this.#process.stdout!.on("data", look);
      this.#process.once("exit", () => reject(new Error(`It ended before it was ready: ${this.#output}`)));
      look();
    });
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    return new Promise((resolve) => this.#process.once("exit", resolve));
  }

  /** Does what Ctrl-C does. */
  async stop(): Promise<number | null> {
    this.#process.kill("SIGINT");
    return this.ended();
  }
}
