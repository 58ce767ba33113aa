import { exercise } from "../exercise.js";

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);

const perplexityOf = exercise({
  name: "15.1",
  asks: "the perplexity of a text",
  hint: "Three steps: `-Math.log` of each probability, the mean of these, and `Math.exp` of the mean.",
  solution: (p: number[]): number => Math.exp(-sum(p.map(Math.log)) / p.length),
  looks: [
    ["four letters, each with p = 1/4", (perplexity) => perplexity([0.25, 0.25, 0.25, 0.25])],
    ["one sure letter and one of p = 1/16", (perplexity) => perplexity([1, 1 / 16])],
    ["p = 0.5, 0.1, 0.9", (perplexity) => perplexity([0.5, 0.1, 0.9])],
  ],
  mistakes: [
    {
      attempt: (p) => -sum(p.map(Math.log)) / p.length,
      says: "These are the nats a letter. Perplexity is e to the power of that.",
    },
    { attempt: (p) => Math.exp(-sum(p.map(Math.log))), says: "That grows with the text: take the mean, not the sum." },
    {
      attempt: (p) => p.length / sum(p),
      says: "That takes the mean of the probabilities. Take the mean of their logarithms: a letter of p = 0 must cost infinitely much.",
    },
    { attempt: (p) => 2 ** (-sum(p.map(Math.log)) / p.length), says: "With `Math.log` the base is e, not 2." },
  ],
});

const mixed = exercise({
  name: "15.2",
  asks: "Witten and Bell's mixture",
  hint: "Add `types` more tokens to the `total` that were counted, and let the shorter context say how they are spread: a share of `shorter` each.",
  solution: (count: number, total: number, types: number, shorter: number): number =>
    (count + types * shorter) / (total + types),
  looks: [
    ["seen 3 of 4 times, 2 kinds, shorter says 0.5", (mixture) => mixture(3, 4, 2, 0.5)],
    ["never seen here, 10 times 5 kinds, shorter says 0.1", (mixture) => mixture(0, 10, 5, 0.1)],
    ["always the same: 20 of 20, 1 kind, shorter says 0.3", (mixture) => mixture(20, 20, 1, 0.3)],
  ],
  mistakes: [
    {
      attempt: (count, total) => count / total,
      says: "That is counting alone: what was never seen gets 0, and one such letter makes the whole text impossible.",
    },
    {
      attempt: (count, total, _, shorter) => (count + shorter) / (total + 1),
      says: "You set aside one token. Witten and Bell set aside as many as there were different ones: `types`.",
    },
    {
      attempt: (count, total, types, shorter) => (count + types * shorter) / total,
      says: "These do not sum to 1: what you add above must be added below, too.",
    },
  ],
});

const windowStart = exercise({
  name: "15.3",
  asks: "where a window begins",
  hint: "Each stream is `Math.floor((N - 1) / B)` letters long. Go to the stream first, then `window` times `T` further.",
  solution: (N: number, B: number, T: number, stream: number, window: number): number =>
    stream * Math.floor((N - 1) / B) + window * T,
  looks: [
    ["100 letters, B 10, T 3: stream 0, window 2", (start) => start(100, 10, 3, 0, 2)],
    ["100 letters, B 10, T 3: stream 4, window 0", (start) => start(100, 10, 3, 4, 0)],
    ["1,003,854 letters, B 32, T 64: stream 31, window 489", (start) => start(1_003_854, 32, 64, 31, 489)],
  ],
  mistakes: [
    {
      attempt: (_N, B, T, stream, window) => (window * B + stream) * T,
      says: "Then window 1 of a stream does not go on where its window 0 ended, and the carried state belongs to another place.",
    },
    {
      attempt: (N, B, T, stream, window) => stream * Math.floor(N / B) + window * T,
      says: "The last letter of all is only a target: N − 1 letters are read.",
    },
    {
      attempt: (_N, _B, T, stream, window) => stream + window * T,
      says: "Streams do not begin one letter apart: the text is cut into B long pieces.",
    },
  ],
});

const tempered = exercise({
  name: "15.4",
  asks: "probabilities at a temperature",
  hint: "e^{z/τ} is (e^z)^{1/τ}: raise each p to the power of `1 / tau`, then divide by the sum.",
  solution: (p: number[], tau: number): number[] => {
    const raised = p.map((value) => value ** (1 / tau));
    return raised.map((value) => value / sum(raised));
  },
  looks: [
    ["0.8 and 0.2 at τ = 0.5", (temper) => temper([0.8, 0.2], 0.5)],
    ["0.5, 0.3, 0.2 at τ = 2", (temper) => temper([0.5, 0.3, 0.2], 2)],
    ["0.5, 0.3, 0.2 at τ = 1", (temper) => temper([0.5, 0.3, 0.2], 1)],
  ],
  mistakes: [
    {
      attempt: (p, tau) => {
        const raised = p.map((value) => value ** tau);
        return raised.map((value) => value / sum(raised));
      },
      says: "The wrong way round: a low temperature must make the probable more probable.",
    },
    {
      attempt: (p) => p.map((value) => value / sum(p)),
      says: "Divided by τ and then by their sum, probabilities are what they were: it is the logits that are divided by τ.",
    },
    {
      attempt: (p, tau) => p.map((value) => value ** (1 / tau)),
      says: "These do not sum to 1: divide by their sum.",
    },
  ],
});

const nucleusSize = exercise({
  name: "15.5",
  asks: "how many tokens the nucleus has",
  hint: "Sort from large to small, and add up until the share is reached. The token that reaches it belongs to it.",
  solution: (p: number[], share: number): number => {
    const sorted = [...p].sort((a, b) => b - a);
    let [inside, total] = [0, 0];
    while (inside < sorted.length && total < share) total += sorted[inside++]!;
    return inside;
  },
  looks: [
    ["0.5, 0.25, 0.125, 0.125 and 0.7", (size) => size([0.5, 0.25, 0.125, 0.125], 0.7)],
    ["0.125, 0.25, 0.5, 0.125 and 0.8", (size) => size([0.125, 0.25, 0.5, 0.125], 0.8)],
    ["one sure token and 0.9", (size) => size([0.01, 0.98, 0.01], 0.9)],
  ],
  mistakes: [
    {
      attempt: (p, share) => {
        const sorted = [...p].sort((a, b) => b - a);
        let [inside, total] = [0, 0];
        while (inside < sorted.length && total + sorted[inside]! <= share) total += sorted[inside++]!;
        return inside;
      },
      says: "One too few: the token that reaches the share belongs to the nucleus, else a single sure token would leave none.",
    },
    {
      attempt: (p, share) => {
        let [inside, total] = [0, 0];
        while (inside < p.length && total < share) total += p[inside++]!;
        return inside;
      },
      says: "Sort first: the nucleus is the fewest tokens that have the share together.",
    },
    {
      attempt: (p, share) => Math.ceil(share * p.length),
      says: "The share is one of probability, not of how many tokens there are.",
    },
  ],
});

export const lesson15 = [perplexityOf, mixed, windowStart, tempered, nucleusSize];
