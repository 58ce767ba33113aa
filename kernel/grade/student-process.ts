/** A student's process, as the grader sees it: requests in, plain data out, and an end when it goes beyond its limits. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { libraryFolder } from "./library-files.js";
import { residentMemory } from "./resident-memory.js";
import { type Command, ENVIRONMENT, type Room, type Sandbox } from "./sandbox.js";
import { LONGEST } from "./student/codec.js";
import { ANSWERS, type Answer, type Call, READY, REQUESTS, type RunCell } from "./student/requests.js";

/** Why the process had to be ended, or ended by itself. */
export type End = "time" | "memory" | "output" | "answer" | "exit" | "aborted";

/** `undefined` in `end`: the code itself threw. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly end?: End; readonly name: string; readonly message: string };

/** What an end is called, to the student. */
export const ENDS: Readonly<Record<End, string>> = {
  time: "it took too long",
  memory: "it took too much memory",
  output: "it printed too much",
  answer: "what it returned is no plain data, or too much of it",
  exit: "it ended the process",
  aborted: "the grading was interrupted",
};

export interface StudentLimits extends Room {
  /** How much it may print, in bytes. */
  readonly output: number;
}

/** How often memory is looked at, in milliseconds. */
const WATCH = 50;
/** How long a fresh process may take until it is there, in milliseconds. */
const START = 30_000;
const main = fileURLToPath(new URL("./student/main.js", import.meta.url));

type Unnumbered<T> = T extends unknown ? Omit<T, "id"> : never;

export class StudentProcess {
  readonly #child: ChildProcess;
  readonly #command: Command;
  readonly #watch: NodeJS.Timeout;
  #id = READY;
  #printed = 0;
  #end: End | undefined;
  #pending: Buffer[] = [];
  #pendingLength = 0;
  #settle: ((outcome: Outcome) => void) | undefined;
  readonly #closed: Promise<void>;

  constructor(sandbox: Sandbox, limits: StudentLimits) {
    this.#command = sandbox(main, [libraryFolder], limits);
    const { program, args, cwd } = this.#command;
    // a group of its own: it can be ended as a whole, and a signal to "its group" does not reach the grader
    this.#child = spawn(program, args, {
      cwd,
      env: ENVIRONMENT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    this.#child.on("error", () => this.end("exit"));
    this.#closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#child.once("exit", () => this.end("exit"));
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on("data", (chunk: Buffer) => {
        this.#printed += chunk.length;
        if (this.#printed > limits.output) this.end("output");
      });
    const requests = this.#child.stdio[REQUESTS] as Writable;
    const answers = this.#child.stdio[ANSWERS] as Readable;
    requests.on("error", () => {}); // it has closed its end: the time will be up
    answers.on("error", () => {});
    answers.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#watch = setInterval(() => {
      const resident = residentMemory(this.#child.pid);
      if (resident !== undefined && resident > limits.memory) this.end("memory");
    }, WATCH);
  }

  /** Resolves when it waits for its first request. */
  started(): Promise<Outcome> {
    return this.#answer(START);
  }

  /** @param milliseconds of wall time until the process is ended */
  request(request: Unnumbered<RunCell> | Unnumbered<Call>, milliseconds: number): Promise<Outcome> {
    this.#id++;
    const answer = this.#answer(milliseconds);
    const requests = this.#child.stdio[REQUESTS] as Writable;
    if (!this.#end) requests.write(`${JSON.stringify({ ...request, id: this.#id })}\n`);
    return answer;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  end(why: End): void {
    if (this.#end) return;
    this.#end = why;
    clearInterval(this.#watch);
    kill(this.#child);
    this.#settle?.(ended(why));
  }

  /** Ends it, and resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.end("exit");
    for (const stream of this.#child.stdio) stream?.destroy();
    if (this.#child.pid !== undefined) await this.#closed;
    this.#command.remove();
  }

  #answer(milliseconds: number): Promise<Outcome> {
    if (this.#end) return Promise.resolve(ended(this.#end));
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end("time"), milliseconds);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(outcome);
      };
    });
  }

  #receive(chunk: Buffer): void {
    if (this.#end) return;
    this.#pending.push(chunk);
    this.#pendingLength += chunk.length;
    if (this.#pendingLength > 2 * LONGEST) this.end("answer");
    else if (chunk.includes(NEWLINE)) this.#takeLines();
  }

  #takeLines(): void {
    const all = Buffer.concat(this.#pending);
    const lines = all.toString("utf8").split("\n");
    const rest = lines.pop()!;
    this.#pending = rest ? [Buffer.from(rest)] : [];
    this.#pendingLength = rest.length;
    for (const line of lines) this.#take(line);
  }

  /** An answer to another question than the last is none: it is dropped. */
  #take(line: string): void {
    if (!this.#settle) return;
    try {
      const answer = parsed(line);
      if (answer.id !== this.#id) return;
      this.#settle(
        answer.ok ? { ok: true, value: answer.value } : { ok: false, name: answer.name, message: answer.message },
      );
    } catch {
      this.end("answer");
    }
  }
}

const NEWLINE = 10;
const DEEPEST = 100;

/** Only data comes out of JSON; what has another form than an answer is refused. */
function parsed(line: string): Answer {
  if (nesting(line) > DEEPEST) throw new RangeError("nested too deep");
  const { id, ok, value = null, name, message } = JSON.parse(line) as Record<string, unknown>;
  if (typeof id !== "number" || typeof ok !== "boolean") throw new TypeError("no answer");
  return ok ? { id, ok, value } : { id, ok, name: text(name, 100), message: text(message, 2000) };
}

function text(value: unknown, longest: number): string {
  return typeof value === "string" ? value.slice(0, longest) : "";
}

function nesting(json: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}

function ended(end: End): Outcome {
  return { ok: false, end, name: end, message: ENDS[end] };
}

/** The whole group, and on Windows, which has none, the process. */
function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    child.kill("SIGKILL"); // it has ended already
  }
}
