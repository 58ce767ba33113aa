import {
  additiveAttention,
  attentiveCaptioner,
  convolution,
  digitScenes,
  emoji,
  gru,
  imageStack,
  imagesOf,
  maxPooling,
  mnist,
  Picture,
  pictureCaptions,
  plot,
  random,
  Tokens,
  tokenF1,
  wordVocabulary,
  zeros,
} from "unroll";
import { tokens } from "./readers.js";
import type { Table } from "./refuses.js";

const nan = Number.NaN;
const shape = { height: 1, width: 2, channels: 1 };
const dot = new Picture(shape, Uint8Array.of(255, 0));
const tall = new Picture({ ...shape, height: 2 }, new Uint8Array(4));
const words = wordVocabulary("a dot", { special: ["pad", "begin", "end"] });

const eye = imageStack({ height: 4, width: 4, channels: 1 }, (image) => convolution(image, { filters: 3 }));
const target = { size: 6, special: { begin: 0, end: 1 } };
const attention = additiveAttention(5, 3, 4);
const model = attentiveCaptioner(eye, gru(2 + 3, 5), target, attention);
const weights = model.init(random(1));
const captions = new Tokens(3, 1, Int32Array.of(0, 2, 1));

/** Pictures with captions, their reader, and how they are shown and judged. */
export const captioning: Table = {
  Picture: [
    ["no height", () => new Picture({ ...shape, height: 0 }, new Uint8Array(0)), /Picture: height is 0, expected/],
    ["two channels", () => new Picture({ ...shape, channels: 2 }, new Uint8Array(4)), /channels is 2, expected 1 for/],
    ["too few bytes", () => new Picture(shape, new Uint8Array(1)), /Picture: 1×2×1 needs 2 bytes, got 1/],
  ],
  imagesOf: [
    ["no pictures", () => imagesOf([]), /imagesOf: there are no pictures/],
    ["pictures of two shapes", () => imagesOf([dot, tall]), /imagesOf: picture 1 is 2×2×1, the first is 1×2×1/],
  ],
  pictureCaptions: [
    ["no rows", () => pictureCaptions([], words), /pictureCaptions: there are no examples/],
    [
      "a vocabulary without begin",
      () => pictureCaptions([{ picture: dot, caption: "a" }], wordVocabulary("a dot")),
      /pictureCaptions: the vocabulary has no <begin>/,
    ],
    ["an unknown word", () => pictureCaptions([{ picture: dot, caption: "a cat" }], words), /"cat"/],
    [
      "pictures of two shapes",
      () =>
        pictureCaptions(
          [dot, tall].map((picture) => ({ picture, caption: "a" })),
          words,
        ),
      /pictureCaptions: picture 1 is 2×2×1/,
    ],
    [
      "a picture that is not there",
      () => pictureCaptions([{ picture: dot, caption: "a" }], words).batch([1]),
      /pictureCaptions: there is no example 1/,
    ],
  ],
  digitScenes: [
    ["no scenes", () => digitScenes(mnist().test, 0, random(1)), /digitScenes: count is 0, expected a whole/],
    ["NaN scenes", () => digitScenes(mnist().test, nan, random(1)), /digitScenes: count is NaN/],
    [
      "no digits",
      () => digitScenes(mnist().test.slice(0, 0), 1, random(1)),
      /there are 0 digits of 28×28, expected some/,
    ],
  ],
  emoji: [
    ["a size of 0", () => emoji({ size: 0 }), /emoji: size is 0, expected a whole number ≥ 1/],
    ["a size of NaN", () => emoji({ size: nan }), /emoji: size is NaN/],
  ],
  tokenF1: [
    ["no sentence", () => tokenF1([], []), /tokenF1: 0 hypotheses for 0 references, expected as many, at least/],
    ["other numbers", () => tokenF1(["a"], ["a", "b"]), /tokenF1: 1 hypotheses for 2 references/],
  ],
  imageStack: [
    ["no layer", () => imageStack({ height: 4, width: 4, channels: 1 }), /imageStack: there is no layer/],
    [
      "a layer for another picture",
      () => imageStack({ height: 4, width: 4, channels: 1 }, () => maxPooling({ height: 2, width: 2, channels: 1 })),
      /imageStack: the first layer reads 4 numbers, the image 4×4×1 has 16/,
    ],
  ],
  attentiveCaptioner: [
    [
      "a vocabulary without end",
      () => attentiveCaptioner(eye, gru(5, 5), { size: 6, special: { begin: 0 } }, attention),
      /attentiveCaptioner: the vocabulary has no end token/,
    ],
    [
      "an attention of another width",
      () => attentiveCaptioner(eye, gru(5, 5), target, additiveAttention(5, 2, 4)),
      /attentiveCaptioner: the attention was made for querySize 5 and memorySize 2, expected/,
    ],
    [
      "a writer without room for words",
      () => attentiveCaptioner(eye, gru(3, 5), target, attention),
      /attentiveCaptioner: the decoder's inputSize is 3, expected more than 3/,
    ],
    [
      "a moment to ask that there is not",
      () => attentiveCaptioner(eye, gru(5, 5), target, attention, { asks: "never" as never }),
      /attentiveCaptioner: asks is "never", expected before or after/,
    ],
    [
      "a dropout of 1",
      () => attentiveCaptioner(eye, gru(5, 5), target, attention, { dropout: 1 }),
      /rate is 1, expected/,
    ],
    [
      "a smoothing of NaN",
      () => attentiveCaptioner(eye, gru(5, 5), target, attention, { labelSmoothing: nan }),
      /attentiveCaptioner: .*NaN/,
    ],
    [
      "a precision that there is not",
      () => attentiveCaptioner(eye, gru(5, 5), target, attention, { precision: "half" as never }).init(random(1)),
      /precision: it is half/,
    ],
    [
      "pictures of another size",
      () => model.start(weights, zeros(2, 8)),
      /the images are 2×8, expected at least one row of 16/,
    ],
    ["no picture", () => model.start(weights, zeros(0, 16)), /the images are 0×16/],
    [
      "too few captions",
      () => model.lossAndGradients(weights, { images: zeros(2, 16), target: captions }),
      /attentiveCaptioner: 1 captions for 2 images/,
    ],
    [
      "a token that is not in the vocabulary",
      () => model.lossAndGradients(weights, { images: zeros(1, 16), target: new Tokens(3, 1, Int32Array.of(0, 6, 1)) }),
      /6/,
    ],
    [
      "a caption of one token",
      () => model.alignments(weights, { images: zeros(1, 16), target: tokens(1, 1) }),
      /nextTokens: the tokens are 1×1, expected/,
    ],
  ],
  "plot.pictures": [
    ["no picture", () => plot.pictures([]), /pictures: /],
    [
      "pictures of two shapes",
      () => plot.pictures([dot, tall].map((picture) => ({ picture }))),
      /pictures: expected pictures of one shape/,
    ],
    ["no column", () => plot.pictures([{ picture: dot }], { columns: 0 }), /pictures: columns is 0/],
  ],
  "plot.gaze": [
    ["a grid of nothing", () => plot.gaze(dot, [], { grid: { height: 0, width: 1 } }), /gaze: /],
    ["too few weights", () => plot.gaze(dot, [1], { grid: { height: 1, width: 2 } }), /gaze: 1 weights for 1×2 cells/],
    ["a weight that is none", () => plot.gaze(dot, [nan, 1], { grid: { height: 1, width: 2 } }), /a weight is NaN/],
  ],
};
