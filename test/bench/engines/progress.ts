/** What is seen of a bench while it runs: where it is, and how long the rest will take. */

/** How much is done of what was foreseen, and so how long the rest takes. */
export class TimeLeft {
  readonly #total: number;
  readonly #now: () => number;
  readonly #begin: number;
  #done = 0;

  /** @param total what is foreseen, in any unit */
  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
    this.#begin = now();
  }

  /** So much of it is done. */
  did(amount: number): void {
    this.#done += amount;
  }

  /** "3 min left", "40 s left", nothing before anything is done. */
  toString(): string {
    if (this.#done === 0) return "";
    const seconds = (((this.#now() - this.#begin) / 1000) * Math.max(0, this.#total - this.#done)) / this.#done;
    return seconds >= 90 ? `${Math.round(seconds / 60)} min left` : `${Math.ceil(seconds)} s left`;
  }
}

/** One line that is written again and again on a terminal; elsewhere one line for each job. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #job = "";

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** @param line where in the job it is; a terminal alone shows that */
  show(line: string, job: string, left: TimeLeft): void {
    const shown = [this.#stream.isTTY ? line : job, `${left}`].filter(Boolean).join(", ");
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[K${shown}`);
    else if (job !== this.#job) this.#stream.write(`${shown}\n`);
    this.#job = job;
  }

  clear(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }
}
