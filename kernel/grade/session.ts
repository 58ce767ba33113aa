/** One student's notebook in a process, and in a fresh one after each that had to be ended. */
import type { CompiledCell } from "./compiler.js";
import type { RestoredCell } from "./restore.js";
import type { CellFailure } from "./result.js";
import type { Room, Sandbox } from "./sandbox.js";
import type { Call } from "./student/requests.js";
import { type Outcome, StudentProcess } from "./student-process.js";

export interface SessionOptions extends Room {
  readonly sandbox: Sandbox;
  readonly cellSeconds: number;
  /** When all has to be over, on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

const MOST_OUTPUT = 10_000_000;
const MOST_STARTS = 60;

export class Session {
  #process: StudentProcess | undefined;
  #starts = 0;
  #hasCalled = false;
  /** Cells that ended a process: they are not run again. */
  readonly #harmful = new Set<number>();
  readonly #failures = new Map<number, CellFailure>();
  /** What the lecturer's cells declare: in a call their declarations count, whatever a student's cell calls so. */
  readonly #lecturers: ReadonlySet<string>;

  constructor(
    private readonly cells: readonly RestoredCell[],
    private readonly compiled: readonly CompiledCell[],
    private readonly options: SessionOptions,
  ) {
    this.#lecturers = new Set(
      compiled.flatMap((cell, index) => (cell.ok && !cells[index]!.isStudents ? cell.declared : [])),
    );
    options.signal?.addEventListener("abort", this.#abort);
  }

  /**
   * Cells of the student's that did not run to their end before anything was called: no hidden input had been sent then, so that none can stand
   * in a message.
   */
  get failures(): CellFailure[] {
    return [...this.#failures.entries()].sort(([a], [b]) => a - b).map(([, failure]) => failure);
  }

  /**
   * Runs the notebook, where that has not been done.
   *
   * @throws Error where no process can be started: that is no fault of the student's
   */
  async open(): Promise<Outcome | undefined> {
    while (!this.#process || this.#process.hasEnded) {
      await this.#process?.close();
      if (this.#remaining <= 0 || this.options.signal?.aborted || ++this.#starts > MOST_STARTS) return OVER;
      this.#process = new StudentProcess(this.options.sandbox, { ...this.options, output: MOST_OUTPUT });
      const start = await this.#process.started();
      if (!start.ok && start.end === "aborted") return start;
      if (!start.ok) throw new Error(`no process for the student's code could be started: ${start.message}`);
      await this.#runCells(this.#process);
    }
    return undefined;
  }

  /** @param milliseconds of wall time that the call may take */
  async call(call: Omit<Call, "id">, milliseconds: number): Promise<Outcome> {
    const isOver = await this.open();
    this.#hasCalled = true;
    return isOver ?? this.#process!.request(call, Math.max(1, Math.min(milliseconds, this.#remaining)));
  }

  async close(): Promise<void> {
    this.options.signal?.removeEventListener("abort", this.#abort);
    await this.#process?.close();
  }

  get #remaining(): number {
    return this.options.deadline - performance.now();
  }

  readonly #abort = () => this.#process?.end("aborted");

  async #runCells(process: StudentProcess): Promise<void> {
    const note = (index: number, message: string) => {
      if (!this.#hasCalled && this.cells[index]!.isStudents)
        this.#failures.set(index, { cell: this.cells[index]!.name, message });
    };
    for (const [index, cell] of this.compiled.entries()) {
      if (!cell.ok) note(index, cell.message);
      if (!cell.ok || !this.cells[index]!.runs || this.#harmful.has(index)) continue;
      const { javascript } = cell;
      const isOthers = (name: string) => this.cells[index]!.isStudents && this.#lecturers.has(name);
      const declared = cell.declared.filter((name) => !isOthers(name));
      const milliseconds = Math.max(1, Math.min(this.options.cellSeconds * 1000, this.#remaining));
      const outcome = await process.request({ op: "cell", cell: index + 1, javascript, declared }, milliseconds);
      if (outcome.ok) continue;
      note(index, outcome.end ? outcome.message : `${outcome.name}: ${outcome.message}`);
      if (!outcome.end) continue;
      this.#harmful.add(index);
      return;
    }
  }
}

const OVER: Outcome = { ok: false, end: "time", name: "time", message: "the submission as a whole took too long" };
