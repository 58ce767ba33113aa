/** What Python's str.split takes for white space; JavaScript's \s knows neither \x1c … \x1f nor \x85, but \ufeff. */
const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = new RegExp(`[${SPACES}]+`, "u");
const SPACES_AT_END = new RegExp(`[${SPACES}]+$`, "u");

/** The tokens of a line as they stand, between white space. */
export function splitAtSpaces(line: string): string[] {
  return line.split(SPACE).filter((token) => token !== "");
}

/**
 * The tokens of a line as WMT's scoring script mteval-v13a cuts it, and sacreBLEU's tokeniser "13a": ASCII signs stand
 * alone, but not the apostrophe, nor a point or comma between digits, nor a hyphen that follows on no digit.
 *
 * @see Post 2018, A Call for Clarity in Reporting BLEU Scores
 */
export function tokenize13a(line: string): string[] {
  const plain = line
    .replace(SPACES_AT_END, "")
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  const apart = ` ${plain} `
    .replace(/[{-~[-` -&(-+:-@/]/gu, " $& ")
    .replace(/([^0-9])([.,])/gu, "$1 $2 ")
    .replace(/([.,])([^0-9])/gu, " $1 $2")
    .replace(/([0-9])(-)/gu, "$1 $2 ");
  return splitAtSpaces(apart);
}
