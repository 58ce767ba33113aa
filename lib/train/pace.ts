/** How fast training goes, and how long the rest will take. */
export class Pace {
  readonly #begin = performance.now();
  #examples = 0;
  #tokens = 0;
  #examplesLeft: number;

  /** @param examples how many there are to go through */
  constructor(examples: number) {
    this.#examplesLeft = examples;
  }

  /** Since the beginning. */
  get seconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** After a batch of so many examples and, when the model counts them, tokens. */
  after(examples: number, tokens?: number) {
    this.#examples += examples;
    this.#examplesLeft -= examples;
    this.#tokens += tokens ?? 0;
    const seconds = Math.max(this.seconds, 1e-9);
    const examplesPerSecond = this.#examples / seconds;
    return {
      examplesPerSecond,
      ...(tokens === undefined ? {} : { tokensPerSecond: this.#tokens / seconds }),
      secondsLeft: this.#examplesLeft / examplesPerSecond,
    };
  }
}
