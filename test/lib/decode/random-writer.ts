import {
  additiveAttention,
  build,
  type Decoder,
  embedding,
  encoderDecoder,
  mapWeights,
  random,
  rnn,
  type SequencePairs,
  stacked,
  Tokens,
} from "unroll";

/** The token that begins and the one that ends, of the writers below. */
export const begin = 0;
export const end = 1;

/**
 * An encoder–decoder with random weights so large that what it expects depends on all it has written, with its sources.
 */
export function randomWriter(seed: number, { V = 4, B = 2, S = 3 }: { V?: number; B?: number; S?: number } = {}) {
  const next = random(seed);
  const model = encoderDecoder(
    stacked(embedding(V, 2), rnn(2, 3)),
    rnn(2 + 3, 4),
    { size: V, special: { begin, end } },
    { attention: additiveAttention(4, 3, 3), precision: "float64" },
  );
  const weights = mapWeights(model.init(next), (m) => build(m.rows, m.cols, () => 4 * next() - 2));
  const source = new Tokens(
    S,
    B,
    Int32Array.from({ length: S * B }, () => Math.floor(next() * V)),
  );
  const lengths = Array.from({ length: B }, () => 1 + Math.floor(next() * S));
  return { model, weights, source, lengths, decoder: model.start(weights, source, { lengths }) };
}

/** log p of each token of a text that is written from source i, as the model has it when it is taught that text. */
export function taughtLogProbability(
  { model, weights, source, lengths }: ReturnType<typeof randomWriter>,
  i: number,
  tokens: readonly number[],
): number {
  // a text that was cut off is taught with an end that is not counted
  const whole = tokens.at(-1) === end ? tokens : [...tokens, end];
  const batch: SequencePairs = {
    source: new Tokens(
      lengths[i]!,
      1,
      Int32Array.from({ length: lengths[i]! }, (_, s) => source.at(s)[i]!),
    ),
    target: new Tokens(whole.length + 1, 1, Int32Array.from([begin, ...whole])),
  };
  const logits = model.logits(weights, batch);
  return tokens.reduce((sum, token, t) => {
    const z = logits.at(t).toRows()[0]!;
    return sum + z[token]! - Math.log(z.reduce((total, value) => total + Math.exp(value), 0));
  }, 0);
}

/** A decoder that expects the same after every token: its state is only how much it has read. */
export function constantDecoder(logits: number[], texts = 1): Decoder<{ read: ReturnType<typeof build> }> {
  return {
    initialState: { read: build(texts, 1, () => 0) },
    step: ({ read }, ids) => ({
      logits: build(ids.length, logits.length, (_, j) => logits[j]!),
      state: { read: build(ids.length, 1, (i) => read.at(i, 0) + 1) },
    }),
  };
}
