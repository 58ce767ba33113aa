import { randomUUID } from "node:crypto";
import { display } from "./display.js";
import { host } from "./host.js";

/** An output that follows what it shows. */
export interface Live {
  /** Says that something has changed: the output is drawn again, soon. */
  update(): void;
  /** Draws the last state now. */
  flush(): void;
}

/**
 * An output that is drawn again in place while something changes, at most ten times a second, and always shows the
 * last state in the end, also where its cell fails or is interrupted. In a script it is at most once a second.
 *
 * @param make what is shown, made only when it is drawn
 * @param every milliseconds between two drawings
 *
 * @example
 * let count = 0;
 * const view = live(() => `${count} of 3`);
 * for (count = 1; count <= 3; count++) view.update();
 * view.flush();
 */
export function live(make: () => unknown, { every = 100 }: { every?: number } = {}): Live {
  const id = randomUUID();
  const period = host().isTerminal ? Math.max(every, 1000) : every;
  let shown = false;
  let changed = false;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    if (changed || !shown) draw();
  }

  function draw(): void {
    clearTimeout(timer);
    timer = undefined;
    changed = false;
    last = performance.now();
    display(make(), { id, update: shown });
    shown = true;
  }

  return {
    update() {
      changed = true;
      const wait = last + period - performance.now();
      if (wait <= 0) return draw();
      timer ??= setTimeout(flush, wait);
      host().atEnd?.(flush);
    },
    flush,
  };
}
