/** How fast training goes, and how long the rest will take. */
export class Pace {
  readonly #begin = performance.now();
  #steps = 0;
  #examples = 0;
  #tokens = 0;

  /** Since the beginning. */
  get seconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** After a batch of so many examples and, when the model counts them, tokens, with so many steps left. */
  after(stepsLeft: number, examples: number, tokens?: number) {
    this.#steps++;
    this.#examples += examples;
    this.#tokens += tokens ?? 0;
    const seconds = Math.max(this.seconds, 1e-9);
    return {
      examplesPerSecond: this.#examples / seconds,
      ...(tokens === undefined ? {} : { tokensPerSecond: this.#tokens / seconds }),
      secondsLeft: (stepsLeft * seconds) / this.#steps,
    };
  }
}
