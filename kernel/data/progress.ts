import type { WriteStream } from "node:tty";

/** To the start of the terminal's line, which is wiped. */
const CLEAR = "\r\u001b[K";
const MILLISECONDS = 100;

/** One line on a terminal that says how much has come; elsewhere nothing. */
export class FetchProgress {
  #last = 0;
  #isShown = false;

  constructor(private readonly stream: Pick<WriteStream, "write" | "isTTY">) {}

  /** @param total about how many bytes come, and at least */
  show(name: string, bytes: number, total: number): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.#last < MILLISECONDS) return;
    this.#last = now;
    this.#isShown = true;
    const percent = Math.min(100, Math.round((100 * bytes) / Math.max(bytes, total)));
    this.stream.write(`${CLEAR}${name}: ${(bytes / 1e6).toFixed(1)} MB, ${percent} %`);
  }

  /** The line goes away. */
  end(): void {
    if (this.#isShown) this.stream.write(CLEAR);
    this.#isShown = false;
    this.#last = 0;
  }
}
