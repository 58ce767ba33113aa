import { checkNumbers, checkSome } from "./check.js";
import { each } from "./each.js";
import { diverging, Figure } from "./figure.js";
import { titled, verbatim, visible } from "./text.js";

export interface FiringOptions {
  readonly title?: string;
  /** How many characters a line has before it is broken. */
  readonly columns?: number;
}

const LINE = 24; // pixels

/**
 * When a neuron fires: a text, each character on a ground in the colour of the neuron's value when it has read it
 * (Karpathy, Johnson & Fei-Fei 2015, Visualizing and understanding recurrent networks, figure 2).
 *
 * @param text its characters as a reader counts code points, or as a vocabulary has cut them
 * @param activations one for each character, mostly −1 … 1; beyond, the colour stays that of the end
 * @throws when there is no text, not one value for each character, or a value is no number
 *
 * @example
 * const text = 'He said "yes".\nShe left.';
 * const figure = plot.firing(text, [...text].map((_, t) => (t > 8 && t < 13 ? 0.9 : -0.8)), { title: "a quote neuron" });
 */
export function firing(
  text: string | readonly string[],
  activations: ArrayLike<number>,
  { title = "", columns = 64 }: FiringOptions = {},
): Figure {
  const characters = typeof text === "string" ? [...text] : text;
  checkSome("firing", characters.length, "character");
  if (activations.length !== characters.length) {
    throw new RangeError(
      `firing: ${activations.length} values for ${characters.length} characters, expected one for each`,
    );
  }
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new RangeError(`firing: columns is ${columns}, expected 1, 2, 3, …`);
  }
  checkNumbers("firing", activations);
  const lines = broken(characters, columns);
  const across = Math.max(...lines.map((line) => line.length));
  return new Figure(
    [
      {
        type: "heatmap",
        z: lines.map((line) => line.map((t) => Math.round(100 * activations[t]!) / 100)),
        // Plotly writes each character in black or white, whichever reads better on its cell
        text: each(lines.map((line) => line.map((t) => verbatim(signOf(characters[t]!))))),
        texttemplate: "%{text}",
        textfont: { family: "monospace", size: 13 },
        zmin: -1,
        zmax: 1,
        colorscale: diverging,
        colorbar: { thickness: 12 },
        hoverongaps: false,
        hovertemplate: "“%{text}”: %{z}<extra></extra>",
      },
    ],
    {
      title: { text: title },
      height: (title ? 64 : 32) + Math.max(3, lines.length) * LINE,
      margin: { l: 8, r: 8, t: title ? 48 : 16, b: 16 },
      xaxis: { visible: false, range: [-0.5, Math.max(across, columns / 2) - 0.5] },
      yaxis: { visible: false, range: [Math.max(3, lines.length) - 0.5, -0.5] },
    },
    titled(title, inWords(characters, activations)),
  );
}

/** A blank stays one: its colour is enough. */
const signOf = (character: string) => (character === " " ? " " : visible(character));

/** The places of the characters, line by line: a line ends after a new line and when it is full. */
function broken(characters: readonly string[], columns: number): number[][] {
  const lines: number[][] = [[]];
  characters.forEach((_, t) => {
    if (characters[t - 1] === "\n" || lines.at(-1)!.length === columns) lines.push([]);
    lines.at(-1)!.push(t);
  });
  return lines;
}

function inWords(characters: readonly string[], activations: ArrayLike<number>): string {
  const values = Array.from(activations);
  const share = (isPart: (value: number) => boolean) =>
    Math.round((100 * values.filter(isPart).length) / values.length);
  const around = (t: number) => {
    const before = characters.slice(Math.max(0, t - 8), t).join("");
    return `“${before}[${characters[t]}]${characters.slice(t + 1, t + 9).join("")}” (${Math.round(100 * values[t]!) / 100})`;
  };
  const [most, least] = [values.indexOf(Math.max(...values)), values.indexOf(Math.min(...values))];
  return `${characters.length} characters; above 0.5 at ${share((v) => v > 0.5)} %, below −0.5 at ${share((v) => v < -0.5)} % of them; highest at ${around(most)}, lowest at ${around(least)}`;
}
