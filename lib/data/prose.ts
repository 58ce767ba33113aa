/**
 * A sentence that was cut into words, as it is written: marks stand behind the word before them, and the two kinds of
 * quotation marks of treebanks (`` and '') are one, so that only who has read what came before knows which is meant.
 *
 * @param words with marks as words of their own
 *
 * @example
 * console.log(prose(["``", "No", "''", ",", "she", "said", "(", "twice", ")", "."])); // "No", she said (twice).
 */
export function prose(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(/`` ?| ?''/g, '"')
    .replace(/ ([,.;:?!)])/g, "$1")
    .replace(/\( /g, "(");
}
