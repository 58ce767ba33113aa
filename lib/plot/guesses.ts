import type { Sequence } from "../math/sequence.js";
import { argmax } from "../math/softmax.js";
import { checkLabels, checkRow, checkSome } from "./check.js";
import { Figure, palette, sequential } from "./figure.js";
import { tokenAxis } from "./text.js";

export interface GuessOptions {
  readonly title?: string;
  /** Which sequence of the batch is shown. */
  readonly row?: number;
  /** What a step is called: "row", "character", … */
  readonly step?: string;
  /** What was read, one token a step; without it, as for a picture, the axis counts the steps. */
  readonly tokens?: readonly string[];
  /** The names of the classes; by default 0, 1, 2, … */
  readonly classes?: readonly string[];
}

/**
 * What a classifier believes after each step: the probability of each class (down) over steps (across), with the most
 * probable class marked.
 *
 * @param probabilities T×B×classes, as `model.everyStep` gives it
 * @throws when there is no step, no such row in the batch, a number outside 0 … 1, or not one name for each class and one token for each step
 *
 * @example
 * const model = classifier(rnn(28, 16), 10);
 * const guesses = model.everyStep(model.init(random(1)), pictureRows(mnist().test.pixels(0)));
 * const figure = plot.guesses(guesses, { step: "row" });
 */
export function guesses(
  probabilities: Sequence,
  { title = "", row = 0, step = "step", tokens, classes }: GuessOptions = {},
): Figure {
  checkRow("guesses", row, probabilities.batch);
  checkSome("guesses", probabilities.data.length, "step");
  checkLabels("guesses", tokens, probabilities.steps, "steps");
  checkLabels("guesses", classes, probabilities.width, "classes");
  const odd = probabilities.data.find((value) => !(value >= 0 && value <= 1 + 1e-6));
  if (odd !== undefined) throw new RangeError(`guesses: a probability is ${odd}, expected 0 … 1 as a softmax gives`);
  const [T, N] = [probabilities.steps, probabilities.width];
  const names = classes ?? Array.from({ length: N }, (_, k) => String(k));
  const steps = Array.from({ length: T }, (_, t) => probabilities.at(t).rowRange(row, row + 1));
  const best = steps.map((p) => argmax(p)[0]!);
  const z = names.map((_, k) => steps.map((p) => Math.round(1000 * p.at(0, k)) / 1000));
  return new Figure(
    [
      { type: "heatmap", z, zmin: 0, zmax: 1, colorscale: sequential, colorbar: { thickness: 12 } },
      {
        type: "scatter",
        mode: "markers",
        x: best.map((_, t) => t),
        y: best,
        marker: { color: palette[5]!, size: 8, line: { color: "#FFFFFF", width: 1 } },
        text: best.map((k) => `guess: ${names[k]}`),
        hoverinfo: "text",
        showlegend: false,
      },
    ],
    {
      title: { text: title },
      // the markers would widen the axes beyond the map
      xaxis: {
        title: { text: step },
        showgrid: false,
        zeroline: false,
        range: [-0.5, T - 0.5],
        ...(tokens && tokenAxis(tokens, "across")),
      },
      yaxis: {
        title: { text: "class" },
        showgrid: false,
        zeroline: false,
        range: [-0.5, N - 0.5],
        tickvals: names.map((_, k) => k),
        ticktext: [...names],
      },
    },
    `${title ? `${title} — ` : ""}${story(best, step, names)}; at the end ${names[best[T - 1]!]} with probability ${z[best[T - 1]!]![T - 1]}`,
  );
}

/** [3, 3, 9] → "3 from row 0, 9 from row 2". */
function story(best: readonly number[], step: string, names: readonly string[]): string {
  return best.flatMap((k, t) => (t === 0 || k !== best[t - 1] ? [`${names[k]} from ${step} ${t}`] : [])).join(", ");
}
