/** Runs compiled cells, and says how each ended. */
import vm from "node:vm";
import type { CellValue } from "../language/cells.js";
import { resultJson } from "./bundle.js";
import type { Cell, CellContext } from "./cell-context.js";
import type { LastDrawings } from "./last-drawings.js";
import type { CellOrder, Done, ErrorContent, FromMain } from "./link.js";
import type { Import, Modules, Require } from "./modules.js";
import type { Stacks } from "./stack.js";

type Exports = Record<string, unknown>;
type Body = (
  exports: Exports,
  require: Require,
  cells: CellExports,
  dynamicImport: Import,
) => CellValue | Promise<CellValue>;

/** The declarations of all cells. A cell that was interrupted before it began has none, but may be asked for. */
class CellExports extends Map<number, Exports> {
  override get(id: number): Exports {
    return super.get(id) ?? {};
  }
}

/** The wrapped one would belong to the cell, and end with it. */
const nextTurn = (
  (later) => () =>
    new Promise<void>((resolve) => later(resolve))
)(setImmediate);

export class CellRunner {
  readonly #exports = new CellExports();
  #running: Cell | undefined;
  /** The cell that was interrupted, until its last drawings are done. */
  #stopped: Cell | undefined;

  constructor(
    private readonly context: CellContext,
    private readonly modules: Modules,
    private readonly stacks: Stacks,
    private readonly drawings: LastDrawings,
    private readonly describe: (thrown: unknown) => ErrorContent,
    private readonly post: (message: FromMain) => void,
  ) {}

  /** Must be called from an event's handler: an interrupt unwinds all that is on the stack. */
  run(order: CellOrder): void {
    const { cell: id, place } = order;
    const cell: Cell = { id, ...(place !== undefined && { place }), isInterrupted: false, immediates: new Set() };
    this.#running = cell;
    this.context.start(cell, () => void this.#run(cell, order));
  }

  /** Whatever runs goes on to its next await, and no further. */
  stopAtAwait(): void {
    for (const stopped of [this.#running, this.context.current]) if (stopped) this.context.cancel(stopped);
  }

  /** The running cell has been stopped, or is waiting for something and must not go on. */
  interrupted(): void {
    const cell = this.#running;
    this.stopAtAwait();
    this.#running = this.context.current = undefined;
    if (cell) this.#stopped = cell;
  }

  /** Draws what the interrupted cell was about to show. */
  drawLast(): void {
    if (this.#stopped) this.context.within(this.#stopped, () => this.drawings.drawQuickly());
    this.#stopped = undefined;
  }

  /** What the cell that declared this name last holds under it; undefined where none did, or not yet. */
  declared(name: string): unknown {
    const exports = [...this.#exports.values()].reverse().find((declared) => Object.hasOwn(declared, name));
    try {
      return exports?.[name];
    } catch {
      return undefined; // a `const` of the running cell that stands further down
    }
  }

  async #run(cell: Cell, order: CellOrder): Promise<void> {
    const done = this.#drawn(await this.#outcome(order));
    await nextTurn(); // a promise that the cell rejected last is reported before the cell is over
    if (cell.isInterrupted) return;
    this.#running = undefined;
    // the cell came to its end, but an error in one of its timers or promises has been shown: it did not succeed
    const outcome: Done =
      done.status === "ok" && cell.failure ? { status: "error", error: cell.failure, isShown: true } : done;
    this.post({ op: "done", cell: cell.id, ...outcome });
  }

  /** The same outcome, or the error of what was drawn last. */
  #drawn(done: Done): Done {
    try {
      this.drawings.draw();
      return done;
    } catch (error) {
      return done.status === "error" ? done : { status: "error", error: this.describe(error), isShown: false };
    }
  }

  async #outcome({ cell, title, code, javascript, sourceMap, sidecars }: CellOrder): Promise<Done> {
    try {
      const file = `unroll-cell:${cell}`;
      this.stacks.add(file, title, code, sourceMap);
      this.modules.add(sidecars);
      const script = new vm.Script(javascript, {
        filename: file,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      const exports: Exports = {};
      this.#exports.set(cell, exports);
      const body = script.runInThisContext() as Body;
      const box = await body(exports, this.modules.require, this.#exports, this.modules.import);
      const result = await resultJson(box[0]);
      return { status: "ok", ...(result !== undefined && { result }) };
    } catch (error) {
      return { status: "error", error: this.describe(error), isShown: false };
    }
  }
}
