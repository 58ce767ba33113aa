import {
  beamSearch,
  type Decoder,
  greedy,
  matrix,
  random,
  sample,
  sampleSteps,
  samplingProbabilities,
  selectRows,
  zeros,
} from "unroll";
import { type Row, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const decoder: Decoder = {
  initialState: { h: zeros(2, 1) },
  step: (state, ids) => ({ state, logits: zeros(ids.length, 4) }),
};
const silent: Decoder = { ...decoder, step: (state, ids) => ({ state, logits: withNaN(ids.length, 4) }) };

/** The same decoder with one text. */
const alone = ({ initialState, step }: Decoder): Decoder => ({
  initialState: "h" in initialState ? { h: zeros(1, 1) } : {},
  step,
});

/** What every way of writing refuses. */
const writing = (
  write: (decoder: Decoder, options: { begin: number | number[]; end?: number; maxLength: number }) => unknown,
): Row[] => [
  ["a length of 0", () => write(decoder, { begin: 0, maxLength: 0 }), /: maxLength is 0, expected a whole number ≥ 1/],
  ["NaN as length", () => write(decoder, { begin: 0, maxLength: nan }), /: maxLength is NaN/],
  [
    "a beginning too few",
    () => write(decoder, { begin: [0], maxLength: 3 }),
    /: there are 1 tokens to begin 2 texts with/,
  ],
  [
    "NaN as beginning",
    () => write(decoder, { begin: nan, maxLength: 3 }),
    /: token NaN is none, expected whole numbers ≥ 0/,
  ],
  ["an end below 0", () => write(decoder, { begin: 0, end: -1, maxLength: 3 }), /: token -1 is none/],
  [
    "no text",
    () => write({ ...decoder, initialState: {} }, { begin: 0, maxLength: 3 }),
    /initial state has no row, expected/,
  ],
  [
    "logits that are NaN",
    () => write(silent, { begin: 0, maxLength: 3 }),
    /: the decoder's matrix of logits holds NaN/,
  ],
];

export const decoders: Table = {
  greedy: writing(greedy),
  sample: [
    ...writing((decoder, options) => sample(decoder, { ...options, random: random(1) })),
    [
      "NaN as temperature",
      () => sample(decoder, { begin: 0, maxLength: 2, random: random(1), temperature: nan }),
      /temperature is NaN/,
    ],
  ],
  sampleSteps: [
    ...writing((decoder, options) => sampleSteps(alone(decoder), { ...options, random: random(1) }).next()).filter(
      ([what]) => what !== "a beginning too few",
    ),
    [
      "two texts",
      () => sampleSteps(decoder, { begin: 0, maxLength: 2, random: random(1) }),
      /sampleSteps: the decoder's initial state has 2 rows, expected one/,
    ],
    [
      "NaN as temperature, before anything is written",
      () => sampleSteps(alone(decoder), { begin: 0, maxLength: 2, random: random(1), temperature: nan }),
      /temperature is NaN/,
    ],
  ],
  beamSearch: [
    ...writing((decoder, options) => beamSearch(decoder, options)),
    [
      "a beam of no width",
      () => beamSearch(decoder, { begin: 0, maxLength: 2, width: 0 }),
      /beamSearch: the width is 0, expected/,
    ],
    [
      "NaN as penalty",
      () => beamSearch(decoder, { begin: 0, maxLength: 2, lengthPenalty: nan }),
      /the length penalty is NaN/,
    ],
    [
      "a sibling penalty below 0",
      () => beamSearch(decoder, { begin: 0, maxLength: 2, siblingPenalty: -1 }),
      /the sibling penalty is -1, expected a number ≥ 0/,
    ],
  ],
  samplingProbabilities: [
    [
      "a negative temperature",
      () => samplingProbabilities(zeros(1, 3), { temperature: -1 }),
      /the temperature is -1, expected/,
    ],
    [
      "no token to draw from",
      () => samplingProbabilities(zeros(1, 3), { topK: 0 }),
      /topK is 0, expected a whole number ≥ 1/,
    ],
    [
      "NaN as share",
      () => samplingProbabilities(zeros(1, 3), { topP: nan }),
      /topP is NaN, expected a number above 0, up to 1/,
    ],
    [
      "NaN among the logits",
      () => samplingProbabilities(withNaN(1, 3)),
      /samplingProbabilities: the matrix of logits holds NaN/,
    ],
  ],
  selectRows: [
    ["a row that is not there", () => selectRows({ h: zeros(2, 3) }, [2]), /there are no rows 2 … 2, it has 0 … 1/],
    ["NaN as a row", () => selectRows({ h: matrix([[1]]) }, [nan]), /there are no rows NaN/],
  ],
};
