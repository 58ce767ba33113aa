import {
  bidirectional,
  buildSequence,
  carried,
  classifier,
  dropout,
  esn,
  gru,
  languageModel,
  nextTokens,
  RecurrentModel,
  random,
  regressor,
  reservoir,
  rnn,
  Sequence,
  Tokens,
  tagger,
  weightDropped,
  zeros,
} from "unroll";
import { readers, tokens } from "./readers.js";
import { sequenceWithNaN, type Table, withNaN } from "./refuses.js";

const nan = Number.NaN;
const x = buildSequence(3, 2, 4, () => 0.5);

const judge = classifier(rnn(4, 5), 3);
const judged = judge.init(random(1));
const lm = languageModel(6, gru(4, 5));
const lmWeights = lm.init(random(1));
const tags = tagger(rnn(4, 5), 3, { crf: true });
const reg = regressor(rnn(4, 5), 2);
const net = RecurrentModel.create(rnn(4, 5), 3, random(1));
const echo = esn(reservoir(4, 9), 4);
const echoWeights = echo.init(random(1));

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
  weightDropped: [
    ["a rate of 1", () => weightDropped(lm, 1), /weightDropped: the rate is 1, expected a number from 0 to below 1/],
    ["NaN as rate", () => weightDropped(lm, nan), /the rate is NaN/],
    [
      "a name that no matrix has",
      () =>
        weightDropped(lm, 0.5, { which: () => false }).lossAndGradients(
          lm.init(random(1)),
          nextTokens(new Tokens(3, 1)),
          {
            random: random(2),
          },
        ),
      /weightDropped: no matrix is called so, there are embedding.E, layer.W/,
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
};
