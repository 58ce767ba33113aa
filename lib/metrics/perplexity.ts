/**
 * Among how many equally probable tokens a language model is as undecided: e^nats.
 *
 * @param nats cross-entropy, the mean of −log p(token) over the tokens, ≥ 0
 * @returns ≥ 1
 * @throws when nats is not a number ≥ 0
 *
 * @example
 * console.log(perplexity(Math.log(27))); // 27: every character of 27 is as probable
 */
export function perplexity(nats: number): number {
  checkNats("perplexity", nats);
  return Math.exp(nats);
}

/**
 * How many bits a character costs when the model's probabilities are used to compress: nats / log 2.
 *
 * @param nats cross-entropy, the mean of −log p(token) over the tokens, ≥ 0
 * @param charactersPerToken how many characters a token has on average, > 0, when tokens are words or pieces of words
 * @returns ≥ 0
 * @throws when nats is not a number ≥ 0, or charactersPerToken is not one > 0
 *
 * @example
 * console.log(bitsPerCharacter(Math.log(8))); // 3
 */
export function bitsPerCharacter(
  nats: number,
  { charactersPerToken = 1 }: { charactersPerToken?: number } = {},
): number {
  checkNats("bitsPerCharacter", nats);
  if (!(charactersPerToken > 0 && charactersPerToken < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`bitsPerCharacter: charactersPerToken is ${charactersPerToken}, expected a number > 0`);
  }
  return nats / Math.LN2 / charactersPerToken;
}

function checkNats(what: string, nats: number): void {
  if (!(nats >= 0 && nats < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `${what}: the cross-entropy is ${nats}, expected nats ≥ 0: the mean of −log p over the tokens`,
    );
  }
}
