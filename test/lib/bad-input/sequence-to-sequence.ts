import {
  additiveAttention,
  buildSequence,
  captioner,
  dropout,
  embedding,
  encoderDecoder,
  feedForward,
  gru,
  languageModel,
  multiplicativeAttention,
  random,
  scheduledSampling,
  stacked,
  Tokens,
  zeros,
} from "unroll";
import { readers, tokens } from "./readers.js";
import type { Table } from "./refuses.js";

const nan = Number.NaN;
const x = buildSequence(3, 2, 4, () => 0.5);
const lm = languageModel(6, gru(4, 5));
const attention = additiveAttention(5, 4, 3);
const attentionWeights = attention.init(random(1));

const target = { size: 6, special: { begin: 0, end: 1 } };
const encoder = stacked<Tokens>(embedding(6, 4), gru(4, 5));
const translator = encoderDecoder(encoder, gru(4, 5), target);
const translating = translator.init(random(1));
const pair = (ids: number[], source = tokens(2, 1)) => ({
  source,
  target: new Tokens(ids.length, 1, Int32Array.from(ids)),
});
const caption = captioner(feedForward(9, 4), lm);
const captioning = caption.init(random(1));

export const sequenceToSequence: Table = {
  additiveAttention: [
    ["a width of 0", () => additiveAttention(5, 4, 0), /additiveAttention: width is 0, expected a whole number ≥ 1/],
    [
      "a memory of another width",
      () =>
        attention.remember(
          attentionWeights,
          buildSequence(3, 2, 5, () => 0),
        ),
      /the memory is 3×2×5/,
    ],
    [
      "a query of another width",
      () => attention.attend(attentionWeights, zeros(2, 4), x),
      /the query is 2×4, expected 2×5/,
    ],
    [
      "a length beyond T",
      () => attention.remember(attentionWeights, x, { lengths: [3, 4] }),
      /length of sequence 1 is 4/,
    ],
    [
      "queries of another batch",
      () => attention.remember(attentionWeights, x).readAll(buildSequence(2, 3, 4, () => 0)),
      /the queries are 2×3×4, expected at least one step of/,
    ],
    [
      "a sequence that is not there",
      () => attention.remember(attentionWeights, x).select([2]),
      /attention: there is no sequence 2/,
    ],
  ],
  multiplicativeAttention: [
    ["NaN as size", () => multiplicativeAttention(nan, 4), /multiplicativeAttention: querySize is NaN/],
    [
      "two widths in a plain product",
      () => multiplicativeAttention(5, 4, { score: "dot" }),
      /score "dot" multiplies a query of 5/,
    ],
    [
      "an unknown score",
      () => multiplicativeAttention(4, 4, { score: "cosine" as never }),
      /score is "cosine", expected dot or/,
    ],
  ],
  encoderDecoder: [
    [
      "a vocabulary without end",
      () => encoderDecoder(encoder, gru(4, 5), { size: 6, special: { begin: 0 } }),
      /no end token/,
    ],
    [
      "a begin beyond the tokens",
      () => encoderDecoder(encoder, gru(4, 5), { size: 6, special: { begin: 6, end: 1 } }),
      /begin token is 6/,
    ],
    [
      "an attention of another size",
      () => encoderDecoder(encoder, gru(9, 5), target, { attention: additiveAttention(4, 5, 3) }),
      /attention was made for/,
    ],
    [
      "an unknown time to ask",
      () => encoderDecoder(encoder, gru(4, 5), target, { asks: "during" as never }),
      /asks is "during", expected before or after/,
    ],
    [
      "asking where nobody listens",
      () => encoderDecoder(encoder, gru(4, 5), target, { asks: "after" }),
      /asks is "after" but there is no attention to ask/,
    ],
    [
      "NaN as smoothing",
      () => encoderDecoder(encoder, gru(4, 5), target, { labelSmoothing: nan }),
      /encoderDecoder: labelSmoothing is NaN/,
    ],
    ["a dropout of 1", () => encoderDecoder(encoder, gru(4, 5), target, { dropout: 1 }), /dropout: the rate is 1/],
    [
      "a target without begin",
      () => translator.logits(translating, pair([2, 1])),
      /target 0 begins with token 2, expected/,
    ],
    ["a target without end", () => translator.logits(translating, pair([0, 2])), /the last token of target 0 is 2/],
    [
      "an unknown target token",
      () => translator.logits(translating, pair([0, 6, 1])),
      /token 6 at step 1 of target 0 is not in/,
    ],
    [
      "an unknown source token",
      () => translator.logits(translating, pair([0, 1], tokens(2, 1, 6))),
      /embedding: token 6 at step 0/,
    ],
    [
      "other numbers of texts",
      () => translator.logits(translating, pair([0, 1], tokens(2, 3))),
      /the sources are 2×3 and the targets 2×1/,
    ],
    [
      "NaN as sampling",
      () => translator.lossAndGradients(translating, pair([0, 1]), { sampling: nan }),
      /sampling is NaN, expected/,
    ],
    [
      "alignments without attention",
      () => translator.alignments(translating, pair([0, 1])),
      /without attention there are no/,
    ],
  ],
  scheduledSampling: [
    [
      "a rate above 1",
      () => scheduledSampling(translator, 2),
      /scheduledSampling: the rate is 2, expected a probability/,
    ],
    [
      "a rate that becomes NaN",
      () => scheduledSampling(translator, () => nan).lossAndGradients(translating, pair([0, 1])),
      /the rate is NaN/,
    ],
    [
      "NaN steps before",
      () => scheduledSampling(translator, 0.5, { step: nan }),
      /scheduledSampling: step is NaN, expected/,
    ],
    [
      "nothing to draw from",
      () => scheduledSampling(translator, 1).lossAndGradients(translating, pair([0, 1])),
      /no random to draw/,
    ],
  ],
  captioner: [
    ...readers((reader) => captioner(reader, lm)),
    [
      "a writer without state",
      () => captioner(feedForward(9, 4), languageModel(6, dropout(4, 0.1))),
      /the writer has no state/,
    ],
    [
      "pictures of another size",
      () => caption.start(captioning, zeros(2, 8)),
      /the images are 2×8, expected at least one row of 9/,
    ],
    ["no picture", () => caption.start(captioning, zeros(0, 9)), /the images are 0×9, expected at least one row/],
    [
      "too few captions",
      () => caption.lossAndGradients(captioning, { images: zeros(2, 9), target: tokens(3, 1) }),
      /1 captions for 2 images/,
    ],
  ],
};
