import type { Sequence } from "../math/sequence.js";
import { checkLabels, checkNumbers, checkRow, checkSome } from "./check.js";
import { diverging, Figure } from "./figure.js";

/** Up to how many cells have numbers of their own; more have whole per cent, so that 200 steps of 128 units stay under 100 kB. */
const MANY = 10_000;

export interface StateMapOptions {
  readonly title?: string;
  /** Which sequence of the batch is shown. */
  readonly row?: number;
  /** What a step is called: "row", "character", … */
  readonly step?: string;
  /** What stands at each step, as tick labels. */
  readonly ticks?: readonly string[];
}

/**
 * What a network remembers while it reads: hidden units (down) over steps (across), −1 … 1; very large maps are in per
 * cent.
 *
 * @param states T×B×H, as `model.states` gives it
 * @throws when there is no step, no such row in the batch, a number is not finite, or there is not one tick for each
 *   step
 *
 * @example
 * const model = classifier(rnn(28, 16), 10);
 * const states = model.states(model.init(random(1)), pictureRows(mnist().test.pixels(0)));
 * const figure = plot.stateMap(states, { step: "row" });
 */
export function stateMap(
  states: Sequence,
  { title = "", row = 0, step = "step", ticks }: StateMapOptions = {},
): Figure {
  checkRow("stateMap", row, states.batch);
  checkSome("stateMap", states.data.length, "step");
  checkLabels("stateMap", ticks, states.steps, "steps");
  checkNumbers("stateMap", states.data);
  const [T, H] = [states.steps, states.width];
  const steps = Array.from({ length: T }, (_, t) => states.at(t));
  const one = T * H > MANY ? 100 : 1;
  const z = Array.from({ length: H }, (_, unit) => steps.map((h) => Math.round(100 * h.at(row, unit)) / (100 / one)));
  const full = z.flat().filter((value) => Math.abs(value) > 0.9 * one).length / (T * H);
  const colorbar = { thickness: 12, ...(one === 100 && { ticksuffix: " %" }) };
  return new Figure(
    [{ type: "heatmap", z, zmin: -one, zmax: one, colorscale: diverging, colorbar }],
    {
      title: { text: title },
      xaxis: {
        title: { text: step },
        showgrid: false,
        ...(ticks && { tickvals: ticks.map((_, t) => t), ticktext: [...ticks] }),
      },
      yaxis: { title: { text: "hidden unit" }, showgrid: false },
    },
    `${title ? `${title} — ` : ""}${H} hidden units over ${T} ${step}s; ${Math.round(100 * full)} % of the values are beyond ±0.9`,
  );
}
