import {
  bidirectional,
  buildSequence,
  convolution,
  dense,
  dropout,
  embedding,
  lstm,
  maxPooling,
  partsEmbedding,
  pooling,
  random,
  recurrent,
  reversed,
  rnn,
  stacked,
  standardised,
  Tokens,
  zeros,
} from "unroll";
import type { Table } from "./refuses.js";

const image = { height: 4, width: 4, channels: 1 };
const x = buildSequence(5, 2, 3, () => 0.5);
const tokens = new Tokens(5, 2, new Int32Array(10).fill(6));
const table = embedding(6, 3);

export const layers: Table = {
  recurrent: [
    [
      "a length beyond T",
      () => recurrent(rnn(3, 4)).forward(rnn(3, 4).init(random(1)), x, { lengths: [5, 9] }),
      /is 9, expected/,
    ],
    [
      "weights that are not there",
      () => recurrent(rnn(3, 4)).forward(undefined as never, x),
      /unroll: the weights are undefined/,
    ],
  ],
  stacked: [
    ["layers that do not fit", () => stacked(rnn(3, 4), rnn(5, 6)), /layer 1 was made for inputSize 5, but .* gives 4/],
    ["no layer", () => stacked(undefined as never), /asLayer: got undefined/],
  ],
  bidirectional: [
    [
      "two widths",
      () => bidirectional(rnn(3, 4), rnn(2, 4)),
      /bidirectional: one layer was made for inputSize 3, the other for 2/,
    ],
    ["one direction alone", () => bidirectional(lstm(3, 4), undefined as never), /asLayer: got undefined/],
  ],
  reversed: [
    ["a length beyond T", () => reversed(x, [5, 6]), /reversed: the length of sequence 1 is 6/],
    ["too few lengths", () => reversed(x, [5]), /reversed: there are 1 lengths for 2 sequences/],
  ],
  embedding: [
    ["no token", () => embedding(0, 3), /embedding: 0 tokens of 3 numbers are no table/],
    ["NaN as width", () => embedding(6, Number.NaN), /embedding: 6 tokens of NaN numbers/],
    [
      "a token beyond its table",
      () => table.forward(table.init(random(1)), tokens),
      /embedding: token 6 at step 0 of sequence 0 is not in the vocabulary, expected 0 … 5/,
    ],
    ["a sequence of numbers", () => table.forward(table.init(random(1)), x as never), /it reads Tokens, got Sequence/],
    [
      "to be the last of a stack that is read",
      () => table.summary({}),
      /embedding: it remembers nothing and so has no summary/,
    ],
  ],
  partsEmbedding: [
    ["no part", () => partsEmbedding(6, 3, 0), /partsEmbedding: 6 parts of 3 numbers, 0 a token, are no table/],
    ["to forget all", () => partsEmbedding(6, 3, 2, { forget: 1 }), /forget is 1, expected a number from 0 to below 1/],
    [
      "tokens without parts",
      () => partsEmbedding(6, 3, 2).forward(partsEmbedding(6, 3, 2).init(random(1)), tokens as never),
      /it reads TokenParts, got Tokens/,
    ],
  ],
  dense: [
    ["an output of no number", () => dense(3, 0), /dense: inputSize is 3 and outputSize is 0, both must be whole/],
    ["an x of another width", () => dense(4, 2).forward(dense(4, 2).init(random(1)), x), /X 10×3, W 4×2 .* do not fit/],
  ],
  dropout: [
    ["a rate of 1", () => dropout(3, 1), /dropout: the rate is 1, expected a number from 0 to below 1/],
    ["NaN as rate", () => dropout(3, Number.NaN), /dropout: the rate is NaN/],
    ["a width of 0", () => dropout(0, 0.5), /dropout: width is 0, expected a whole number ≥ 1/],
    ["an x of another width", () => dropout(4, 0.5).forward({}, x), /dropout: x has 3 columns, .* for width 4/],
  ],
  convolution: [
    ["no filter", () => convolution(image, { filters: 0 }), /convolution: filters is 0, expected a whole number ≥ 1/],
    [
      "weights of no size",
      () => convolution(image, { filters: 1, initialScale: 0 }),
      /convolution: initialScale is 0, expected a number > 0/,
    ],
    ["a picture without height", () => convolution({ ...image, height: Number.NaN }, { filters: 1 }), /height is NaN/],
    [
      "a window that is too large",
      () => convolution(image, { filters: 1, kernel: 5 }),
      /window of 5×5 does not fit into 4×4/,
    ],
    [
      "too much padding",
      () => convolution(image, { filters: 1, padding: 3 }),
      /convolution: the padding is 3, expected/,
    ],
    [
      "an unknown activation",
      () => convolution(image, { filters: 1, activation: "gelu" as never }),
      /activation is "gelu"/,
    ],
    [
      "pictures of another size",
      () => convolution(image, { filters: 1 }).forward({ W: zeros(9, 1), b: zeros(1, 1) }, x),
      /convolution: x has 3 columns, the layer was made for images of 4×4×1 = 16/,
    ],
  ],
  standardised: [
    [
      "pictures without width",
      () => standardised({ ...image, width: 0 }, { mean: 0, deviation: 1 }),
      /width is 0, expected/,
    ],
    [
      "pictures that are all alike",
      () => standardised(image, { mean: 0, deviation: 0 }),
      /standardised: deviation is 0, expected a number > 0/,
    ],
    [
      "NaN as mean",
      () => standardised(image, { mean: Number.NaN, deviation: 1 }),
      /standardised: mean is NaN, expected a finite number/,
    ],
    [
      "pictures of another size",
      () => standardised(image, { mean: 0, deviation: 1 }).forward({}, x),
      /standardised: x has 3 columns, the layer was made for images of 4×4×1 = 16/,
    ],
  ],
  maxPooling: [
    [
      "a window of no pixel",
      () => maxPooling(image, { size: 0 }),
      /maxPooling: size is 0, expected a whole number ≥ 1/,
    ],
    ["a window that is too large", () => maxPooling(image, { size: 5 }), /maxPooling: a window of 5×5 does not fit/],
    ["pictures of another size", () => maxPooling(image).forward({}, x), /maxPooling: x has 3 columns/],
  ],
  pooling: [
    ["no width", () => pooling(0, "max"), /pooling: width is 0, expected a whole number ≥ 1/],
    ["a kind that there is not", () => pooling(3, "sum" as never), /pooling: kind is "sum", expected max or mean/],
    ["an x of another width", () => pooling(2, "max").forward({}, x), /pooling: x has 3 columns, .* width 2/],
    [
      "a length beyond T",
      () => pooling(3, "mean").forward({}, x, { lengths: [5, 6] }),
      /the length of sequence 1 is 6/,
    ],
  ],
};
