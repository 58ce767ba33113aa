import type { WriteStream } from "node:tty";

const WIDTH = 100;
/** To the start of the terminal's line, which is wiped. */
const CLEAR = "\r\u001b[K";

interface CellState {
  number: number;
  total: number;
  /** How long the cell took; undefined when it begins. */
  seconds?: number;
}

/**
 * A line for each cell: ` [ 3/17]   1.2 s  const model = rnn(28, 128)`. On a terminal the last line shows the cells that
 * are running, and their seconds go up.
 */
export class CellProgress {
  /** The line of each running cell, by its notebook's name. */
  readonly #running = new Map<string, () => string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: Pick<WriteStream, "write" | "isTTY" | "columns">) {}

  /** @param name of the notebook, where there are several */
  show(source: string, { number, total, seconds }: CellState, name = ""): void {
    const label = `${prefix(name)}[${String(number).padStart(String(total).length)}/${total}]`;
    const line = (time: number) => `${label} ${time.toFixed(1).padStart(6)} s  ${firstLine(source)}`;
    const start = performance.now();
    this.end(name);
    if (seconds !== undefined) this.#above(`${line(seconds)}\n`);
    else if (this.stream.isTTY) {
      this.#running.set(name, () => line((performance.now() - start) / 1000));
      this.#timer ??= setInterval(() => this.#draw(), 1000);
      this.#draw();
    }
  }

  /** Writes lines about a notebook. */
  say(text: string, name = ""): void {
    this.#above(`${prefix(name)}${text}\n`);
  }

  /** The notebook's running cell goes away. */
  end(name = ""): void {
    if (!this.#running.delete(name)) return;
    this.#draw();
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #above(text: string): void {
    if (this.#running.size === 0) this.stream.write(text);
    else {
      this.stream.write(`${CLEAR}${text}`);
      this.#draw();
    }
  }

  #draw(): void {
    const lines = [...this.#running.values()].map((line) => line());
    const each = Math.floor((this.stream.columns || WIDTH) / lines.length) - 2;
    this.stream.write(`${CLEAR}${lines.map((line) => line.slice(0, each)).join("  ")}`);
  }
}

export function prefix(name: string): string {
  return name && `${name}: `;
}

/** The first line that says what the cell is about. */
function firstLine(source: string): string {
  const lines = source.split("\n").filter((text) => text.trim() !== "");
  const line = lines.find((text) => !text.startsWith("import ")) ?? lines[0] ?? "";
  return line.length > WIDTH - 20 ? `${line.slice(0, WIDTH - 20)}…` : line;
}
