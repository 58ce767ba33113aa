/** What a cell has shown may ask the kernel, also after the cell has ended, until that cell is run again. */
import type { CellContext } from "./cell-context.js";
import type { Comms } from "./comms.js";

type Opened = Parameters<Comms["api"]["register"]>[1];

export class Listeners {
  /** The targets of each cell of the notebook, by its id. */
  readonly #targets = new Map<string, string[]>();

  constructor(
    private readonly context: CellContext,
    private readonly comms: Comms,
  ) {}

  /** Calls `opened` with each comm to `target`. */
  listen(target: string, opened: Opened): void {
    this.comms.api.register(target, opened);
    const place = this.context.owner?.place;
    if (place !== undefined) this.#targets.set(place, [...(this.#targets.get(place) ?? []), target]);
  }

  /** The cell is about to run again: what it had shown is shown no more. */
  end(place: string | undefined): void {
    if (place === undefined) return;
    for (const target of this.#targets.get(place) ?? []) this.comms.end(target);
    this.#targets.delete(place);
  }
}
