import type { Tokens } from "../math/tokens.js";
import { type Collection, collection } from "./collection.js";
import { padded } from "./padded.js";
import type { Vocabulary } from "./vocabulary.js";

/** A text as a string, or cut into tokens. */
export type Text = string | readonly string[];

/**
 * Texts with their classes, for a classifier.
 *
 * @param texts N texts, each with one token or more
 * @param labels N classes, one for each text
 * @param vocabulary makes numbers of the texts
 * @param classes all classes: a label becomes its place in this list
 * @returns batches of `x` T×B, `labels` and `lengths`
 * @throws when there is no text, there is not one label a text, a label is not a class or a class stands twice, or a
 *   text is empty or unknown
 *
 * @example
 * const texts = ["well done", "oh no"];
 * const examples = labelledTexts(texts, ["good", "bad"], wordVocabulary(texts), ["bad", "good"]);
 * const { x, labels, lengths } = examples.batch([0, 1]); // x: 2×2, labels 1, 0
 */
export function labelledTexts<L extends string | number>(
  texts: readonly Text[],
  labels: readonly L[],
  vocabulary: Vocabulary,
  classes: readonly L[],
): Collection<{ x: Tokens; labels: Int32Array; lengths: Int32Array }> {
  if (labels.length !== texts.length) {
    throw new RangeError(`labelledTexts: ${labels.length} labels for ${texts.length} texts, expected one for each`);
  }
  const numbers = new Map(classes.map((name, k) => [name, k]));
  if (numbers.size !== classes.length) {
    throw new RangeError(`labelledTexts: a class stands twice in ${classes.join(", ")}, expected each once`);
  }
  const items = texts.map((text, i) => {
    const label = numbers.get(labels[i]!);
    if (label === undefined) {
      throw new RangeError(
        `labelledTexts: text ${i} has the label ${JSON.stringify(labels[i])}, expected one of ${classes.join(", ")}`,
      );
    }
    return { ids: encoded("labelledTexts", `text ${i}`, text, vocabulary), label };
  });
  return collection(
    "labelledTexts",
    items.length,
    (i) => items[i]!,
    ({ ids }) => ids.length,
    (batch) => {
      const { tokens, lengths } = padded(batch.map(({ ids }) => ids));
      return { x: tokens, labels: Int32Array.from(batch, ({ label }) => label), lengths };
    },
  );
}

/**
 * Sentences with a tag for each word, for a tagger.
 *
 * @param sentences N sentences of words, each with as many tags
 * @param vocabulary makes one number of each word
 * @param tags makes one number of each tag
 * @returns batches of `x` T×B, `targets` T×B and `lengths`
 * @throws when there is no sentence, one is empty, words and tags are not equally many, or a word or tag is unknown
 *
 * @example
 * const sentences = [{ words: ["Ann", "sleeps"], tags: ["NOUN", "VERB"] }, { words: ["Rain"], tags: ["NOUN"] }];
 * const vocabulary = wordVocabulary(sentences.map(({ words }) => words));
 * const tags = wordVocabulary(sentences.map(({ tags }) => tags));
 * const { x, targets, lengths } = taggedSentences(sentences, vocabulary, tags).batch([0, 1]); // 2×2, 2×2
 */
export function taggedSentences(
  sentences: readonly { readonly words: readonly string[]; readonly tags: readonly string[] }[],
  vocabulary: Vocabulary,
  tags: Vocabulary,
): Collection<{ x: Tokens; targets: Tokens; lengths: Int32Array }> {
  const items = sentences.map((sentence, i) => {
    const { length } = sentence.words;
    const ids = encoded("taggedSentences", `sentence ${i}`, sentence.words, vocabulary);
    const tagIds = tags.encode(sentence.tags);
    if (tagIds.length !== length) {
      throw new RangeError(
        `taggedSentences: sentence ${i} has ${length} words and ${tagIds.length} tags, expected as many`,
      );
    }
    if (ids.length !== length) {
      throw new RangeError(
        `taggedSentences: sentence ${i} has ${length} words, which become ${ids.length} tokens: take a vocabulary of words`,
      );
    }
    return { ids, tagIds };
  });
  return collection(
    "taggedSentences",
    items.length,
    (i) => items[i]!,
    ({ ids }) => ids.length,
    (batch) => {
      const { tokens, lengths } = padded(batch.map(({ ids }) => ids));
      return {
        x: tokens,
        targets: padded(batch.map(({ tagIds }) => tagIds)).tokens,
        lengths,
      };
    },
  );
}

/**
 * Texts with what they are to become, such as translations, for an encoder–decoder.
 *
 * @param pairs N sources with their targets
 * @param source makes numbers of the sources
 * @param target makes numbers of the targets
 * @param begin whether targets begin with `<begin>`; by default when the target vocabulary has it
 * @param end whether targets end with `<end>`; by default when the target vocabulary has it
 * @returns batches of `source` T×B, `sourceLengths`, `target` T'×B and `targetLengths`; `lengthOf` is that of the source
 * @throws when there is no pair, a text is empty or unknown, or the vocabulary has no `<begin>` or `<end>` that is
 *   asked for
 *
 * @example
 * const pairs = [["go", "va"], ["go on", "continue"]] as const;
 * const english = wordVocabulary(pairs.map(([text]) => text));
 * const french = wordVocabulary(pairs.map(([, text]) => text), { special: ["pad", "begin", "end"] });
 * const { target, targetLengths } = sentencePairs(pairs, english, french).batch([0]); // <begin> va <end>: 3
 */
export function sentencePairs(
  pairs: readonly (readonly [source: Text, target: Text])[],
  source: Vocabulary,
  target: Vocabulary,
  {
    begin = target.special.begin !== undefined,
    end = target.special.end !== undefined,
  }: { begin?: boolean; end?: boolean } = {},
): Collection<{ source: Tokens; sourceLengths: Int32Array; target: Tokens; targetLengths: Int32Array }> {
  const mark = (name: "begin" | "end", wanted: boolean): number[] => {
    const id = target.special[name];
    if (!wanted) return [];
    if (id === undefined) {
      throw new RangeError(`sentencePairs: the target vocabulary has no <${name}>, build it with special: ["${name}"]`);
    }
    return [id];
  };
  const [first, last] = [mark("begin", begin), mark("end", end)];
  const items = pairs.map(([sourceText, targetText], i) => ({
    sourceIds: encoded("sentencePairs", `the source of pair ${i}`, sourceText, source),
    targetIds: [...first, ...encoded("sentencePairs", `the target of pair ${i}`, targetText, target), ...last],
  }));
  return collection(
    "sentencePairs",
    items.length,
    (i) => items[i]!,
    ({ sourceIds }) => sourceIds.length,
    (batch) => {
      const sources = padded(batch.map(({ sourceIds }) => sourceIds));
      const targets = padded(batch.map(({ targetIds }) => targetIds));
      return {
        source: sources.tokens,
        sourceLengths: sources.lengths,
        target: targets.tokens,
        targetLengths: targets.lengths,
      };
    },
  );
}

function encoded(what: string, which: string, text: Text, vocabulary: Vocabulary): Int32Array {
  const ids = vocabulary.encode(text);
  if (ids.length === 0) throw new RangeError(`${what}: ${which} is empty, expected one token or more: leave it out`);
  return ids;
}
