/** A process that is kept warm and does the work that it is asked for, one request at a time. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type Request =
  | { readonly do: "hello" }
  | { readonly do: "prepare"; readonly work: object }
  | { readonly do: "measure"; readonly seconds: number };

/** What a process answers: one line of JSON for each line of JSON that it reads. */
export type Answer = { readonly ok: object } | { readonly error: string };

/** The process is started with its first request, and again where it has died. */
export class Player {
  readonly #command: readonly string[];
  #child: ChildProcess | undefined;
  #stopped = false;
  #answered: ((answer: Answer) => void) | undefined;

  constructor(command: readonly string[]) {
    this.#command = command;
  }

  /** @throws the sentence that the process answers instead, or that it has ended */
  async ask<Reply>(request: Request): Promise<Reply> {
    if (this.#stopped) throw new Error("It was stopped.");
    const child = (this.#child ??= this.#start());
    const answer = await new Promise<Answer>((resolve) => {
      this.#answered = resolve;
      child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    if ("error" in answer) throw new Error(answer.error);
    return answer.ok as Reply;
  }

  /** Ends the process and whatever it has started. */
  stop(): void {
    this.#stopped = true;
    const { pid } = this.#child ?? {};
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.#child?.kill();
      else process.kill(-pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  }

  #start(): ChildProcess {
    const [program = "", ...programArguments] = this.#command;
    const child = spawn(program, programArguments, {
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32", // a group of its own, which Ctrl-C reaches only through us
      windowsHide: true,
    });
    let complaint = "";
    const ended = (how: string) => {
      if (this.#child === child) this.#child = undefined;
      this.#answered?.({ error: `${how}${complaint && `: ${complaint}`}` });
    };
    child.once("error", (error) => ended(error.message));
    child.once("close", (code, signal) => ended(`it ended with ${signal ?? `exit code ${code}`}`));
    child.stdin?.on("error", () => {}); // that it has ended is told by "close"
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint = chunk.toString().trim().split("\n").at(-1) ?? "";
    });
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.startsWith("{")) this.#answered?.(JSON.parse(line) as Answer);
    });
    return child;
  }
}
