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

export interface PictureOptions {
  readonly title?: string;
  /** Words below each picture; they are broken into lines. */
  readonly labels?: readonly string[];
  /** How many pictures stand in a row. */
  readonly columns?: number;
}

/** Pixels of the screen that a line of words takes, and that a picture is high. */
const [LINE, HIGH] = [15, 96];
/** Letters in a line, over all pictures of a row. */
const LETTERS = 108;

/**
 * Pictures in a grid, grey or in colour, with words below each.
 *
 * @param pictures of one shape
 * @throws when there is none, their shapes differ, there is not one label for each, or `columns` is not a whole number ≥ 1
 *
 * @example
 * const [scene] = digitScenes(mnist().test, 1, random(1));
 * const figure = plot.pictures([scene.picture], { labels: [scene.caption] });
 */
export function pictures(
  pictures: readonly PixelPicture[],
  { title = "", labels = [], columns = 6 }: PictureOptions = {},
): Figure {
  checkSome("pictures", pictures.length, "picture");
  checkCount("pictures", "columns", columns, 1);
  if (labels.length > 0 && labels.length !== pictures.length) {
    throw new RangeError(`pictures: ${labels.length} labels for ${pictures.length} pictures, expected one for each`);
  }
  const { height, width, channels } = pictures[0]!;
  const shape = `${height}×${width}×${channels}`;
  const odd = pictures.findIndex((p) => `${p.height}×${p.width}×${p.channels}` !== shape);
  if (odd >= 0)
    throw new RangeError(`pictures: expected pictures of one shape, the first is ${shape}, number ${odd} not`);

  const across = Math.min(columns, pictures.length);
  const down = Math.ceil(pictures.length / across);
  const told = labels.map((label) => broken(label, Math.floor(LETTERS / across)));
  const lines = told.reduce((most, label) => Math.max(most, label.length), 0);
  const gap = Math.ceil(width / 8);
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
    pictures.map((picture, n) => placed(picture, (n % across) * cell.width, Math.floor(n / across) * cell.height)),
    {
      title: { text: title },
      height: (title ? 56 : 16) + down * (HIGH + (lines > 0 ? LINE * (lines + 0.5) : 12)),
      margin: { l: 8, r: 8, t: title ? 48 : 8, b: 8 },
      xaxis: { visible: false, range: [-0.5, across * cell.width - 0.5], constrain: "domain" },
      yaxis: { visible: false, range: [down * cell.height - 0.5, -0.5], scaleanchor: "x", constrain: "domain" },
      annotations,
    },
    titled(title, counted(pictures.length, "picture") + (labels.length > 0 ? `: ${labels.join(", ")}` : "")),
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
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
