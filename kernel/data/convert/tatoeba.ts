import { cut, linesOf, type Originals, textOf } from "../originals.js";
import { PythonRandom } from "../python-random.js";
import { unzipped } from "../zip.js";

/** At most as many tokens has a sentence that is taken, and each of its tokens is found in so many sentences. */
const LIMITS = { english: 8, french: 10, frequency: 5 };

/**
 * Tatoeba's English–French pairs: of each English sentence one French one by chance; short sentences of words that
 * occur often.
 */
export function convertTatoeba(originals: Originals): Record<string, string> {
  const known = new Map<string, string[]>();
  for (const line of linesOf(textOf(unzipped(originals.bytes("fra-eng.zip"), "fra.txt")))) {
    const [english, french] = line.split("\t") as [string, string];
    known.set(english, [...(known.get(english) ?? []), plain(french)]);
  }
  const random = new PythonRandom(3);
  const pairs = Array.from(known, ([english, all]) => [english, random.choice(all)] as const);
  random.shuffle(pairs);
  const short = pairs.filter(
    ([english, french]) => tokens(english).length <= LIMITS.english && tokens(french).length <= LIMITS.french,
  );
  const frequent = ofFrequentWords(ofFrequentWords(short));
  const rows = frequent.map(([english, french]) => [english, french].join("\t"));
  const withAll = frequent.map(([english, french]) =>
    [english, ...new Set([french, ...known.get(english)!])].join("\t"),
  );
  const [test, dev, train] = [1500, 1500, 30_000];
  return cut([...withAll.slice(0, test + dev), ...rows.slice(test + dev)], { stem: "eng-fra", test, dev, train });
}

type Pair = readonly [english: string, french: string];

function ofFrequentWords(pairs: readonly Pair[]): Pair[] {
  const counts = [0, 1].map((side) => {
    const count = new Map<string, number>();
    for (const pair of pairs) for (const word of lower(pair[side]!)) count.set(word, (count.get(word) ?? 0) + 1);
    return count;
  });
  return pairs.filter((pair) =>
    counts.every((count, side) => lower(pair[side]!).every((word) => count.get(word)! >= LIMITS.frequency)),
  );
}

/** One form of each letter, and spaces that are spaces. */
function plain(french: string): string {
  return french.normalize("NFC").replace(/[\u202f\u00a0]/g, " ");
}

/** Words, and each other character alone. */
function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function lower(text: string): string[] {
  return tokens(text.toLowerCase());
}
