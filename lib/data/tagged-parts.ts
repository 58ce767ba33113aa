import type { TokenParts } from "../math/token-parts.js";
import type { Tokens } from "../math/tokens.js";
import { type Collection, collection } from "./collection.js";
import { padded } from "./padded.js";
import type { Vocabulary } from "./vocabulary.js";
import type { WordParts } from "./word-parts.js";

/**
 * Sentences with a tag for each word, for a tagger that reads the parts of words.
 *
 * @param sentences N sentences of words, each with as many tags
 * @param parts makes numbers of each word
 * @param tags makes one number of each tag
 * @returns batches of `x` T×B with parts, `targets` T×B and `lengths`
 * @throws when there is no sentence, one is empty, words and tags are not equally many, or a tag is unknown
 *
 * @example
 * const sentences = [{ words: ["Ann", "sleeps"], tags: ["NOUN", "VERB"] }, { words: ["Rain"], tags: ["NOUN"] }];
 * const parts = wordParts(sentences.map(({ words }) => words));
 * const tags = wordVocabulary(sentences.map(({ tags }) => tags));
 * const { x, targets, lengths } = taggedParts(sentences, parts, tags).batch([0, 1]); // 2×2, 2×2
 */
export function taggedParts(
  sentences: readonly { readonly words: readonly string[]; readonly tags: readonly string[] }[],
  parts: WordParts,
  tags: Vocabulary,
): Collection<{ x: TokenParts; targets: Tokens; lengths: Int32Array }> {
  const items = sentences.map(({ words, tags: tagsOf }, i) => {
    if (words.length === 0) throw new RangeError(`taggedParts: sentence ${i} is empty, leave it out`);
    if (words.length !== tagsOf.length) {
      throw new RangeError(
        `taggedParts: sentence ${i} has ${words.length} words and ${tagsOf.length} tags, expected as many`,
      );
    }
    return { words, tagIds: tags.encode(tagsOf) };
  });
  return collection(
    "taggedParts",
    items.length,
    (i) => items[i]!,
    ({ words }) => words.length,
    (batch) => {
      const { tokens, lengths } = parts.encode(batch.map(({ words }) => words));
      return { x: tokens, targets: padded(batch.map(({ tagIds }) => tagIds)).tokens, lengths };
    },
  );
}
