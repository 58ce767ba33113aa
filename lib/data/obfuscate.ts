import { integer, type Random } from "../math/random.js";

/** Letters, and the signs that senders of spam write for them. */
const LOOKALIKES: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", l: "1", o: "0", s: "5", t: "7" };

/** How a word can be disguised; each returns it unchanged where it cannot. */
const disguises: readonly ((letters: readonly string[], random: Random) => string)[] = [
  function withDot(letters, random) {
    const place = 1 + integer(random, letters.length - 1);
    return [...letters.slice(0, place), ".", ...letters.slice(place)].join("");
  },
  function withLookalikes(letters) {
    return letters.map((letter) => LOOKALIKES[letter.toLowerCase()] ?? letter).join("");
  },
  function inSpaces(letters) {
    return letters.join(" ");
  },
];

/**
 * Writes words as senders of spam do who want to pass a filter: with a dot inside ("fr.ee"), digits in the place of
 * letters ("fr33"), or spaces between the letters ("f r e e"). People still read them.
 *
 * @param text any text
 * @param random which words are disguised, and how
 * @param rate how many of the words with three letters or more, 0 … 1
 * @returns the text with the same letters or their lookalikes, in the same order
 * @throws when the rate is not in 0 … 1
 *
 * @example
 * console.log(obfuscate("win a free prize", random(1), { rate: 1 })); // such as: w1n a fr.ee p r i z e
 */
export function obfuscate(text: string, random: Random, { rate = 0.5 }: { rate?: number } = {}): string {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`obfuscate: the rate is ${rate}, expected a number from 0 to 1`);
  return text.replace(/\p{L}{3,}/gu, (word) =>
    random() < rate ? disguises[integer(random, disguises.length)]!([...word], random) : word,
  );
}
