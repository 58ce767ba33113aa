import type { Annotations, Data } from "plotly.js";
import { picturePng } from "../display/png.js";
import { checkCount } from "../math/check-options.js";
import { checkSome } from "./check.js";
import { Figure } from "./figure.js";
import { counted, titled, verbatim } from "./text.js";

/** A picture as bytes 0 … 255, row by row, the channels of a pixel side by side: 1 for grey, 3 for colour. */
export interface PixelPicture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly bytes: Uint8Array;
}

/** A picture, and words below it, which are broken into lines. */
export interface ShownPicture {
  readonly picture: PixelPicture;
  readonly caption?: string;
}

export interface PictureOptions {
  readonly title?: string;
  /** How many pictures stand in a row. */
  readonly columns?: number;
}

/** Pixels of the screen that a line of words takes, and that a picture is high. */
const [LINE, HIGH] = [15, 96];
/** Letters in a line, over all pictures of a row: so many has the column of a notebook. */
const LETTERS = 96;
/** Pixels that a letter is wide. */
const LETTER = 6;

/**
 * Pictures in a grid, grey or in colour, with words below each.
 *
 * @param rows pictures of one shape, with captions or without
 * @throws when there is none, their shapes differ, or `columns` is not a whole number ≥ 1
 *
 * @example
 * const figure = plot.pictures(digitScenes(mnist().test, 4, random(1)), { columns: 4 });
 */
export function pictures(rows: readonly ShownPicture[], { title = "", columns = 6 }: PictureOptions = {}): Figure {
  checkSome("pictures", rows.length, "picture");
  checkCount("pictures", "columns", columns, 1);
  const { height, width, channels } = rows[0]!.picture;
  const shape = `${height}×${width}×${channels}`;
  const odd = rows.findIndex(({ picture: p }) => `${p.height}×${p.width}×${p.channels}` !== shape);
  if (odd >= 0)
    throw new RangeError(`pictures: expected pictures of one shape, the first is ${shape}, number ${odd} not`);

  const across = Math.min(columns, rows.length);
  const down = Math.ceil(rows.length / across);
  const gap = Math.ceil(width / 8);
  const fitting = (HIGH * (width + gap)) / height / LETTER; // below a picture, up to the words of the next one
  const told = rows.map(({ caption = "" }) => broken(caption, Math.floor(Math.min(LETTERS / across, fitting))));
  const lines = told.reduce((most, label) => Math.max(most, label.length), 0);
  const below = Math.ceil((height * LINE * (lines + 0.5)) / HIGH);
  const cell = { width: width + gap, height: height + (lines > 0 ? below : gap) };
  const annotations = told.map(
    (label, n): Partial<Annotations> => ({
      text: label.map(verbatim).join("<br>"),
      x: (n % across) * cell.width + width / 2,
      y: Math.floor(n / across) * cell.height + height,
      yanchor: "top",
      showarrow: false,
      font: { size: 11 },
    }),
  );
  return new Figure(
    rows.map(({ picture }, n) => placed(picture, (n % across) * cell.width, Math.floor(n / across) * cell.height)),
    {
      title: { text: title },
      height: (title ? 56 : 16) + down * (HIGH + (lines > 0 ? LINE * (lines + 0.5) : 12)),
      margin: { l: 8, r: 8, t: title ? 48 : 8, b: 8 },
      xaxis: { visible: false, range: [-0.5, across * cell.width - 0.5], constrain: "domain" },
      yaxis: { visible: false, range: [down * cell.height - 0.5, -0.5], scaleanchor: "x", constrain: "domain" },
      annotations,
    },
    titled(
      title,
      counted(rows.length, "picture") + (lines > 0 ? `: ${rows.map(({ caption }) => caption).join(", ")}` : ""),
    ),
  );
}

/** A picture whose upper left corner is at (x, y). */
export function placed({ height, width, channels, bytes }: PixelPicture, x = 0, y = 0): Data {
  const source = `data:image/png;base64,${picturePng(bytes, width, height, { channels })}`;
  return { type: "image", source, x0: x, y0: y, hoverinfo: "skip" } as unknown as Data;
}

/** A text in lines of so many letters, words left whole. */
function broken(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text === "" ? [] : text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
