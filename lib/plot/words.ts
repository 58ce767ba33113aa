import { checkNumbers, checkSome } from "./check.js";
import { Figure, round } from "./figure.js";
import { firing } from "./firing.js";
import { titled } from "./text.js";

export interface WordOptions {
  readonly title?: string;
  /** How many characters a line has room for. */
  readonly columns?: number;
  /** What a value says, for those who do not see the colours: "moves the guess by". */
  readonly says?: string;
}

/** How many words are named on each side in what is said of the figure. */
const NAMED = 3;

/**
 * A sentence with each word on a ground in the colour of its value: what a word does, seen where it stands.
 *
 * @param words of a sentence, or other pieces of a text
 * @param values one for each word, mostly −1 … 1; beyond, the colour stays that of the end
 * @throws when there is no word, not one value for each, a value is no number, or columns is not a whole number ≥ 1
 *
 * @example
 * const figure = plot.words(["not", "bad", "."], [0.4, 0.2, 0], { says: "moves the guess by" });
 */
export function words(
  words: readonly string[],
  values: ArrayLike<number>,
  { title = "", columns = 72, says = "" }: WordOptions = {},
): Figure {
  checkSome("words", words.length, "word");
  if (values.length !== words.length) {
    throw new RangeError(`words: ${values.length} values for ${words.length} words, expected one for each`);
  }
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new RangeError(`words: columns is ${columns}, expected 1, 2, 3, …`);
  }
  checkNumbers("words", values);
  const width = words.reduce((most, word) => Math.max(most, [...word].length), columns);
  const [characters, colours] = [[] as string[], [] as number[]];
  const write = (text: string, value: number) => {
    for (const character of text) {
      characters.push(character);
      colours.push(value);
    }
  };
  words.forEach((word, k) => {
    const [line, length] = [characters.length % width, [...word].length];
    // a line that has no room for the word is filled up, and a full one needs no blank
    if (line > 0) write(" ".repeat(line + 1 + length <= width ? 1 : width - line), 0);
    write(word, values[k]!);
  });
  const { data, layout } = firing(characters, colours, { columns: width, title });
  return new Figure(data, layout, titled(title, inWords(words, values, says)));
}

function inWords(words: readonly string[], values: ArrayLike<number>, says: string): string {
  const order = words.map((_, k) => k).sort((a, b) => values[b]! - values[a]!);
  const named = (places: readonly number[]) => places.map((k) => `“${words[k]}” ${round(values[k]!, 2)}`).join(", ");
  const most = order.slice(0, NAMED).filter((k) => values[k]! > 0);
  const least = order.slice(-NAMED).filter((k) => values[k]! < 0);
  const parts = [most.length > 0 && `most ${named(most)}`, least.length > 0 && `least ${named(least.reverse())}`];
  const found = parts.filter(Boolean).join("; ") || "0 throughout";
  return `“${words.join(" ")}”: ${says ? `${says} ` : ""}${found}`;
}
