import type { Checkpoint, TrainingStep } from "../train/training.js";

/** How often a line is written where none can be written over, in milliseconds. */
const SELDOM = 30_000;
const OFTEN = 500;
/** To the start of the terminal's line, which is wiped. */
const CLEAR = "\r\u001b[K";

/** Says in a terminal how far a longer training is, and how long the rest takes. */
export class LongRunReport {
  #last = Number.NEGATIVE_INFINITY;
  #open = false;
  #losses = 0;
  #rights = 0;
  #count = 0;

  /** @param stream a terminal, where one line is written over and over, or a file */
  constructor(
    private readonly name: string,
    private readonly stream: { write(text: string): unknown; readonly isTTY?: boolean },
  ) {}

  goesOn({ losses, position: { epoch } }: Checkpoint): void {
    this.stream.write(`${this.name}: goes on from step ${losses.length}, epoch ${epoch}\n`);
  }

  step({ step, steps, epoch, epochs, loss, accuracy, secondsLeft, evaluation }: TrainingStep): void {
    this.#losses += loss;
    this.#rights += accuracy;
    this.#count++;
    const now = performance.now();
    const isKept = evaluation !== undefined || step === steps;
    if (!isKept && now - this.#last < (this.stream.isTTY ? OFTEN : SELDOM)) return;
    const words = [
      `${this.name}: step ${step} of ${steps}, epoch ${epoch} of ${epochs}`,
      `loss ${(this.#losses / this.#count).toFixed(4)}`,
      `right ${((100 * this.#rights) / this.#count).toFixed(1)} %`,
      ...(evaluation === undefined ? [] : [`evaluation ${Number(evaluation.toPrecision(5))}`]),
      `${clock(secondsLeft)} left`,
    ].join(" · ");
    this.#write(words, isKept);
    this.#last = now;
    if (isKept || !this.stream.isTTY) this.#losses = this.#rights = this.#count = 0;
  }

  /** What follows begins on a line of its own. */
  end(): void {
    if (this.#open) this.stream.write("\n");
    this.#open = false;
  }

  #write(words: string, isKept: boolean): void {
    const stays = isKept || !this.stream.isTTY;
    this.stream.write(`${this.stream.isTTY ? CLEAR : ""}${words}${stays ? "\n" : ""}`);
    this.#open = !stays;
  }
}

/** 75 seconds → "1:15", 3723 → "1:02:03". */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
