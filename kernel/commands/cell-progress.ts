import type { WriteStream } from "node:tty";

const WIDTH = 100;

/** A line for each cell: ` [ 3/17]   1.2 s  const model = rnn(28, 128)`. On a terminal the seconds of the running cell go up. */
export class CellProgress {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: Pick<WriteStream, "write" | "isTTY" | "columns">) {}

  /** @param seconds how long the cell took; undefined when it begins */
  show(source: string, { number, total, seconds }: { number: number; total: number; seconds?: number }): void {
    const label = `[${String(number).padStart(String(total).length)}/${total}]`;
    const line = (time: number) => `${label} ${time.toFixed(1).padStart(6)} s  ${firstLine(source)}`;
    this.end();
    if (seconds !== undefined) this.stream.write(`${line(seconds)}\n`);
    else if (this.stream.isTTY) {
      const start = performance.now();
      const tick = () =>
        this.stream.write(
          `\r\u001b[K${line((performance.now() - start) / 1000).slice(0, (this.stream.columns || WIDTH) - 1)}`,
        );
      tick();
      this.#timer = setInterval(tick, 1000);
    }
  }

  /** The running cell's line goes away. */
  end(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.stream.write("\r\u001b[K");
  }
}

/** The first line that says what the cell is about. */
function firstLine(source: string): string {
  const lines = source.split("\n").filter((text) => text.trim() !== "");
  const line = lines.find((text) => !text.startsWith("import ")) ?? lines[0] ?? "";
  return line.length > WIDTH - 20 ? `${line.slice(0, WIDTH - 20)}…` : line;
}
