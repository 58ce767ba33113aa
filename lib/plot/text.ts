import type { LayoutAxis } from "plotly.js";

/** Text that Plotly shall write as it stands: it reads `<unk>` as HTML otherwise, and drops it. */
export function verbatim(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const SIGNS: Readonly<Record<string, string>> = { " ": "␣", "\n": "↵", "\t": "⇥" };

/** A token with signs for a blank, a new line and a tab, which cannot be seen. */
export function visible(token: string): string {
  return token.replaceAll(/[\n\t]|^ | $/g, (blank) => SIGNS[blank]!);
}

/** How many tokens find room along an axis: single characters, and words that stand upright. */
const ROOM = { characters: 100, words: 60 };

/**
 * An axis with a token at each place 0, 1, 2, …. Where there is no room for so many, the axis counts them.
 *
 * @param tokens any text, repeated tokens as well
 * @param side across, or down with the first token on top
 */
export function tokenAxis(tokens: readonly string[], side: "across" | "down"): Partial<LayoutAxis> {
  const letters = tokens.every((token) => [...token].length <= 1);
  const fits = tokens.length <= (letters ? ROOM.characters : ROOM.words);
  const half = 0.5; // a place reaches half a step to both sides
  const ends = [-half, tokens.length - half];
  return {
    showgrid: false,
    zeroline: false,
    tickcolor: "rgba(0,0,0,0)", // the ticks are but a gap between names and cells
    range: side === "down" ? ends.reverse() : ends,
    ...(fits && {
      tickvals: tokens.map((_, i) => i),
      ticktext: tokens.map((token) => verbatim(visible(token))),
      ...(letters && { tickangle: 0 }),
      ...(tokens.length > 40 && { tickfont: { size: 9 } }),
    }),
  };
}

/** 1 step, 2 steps */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** The title before what is said, where there is one. */
export function titled(title: string, words: string): string {
  return title ? `${title} — ${words}` : words;
}
