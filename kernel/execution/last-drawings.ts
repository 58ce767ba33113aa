/** What a live figure or a progress bar has not drawn yet when its cell ends: the reader is to see the last state. */
import vm from "node:vm";

/** How long a drawing may take after an interrupt, in milliseconds: the one who interrupted is waiting. */
const PATIENCE = 250;

const BOUNDED = Symbol.for("unroll.drawing");
const bounded = new vm.Script(`globalThis[Symbol.for("${BOUNDED.description}")]()`, {
  filename: "node:unroll-drawing",
});

export class LastDrawings {
  readonly #draws = new Set<() => void>();

  add(draw: () => void): void {
    this.#draws.add(draw);
  }

  /** The cell has come to its end. @throws whatever a drawing throws */
  draw(): void {
    for (const draw of [...this.#draws]) {
      this.#draws.delete(draw);
      draw();
    }
  }

  /** The cell has been interrupted: a drawing that fails or takes long is left out. */
  drawQuickly(): void {
    for (const draw of [...this.#draws]) {
      try {
        Object.defineProperty(globalThis, BOUNDED, { value: draw, configurable: true });
        bounded.runInThisContext({ timeout: PATIENCE });
      } catch {
        // the interrupt is what the reader is told of
      } finally {
        Reflect.deleteProperty(globalThis, BOUNDED);
      }
      this.#draws.delete(draw); // not before: where the interrupt's own termination comes late, it is drawn again
    }
  }
}
