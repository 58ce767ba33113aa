/** A few lines of code with a caret under the place that is meant. */

const AROUND = 2;
const RED = "\u001b[31m";
const PLAIN = "\u001b[39m";

/** Red in a traceback: Jupyter's front ends show ANSI colours there. */
export const red = (text: string): string => `${RED}${text}${PLAIN}`;

/**
 * @param line counted from 0
 * @param column counted from 0, in UTF-16 code units
 * @param length how many columns are marked
 */
export function excerpt(code: string, line: number, column: number, length = 1): string {
  const lines = code.split(/\r?\n/);
  if (line >= lines.length) return "";
  const first = Math.max(0, line - AROUND);
  const width = String(Math.min(lines.length, line + AROUND + 1)).length;
  const shown = lines.slice(first, line + AROUND + 1).map((text, index) => {
    const isMeant = first + index === line;
    const row = `${isMeant ? ">" : " "} ${String(first + index + 1).padStart(width)} | ${shorten(text)}`.trimEnd();
    if (!isMeant) return row;
    const blank = text.slice(0, column).replace(/[^\t]/g, " ");
    const marked = Math.max(1, Math.min(length, text.length - column));
    return `${row}\n  ${" ".repeat(width)} | ${blank}${red("^".repeat(marked))}`;
  });
  return shown.join("\n");
}

function shorten(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
