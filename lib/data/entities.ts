/** What windows-1252 has at 128 … 159; five of them are control characters there, too. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/**
 * A text in which the entities of HTML are the characters that they stand for, also where a tokeniser has cut the
 * semicolon off: `fianc&#233 ;` is fiancé. Numbers 128 … 159 are read as windows-1252, as browsers do.
 */
export function decodeEntities(text: string): string {
  return text
    .replace(/&#(\d+) ?;/g, (whole, digits: string) => character(Number(digits)) ?? whole)
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => names[name]!);
}

function character(code: number): string | undefined {
  if (code >= 128 && code < 160) return WINDOWS_1252[code - 128];
  return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
