import {
  addingProblem,
  bracketMatching,
  buckets,
  bytePairVocabulary,
  characterVocabulary,
  copyMemory,
  copyMemoryBaseline,
  type Examples,
  isBalanced,
  labelledTexts,
  languageModelStream,
  learnMerges,
  mackeyGlass,
  nextReberSymbols,
  noisySine,
  obfuscate,
  padded,
  paddedSequence,
  paddingShare,
  parityProblem,
  random,
  reberStrings,
  restoreVocabulary,
  sentencePairs,
  splitWords,
  taggedParts,
  taggedSentences,
  wordDropout,
  wordParts,
  wordVocabulary,
  zeros,
} from "unroll";
import type { Row, Table } from "./refuses.js";

const nan = Number.NaN;
const r = random(1);
const words = wordVocabulary("a b c");
const few = labelledTexts(["a b", "c"], [0, 1], words, [0, 1]);
const marked = wordVocabulary("a b c", { special: ["begin", "end"] });

/** What every set of drawn examples refuses. */
const drawn = (make: (count: number) => Examples<unknown>): Row[] => [
  ["no example", () => make(0), /: count is 0, expected a whole number ≥ 1/],
  ["NaN examples", () => make(nan), /: count is NaN, expected/],
  ["more examples than a seed gives", () => make(2 ** 22), /: count is 4194304, expected at most 2097152/],
  ["an empty batch", () => make(4).batch([]), /: a batch of no examples was asked for, expected one or more/],
  ["an example that is not there", () => make(4).batch([4]), /: there is no example 4, there are 0 … 3/],
  ["NaN as an example", () => make(4).batch([nan]), /: there is no example NaN/],
];

/** What every vocabulary refuses. */
const vocabulary = (make: typeof wordVocabulary): Row[] => [
  ["an empty text", () => make(""), /: the corpus is empty, expected texts with at least one token/],
  ["a minCount of 0", () => make("a b", { minCount: 0 }), /: minCount is 0, expected a whole number ≥ 1/],
  ["NaN as minCount", () => make("a b", { minCount: nan }), /: minCount is NaN/],
  ["a text without a frequent token", () => make("a b", { minCount: 9 }), /: no token occurs 9 times, lower minCount/],
  ["NaN as size", () => make("a b", { maxSize: nan }), /: maxSize is NaN/],
  [
    "an unknown special token",
    () => make("a b", { special: ["mask" as never] }),
    /there is no special token "mask", there/,
  ],
  ["an unknown token without UNK", () => make("a b").encode("a x"), /: "x".* is not among its .* special: \["unk"\]/],
  ["a number that is no token", () => make("a b").decode([99]), /: there is no token 99, there are 0 … /],
  ["NaN as a token", () => make("a b").token(nan), /: there is no token NaN/],
];

const stored = words.toJSON();

export const data: Table = {
  addingProblem: [
    ...drawn((count) => addingProblem(4, count, r)),
    ["one step", () => addingProblem(1, 4, r), /addingProblem: steps is 1, expected a whole number ≥ 2/],
  ],
  copyMemory: [
    ...drawn((count) => copyMemory(4, count, r)),
    ["NaN blanks", () => copyMemory(nan, 4, r), /copyMemory: blanks is NaN/],
  ],
  copyMemoryBaseline: [["no blank", () => copyMemoryBaseline(0), /copyMemoryBaseline: blanks is 0, expected/]],
  bracketMatching: [
    ...drawn((count) => bracketMatching(3, count, r)),
    ["fewer pairs than the fewest", () => bracketMatching(2, 4, r, { minPairs: 3 }), /maxPairs is 2, expected .* ≥ 3/],
    ["more kinds than there are", () => bracketMatching(2, 4, r, { kinds: 5 }), /kinds is 5, expected at most 4/],
  ],
  isBalanced: [["a letter", () => isBalanced("(a)"), /isBalanced: "a" at position 1 is not a bracket, expected/]],
  parityProblem: [
    ...drawn((count) => parityProblem(4, count, r)),
    [
      "a shortest length above the longest",
      () => parityProblem(4, 4, r, { minSteps: 5 }),
      /minSteps is 5, expected at/,
    ],
  ],
  reberStrings: drawn((count) => reberStrings(count, r)),
  nextReberSymbols: [["what no string begins with", () => nextReberSymbols("BX"), /no Reber string begins with "BX"/]],
  mackeyGlass: [
    ["no value", () => mackeyGlass({ length: 0 }), /mackeyGlass: length is 0, expected a whole number ≥ 1/],
    [
      "NaN as delay",
      () => mackeyGlass({ length: 9, tau: nan }),
      /the step is 0.1 and tau is NaN, expected numbers > 0/,
    ],
    ["an infinite start", () => mackeyGlass({ length: 9, initial: Infinity }), /mackeyGlass: initial is Infinity/],
    ["several series that are one", () => mackeyGlass({ length: 9, batch: 2 }), /2 series without a random generator/],
  ],
  noisySine: [
    ["NaN as length", () => noisySine({ length: nan }), /noisySine: length is NaN/],
    ["NaN as noise", () => noisySine({ length: 9, noise: nan }), /noisySine: period is 25 and noise is NaN/],
    [
      "noise from nowhere",
      () => noisySine({ length: 9, noise: 1 }),
      /noise is 1 and needs a random generator: pass one/,
    ],
  ],
  wordVocabulary: vocabulary(wordVocabulary),
  characterVocabulary: vocabulary(characterVocabulary),
  bytePairVocabulary: [
    ...vocabulary(((corpus, options) => bytePairVocabulary(corpus, 2, options)) as typeof wordVocabulary).filter(
      ([what]) => !/maxSize|NaN as size|frequent token/.test(what),
    ),
    ["NaN merges", () => bytePairVocabulary("a b", nan), /bytePairVocabulary: merges is NaN|merges is NaN/],
  ],
  learnMerges: [
    ["negative merges", () => learnMerges(new Map([["ab", 2]]), -1), /learnMerges: merges is -1, expected .* ≥ 0/],
    ["NaN as a count", () => learnMerges(new Map([["ab", nan]]), 1), /learnMerges: the count of "ab" is NaN, expected/],
    ["a minCount of 0", () => learnMerges(new Map([["ab", 2]]), 1, { minCount: 0 }), /learnMerges: minCount is 0/],
  ],
  restoreVocabulary: [
    ["a text that is no JSON", () => restoreVocabulary("<html>"), /restoreVocabulary: the text is not JSON/],
    ["nothing", () => restoreVocabulary(undefined as never), /restoreVocabulary: expected an object; give what/],
    ["another kind", () => restoreVocabulary({ ...stored, kind: "pieces" } as never), /the kind is "pieces", expected/],
    [
      "tokens that are no texts",
      () => restoreVocabulary({ ...stored, tokens: [1] } as never),
      /tokens to be a list of/,
    ],
    ["a token that stands twice", () => restoreVocabulary({ ...stored, tokens: ["a", "a"] } as never), /stands twice/],
    [
      "merges that are no pairs",
      () => restoreVocabulary({ ...stored, kind: "byte pairs", byteFallback: true, merges: [["a"]] } as never),
      /merges to be a list of pairs/,
    ],
  ],
  labelledTexts: [
    [
      "no text",
      () => labelledTexts([], [], words, ["x"]),
      /labelledTexts: there are no examples, expected at least one/,
    ],
    [
      "an empty text",
      () => labelledTexts([""], ["x"], words, ["x"]),
      /labelledTexts: text 0 is empty, expected one token/,
    ],
    ["too few labels", () => labelledTexts(["a"], [], words, ["x"]), /labelledTexts: 0 labels for 1 texts/],
    [
      "a label that is no class",
      () => labelledTexts(["a"], ["y"], words, ["x"]),
      /text 0 has the label "y", expected one/,
    ],
    ["an unknown word without UNK", () => labelledTexts(["d"], ["x"], words, ["x"]), /"d" at position 0 is not among/],
    ["a class that stands twice", () => labelledTexts(["a"], ["x"], words, ["x", "x"]), /a class stands twice in x, x/],
  ],
  wordParts: [
    ["no word", () => wordParts([[]]), /wordParts: there are no words/],
    ["NaN as a count", () => wordParts([["a"]], { minCount: nan }), /minCount is NaN, expected/],
    ["no sentence to encode", () => wordParts([["a"]]).encode([]), /there is no sentence/],
  ],
  taggedParts: [
    ["no sentence", () => taggedParts([], wordParts([["a"]]), words), /taggedParts: there are no examples/],
    [
      "other numbers",
      () => taggedParts([{ words: ["a"], tags: [] }], wordParts([["a"]]), words),
      /has 1 words and 0 tags, expected/,
    ],
  ],
  taggedSentences: [
    ["no sentence", () => taggedSentences([], words, words), /taggedSentences: there are no examples/],
    [
      "other numbers",
      () => taggedSentences([{ words: ["a"], tags: [] }], words, words),
      /has 1 words and 0 tags, expected/,
    ],
    [
      "an unknown tag",
      () => taggedSentences([{ words: ["a"], tags: ["N"] }], words, words),
      /"N" at position 0 is not/,
    ],
  ],
  sentencePairs: [
    ["no pair", () => sentencePairs([], words, marked), /sentencePairs: there are no examples/],
    ["a target without words", () => sentencePairs([["a", ""]], words, marked), /the target of pair 0 is empty/],
    [
      "marks that there are not",
      () => sentencePairs([["a", "b"]], words, words, { begin: true }),
      /has no <begin>, build/,
    ],
    ["an unknown word", () => sentencePairs([["a", "d"]], words, marked), /"d" at position 0 is not among/],
  ],
  languageModelStream: [
    [
      "too short a text",
      () => languageModelStream([1, 2, 3], { batch: 2, steps: 2 }),
      /3 tokens are too few, .* need 5/,
    ],
    [
      "NaN as a token",
      () => languageModelStream([1, nan, 3], { batch: 1, steps: 1 }),
      /token 1 is NaN, expected a whole/,
    ],
    ["a token below 0", () => languageModelStream([1, -1, 3], { batch: 1, steps: 1 }), /token 1 is -1/],
    ["no stream", () => languageModelStream([1, 2, 3], { batch: 0, steps: 1 }), /languageModelStream: batch is 0/],
    ["an empty batch", () => languageModelStream([1, 2, 3], { batch: 1, steps: 1 }).batch([]), /batch of no examples/],
  ],
  buckets: [
    ["no sequence", () => buckets([], 2, r), /buckets: there are no sequences, expected at least one/],
    ["an empty sequence", () => buckets([3, 0], 2, r), /buckets: the length of sequence 1 is 0, expected/],
    ["NaN as batch size", () => buckets([3], nan, r), /buckets: batchSize is NaN/],
  ],
  paddingShare: [
    ["an empty batch", () => paddingShare([3], [[]]), /paddingShare: a batch is empty, expected one sequence or more/],
    ["no batch", () => paddingShare([3], []), /paddingShare: there are no batches/],
    ["a sequence that is not there", () => paddingShare([3], [[1]]), /paddingShare: there is no sequence 1/],
  ],
  padded: [
    ["no sequence", () => padded([]), /padded: there are no sequences, expected at least one/],
    [
      "an empty sequence",
      () => padded([[1], []]),
      /padded: sequence 1 is empty, expected one step or more: leave it out/,
    ],
    ["NaN as a token", () => padded([[nan]]), /padded: token 0 of sequence 0 is NaN, expected a whole number ≥ 0/],
    ["NaN as padding", () => padded([[1]], { pad: nan }), /padded: pad is NaN/],
  ],
  paddedSequence: [
    ["no sequence", () => paddedSequence([]), /paddedSequence: there are no sequences/],
    ["an empty sequence", () => paddedSequence([zeros(0, 2)]), /paddedSequence: sequence 0 is empty/],
    [
      "two widths",
      () => paddedSequence([zeros(1, 2), zeros(1, 3)]),
      /sequence 1 has 3 numbers a step, sequence 0 has 2/,
    ],
  ],
  splitWords: [["a list of words", () => splitWords(["a"] as never), /splitWords: got Array, expected a text/]],
  wordDropout: [
    [
      "a rate of 1",
      () => wordDropout(few, 1, { unknown: 1, random: r }),
      /wordDropout: the rate is 1, expected .* below 1/,
    ],
    ["NaN as rate", () => wordDropout(few, nan, { unknown: 1, random: r }), /wordDropout: the rate is NaN/],
    [
      "a vocabulary without an unknown token",
      () => wordDropout(few, 0.1, { unknown: words.special.unk, random: r }),
      /wordDropout: there is no unknown token: make the vocabulary with special/,
    ],
  ],
  obfuscate: [
    ["a rate above 1", () => obfuscate("free", r, { rate: 2 }), /obfuscate: the rate is 2, expected .* 0 to 1/],
    ["NaN as rate", () => obfuscate("free", r, { rate: nan }), /obfuscate: the rate is NaN/],
  ],
};
