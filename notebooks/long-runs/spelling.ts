/** What the longer runs of lesson 19 share: the dictionary, its letters and sounds, and how what was said is judged. */
import {
  beamSearch,
  characterVocabulary,
  cmudict,
  type Decoder,
  editDistance,
  padded,
  quick,
  type Tokens,
  wordVocabulary,
} from "unroll";

const words = cmudict();
export const letters = characterVocabulary(words.train.map(({ word }) => word));
export const sounds = wordVocabulary(
  words.train.map(({ phonemes }) => phonemes),
  { special: ["pad", "begin", "end"] },
);

/** Words to learn from, each with its sounds. */
export const pairs = words.train
  .slice(0, quick ? 1_000 : undefined)
  .map(({ word, phonemes }) => [word, phonemes] as const);
export const dev = words.dev.slice(0, quick ? 50 : 1_000);
export const test = words.test.slice(0, quick ? 50 : undefined);

/** What has read these words, letter by letter, and can write their sounds. */
export type Reader = (words: Tokens, lengths: Int32Array) => Decoder;

/** Phonemes and words that are wrong, in percent; of several pronunciations the nearest one counts. */
export function errors(rows: typeof test, read: Reader, width: number): { PER: number; WER: number } {
  let [changes, length, wrong] = [0, 0, 0];
  const { begin, end } = sounds.special;
  for (let i = 0; i < rows.length; i += 250) {
    const part = rows.slice(i, i + 250);
    const { tokens, lengths } = padded(part.map(({ word }) => letters.encode(word)));
    const options = { begin: begin!, end: end!, maxLength: 30, width };
    const said = beamSearch(read(tokens, lengths), options).map(([best]) => best!);
    part.forEach(({ pronunciations }, k) => {
      const spoken = sounds.decode(said[k]!.tokens).split(" ");
      const nearest = pronunciations
        .map((truth) => ({ distance: editDistance(spoken, truth), length: truth.length }))
        .reduce((best, next) => (next.distance < best.distance ? next : best));
      changes += nearest.distance;
      length += nearest.length;
      wrong += Number(nearest.distance > 0);
    });
  }
  return { PER: (100 * changes) / length, WER: (100 * wrong) / rows.length };
}
