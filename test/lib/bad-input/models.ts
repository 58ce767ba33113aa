import {
  additiveAttention,
  beamSearch,
  bidirectional,
  buildSequence,
  captioner,
  carried,
  classifier,
  type Decoder,
  dropout,
  embedding,
  encoderDecoder,
  esn,
  feedForward,
  greedy,
  gru,
  languageModel,
  matrix,
  multiplicativeAttention,
  nextTokens,
  RecurrentModel,
  random,
  regressor,
  reservoir,
  rnn,
  Sequence,
  sample,
  samplingProbabilities,
  scheduledSampling,
  selectRows,
  stacked,
  Tokens,
  tagger,
  zeros,
} from "unroll";
import { type Row, sequenceWithNaN, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const tokens = (steps: number, batch: number, id = 1) =>
  new Tokens(steps, batch, new Int32Array(steps * batch).fill(id));
const x = buildSequence(3, 2, 4, () => 0.5);

/** What every model refuses as that which reads. */
const readers = (make: (reader: never) => unknown): Row[] => [
  ["no cell", () => make(undefined as never), /asLayer: got undefined, expected a cell or a layer, such as lstm/],
  ["the name of a cell", () => make("lstm" as never), /asLayer: got lstm, expected a cell or a layer/],
];

const judge = classifier(rnn(4, 5), 3);
const judged = judge.init(random(1));
const lm = languageModel(6, gru(4, 5));
const lmWeights = lm.init(random(1));
const tags = tagger(rnn(4, 5), 3, { crf: true });
const reg = regressor(rnn(4, 5), 2);
const net = RecurrentModel.create(rnn(4, 5), 3, random(1));
const echo = esn(reservoir(4, 9), 4);
const echoWeights = echo.init(random(1));
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

const decoder: Decoder = {
  initialState: { h: zeros(2, 1) },
  step: (state, ids) => ({ state, logits: zeros(ids.length, 4) }),
};
const silent: Decoder = { ...decoder, step: (state, ids) => ({ state, logits: withNaN(ids.length, 4) }) };

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

export const models: Table = {
  classifier: [
    ...readers((reader) => classifier(reader, 3)),
    ["one class", () => classifier(rnn(4, 5), 1), /classifier: there are 1 classes, expected a whole number ≥ 2/],
    ["NaN classes", () => classifier(rnn(4, 5), nan), /classifier: there are NaN classes/],
    [
      "a layer without summary",
      () => classifier(dropout(4, 0.5), 3),
      /dropout: it remembers nothing and so has no summary/,
    ],
    [
      "a precision that there is not",
      () => classifier(rnn(4, 5), 3, { precision: "half" as never }).init(random(1)),
      /precision: it is half/,
    ],
    [
      "an x of another width",
      () => judge.logits(judged, sequenceWithNaN(3, 2, 3)),
      /rnn: x has 3 columns, .* inputSize 4/,
    ],
    [
      "an empty batch",
      () => judge.logits(judged, new Sequence(3, 0, 4)),
      /unroll: x is 3×0×4, expected at least one step/,
    ],
    [
      "one picture in place of a batch",
      () => judge.logits(judged, zeros(3, 4) as never),
      /unroll: x is Matrix, expected a/,
    ],
    [
      "a length beyond T",
      () => judge.logits(judged, x, { lengths: [3, 4] }),
      /the length of sequence 1 is 4, expected/,
    ],
    [
      "weights of a part only",
      () => judge.logits({ readout: judged.readout } as never, x),
      /unroll: the weights are undefined/,
    ],
    [
      "too few labels",
      () => judge.lossAndGradients(judged, { x, labels: [1] }),
      /1 labels for 2 rows, expected one for/,
    ],
    [
      "a label that is no class",
      () => judge.lossAndGradients(judged, { x, labels: [0, 3] }),
      /label 3 in row 1 is not a/,
    ],
    [
      "a step's guess of what reads both ways",
      () => {
        const both = classifier(bidirectional(rnn(4, 5), rnn(4, 5)), 3);
        return both.everyStep(both.init(random(1)), x);
      },
      /classifier: it also reads from the end and so knows nothing before it: ask logits/,
    ],
  ],
  regressor: [
    ...readers((reader) => regressor(reader, 2)),
    ["no output", () => regressor(rnn(4, 5), 0), /regressor: outputs is 0, expected a whole number ≥ 1/],
    [
      "NaN as tolerance",
      () => regressor(rnn(4, 5), 1, { tolerance: nan }),
      /regressor: tolerance is NaN, expected a number > 0/,
    ],
    [
      "targets of another width",
      () => reg.lossAndGradients(reg.init(random(1)), { x, targets: zeros(2, 3) }),
      /y is 2×2 and target 2×3/,
    ],
  ],
  tagger: [
    ...readers((reader) => tagger(reader, 3)),
    ["one tag", () => tagger(rnn(4, 5), 1), /tagger: there are 1 tags, expected a whole number ≥ 2/],
    [
      "targets of other steps",
      () => tags.lossAndGradients(tags.init(random(1)), { x, targets: tokens(2, 2) }),
      /tags are 2×2, expected 3×2/,
    ],
    [
      "the weights of one without CRF",
      () => tags.tags(tagger(rnn(4, 5), 3).init(random(1)), x),
      /tagger: the weights have no crf/,
    ],
  ],
  languageModel: [
    ...readers((reader) => languageModel(6, reader)),
    ["no token", () => languageModel(0, gru(4, 5)), /embedding: 0 tokens of 4 numbers are no table/],
    [
      "NaN as smoothing",
      () => languageModel(6, gru(4, 5), { labelSmoothing: nan }),
      /languageModel: labelSmoothing is NaN/,
    ],
    [
      "a layer that looks ahead",
      () => languageModel(6, bidirectional(gru(4, 2), gru(4, 2))),
      /languageModel: the layer also reads from/,
    ],
    [
      "a tied read-out of another width",
      () => languageModel(6, gru(4, 5), { tied: true }),
      /languageModel: a tied read-out needs/,
    ],
    [
      "an unknown token",
      () => lm.logits(lmWeights, tokens(3, 1, 6)),
      /token 6 at step 0 of sequence 0 is not in the vocab/,
    ],
    ["numbers in place of tokens", () => lm.logits(lmWeights, x as never), /embedding: it reads Tokens, got Sequence/],
    [
      "a list in place of tokens",
      () => lm.step(lmWeights, [1, 2] as never, lm.initialState(2)),
      /Tokens: the numbers are Array/,
    ],
    ["an empty batch", () => lm.logits(lmWeights, tokens(3, 0)), /x is 3×0×4, expected at least one step/],
    [
      "a target that is no token",
      () => lm.lossAndGradients(lmWeights, { x: tokens(2, 1), targets: tokens(2, 1, 6) }),
      /target 6 at/,
    ],
    [
      "a text of one token",
      () => lm.logProbability(lmWeights, tokens(1, 1)),
      /nextTokens: the tokens are 1×1, expected/,
    ],
    [
      "no example",
      () => lm.perplexity(lmWeights, { count: 0, batch: () => nextTokens(tokens(2, 1)) }),
      /perplexity: there are no/,
    ],
    [
      "a batch size of 0",
      () => lm.perplexity(lmWeights, { count: 1, batch: () => nextTokens(tokens(2, 1)) }, { batchSize: 0 }),
      /perplexity: batchSize is 0, expected a whole number ≥ 1/,
    ],
  ],
  nextTokens: [
    ["one token", () => nextTokens(tokens(1, 2)), /nextTokens: the tokens are 1×2, expected at least two steps/],
    [
      "a text of one token",
      () => nextTokens(tokens(3, 2), { lengths: [3, 1] }),
      /text 1 has 1 token, expected at least two/,
    ],
    [
      "a length beyond T",
      () => nextTokens(tokens(3, 2), { lengths: [3, 4] }),
      /nextTokens: the length of sequence 1 is 4/,
    ],
  ],
  carried: [
    [
      "an x of another width, as its model does",
      () => carried(judge).lossAndGradients(judged, { x: buildSequence(3, 2, 3, () => 0), labels: [0, 1] }),
      /rnn: x has 3 columns/,
    ],
  ],
  RecurrentModel: [
    ["no output", () => RecurrentModel.create(rnn(4, 5), 0, random(1)), /RecurrentModel: outputSize is 0, expected/],
    [
      "a read-out of another height",
      () => new RecurrentModel(rnn(4, 6), net.weights),
      /W_hy is 5×3 and b_y 1×3, expected 6×N/,
    ],
    ["no step", () => net.forward(x.slice(0, 0)), /RecurrentModel: the sequence is 0×2×4, expected at least one step/],
    ["targets of other steps", () => net.bptt(x, tokens(2, 2)), /RecurrentModel: the targets are 2×2, expected 3×2/],
    [
      "a target that is no class",
      () => net.bptt(x, tokens(3, 2, 3)),
      /label 3 in row 0 is not a class, expected 0 … 2/,
    ],
  ],
  esn: [
    ["no output", () => esn(reservoir(4, 9), 0), /esn: outputSize is 0, expected a whole number ≥ 1/],
    [
      "NaN in a series",
      () => echo.predict(echoWeights, sequenceWithNaN(3, 1, 4)),
      /esn: x, .* holds NaN at row 2, column 0/,
    ],
    ["NaN in what it learns from", () => echo.fit(echoWeights, sequenceWithNaN(3, 2, 4), x), /esn: x, .* holds NaN/],
    ["NaN in what it shall say", () => echo.fit(echoWeights, x, sequenceWithNaN(3, 2, 4)), /ridge: Y holds NaN/],
    [
      "targets of other steps",
      () => echo.fit(echoWeights, x, x.slice(0, 2)),
      /esn: the targets are 2×2×4, expected 3×2×4/,
    ],
    [
      "a washout of everything",
      () => echo.fit(echoWeights, x, x, { washout: 3 }),
      /the washout is 3 steps of 3, expected/,
    ],
    ["NaN as ridge", () => echo.fit(echoWeights, x, x, { ridge: nan }), /ridge: lambda is NaN/],
    ["an empty series", () => echo.predict(echoWeights, x.slice(0, 0)), /esn: x is 0×2×4, expected at least one step/],
    [
      "no step to run",
      () => echo.generate(echoWeights, zeros(1, 4), 0),
      /esn: steps is 0, expected a whole number ≥ 1/,
    ],
    ["a start that is NaN", () => echo.generate(echoWeights, withNaN(1, 4), 3), /esn: the first value holds NaN/],
  ],
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
      "NaN as smoothing",
      () => encoderDecoder(encoder, gru(4, 5), target, { labelSmoothing: nan }),
      /encoderDecoder: labelSmoothing is NaN/,
    ],
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
  greedy: writing(greedy),
  sample: [
    ...writing((decoder, options) => sample(decoder, { ...options, random: random(1) })),
    [
      "NaN as temperature",
      () => sample(decoder, { begin: 0, maxLength: 2, random: random(1), temperature: nan }),
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
