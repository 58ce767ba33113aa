/** The marks of a practical's source, as nbgrader has them: what stands between them is not for everybody. */

export type Marked = "SOLUTION" | "HIDDEN TESTS";

/** What an unsolved function does when it is called. Checks know it by its first words. */
export const STUB = 'throw new Error("your turn");';

/** What stands where words are asked for. */
export const TEXT_STUB = "*Your answer*";

/** What stands between the marks; undefined where there are none. @throws when marks do not fit together */
export function marked(source: string, what: Marked): string | undefined {
  const place = placeOf(source, what);
  return (
    place &&
    source
      .split("\n")
      .slice(place.begin + 1, place.end)
      .join("\n")
  );
}

/** The source with something else in the place of the marks and of what is between them; nothing takes their lines out. */
export function withoutMarked(source: string, what: Marked, instead?: string): string {
  const place = placeOf(source, what);
  if (!place) return source;
  const lines = source.split("\n");
  const indent = /^\s*/.exec(lines[place.begin]!)![0];
  lines.splice(place.begin, place.end - place.begin + 1, ...(instead === undefined ? [] : [indent + instead]));
  return lines.join("\n").trim();
}

/** The source without the two marks. */
export function withoutMarks(source: string, what: Marked): string {
  const place = placeOf(source, what);
  if (!place) return source;
  return source
    .split("\n")
    .filter((_, line) => line !== place.begin && line !== place.end)
    .join("\n")
    .trim();
}

function placeOf(source: string, what: Marked): { begin: number; end: number } | undefined {
  const lines = source.split("\n").map((line) => line.trim().replace(/^\/\/ /, ""));
  const [begins, ends] = [`BEGIN ${what}`, `END ${what}`].map((mark) =>
    lines.flatMap((line, i) => (line === mark ? [i] : [])),
  ) as [number[], number[]];
  if (begins.length === 0 && ends.length === 0) return undefined;
  const [begin, end] = [begins[0], ends[0]];
  if (begins.length !== 1 || ends.length !== 1 || begin! >= end!) {
    throw new Error(
      `expected one "BEGIN ${what}" and behind it one "END ${what}", found ${begins.length} and ${ends.length} in: ${source.slice(0, 60)}…`,
    );
  }
  return { begin: begin!, end: end! };
}
