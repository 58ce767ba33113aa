import { checkNumbers, checkSome } from "./check.js";
import { type Arrow, type Drawing, drawn, type Label, type Node, type Point } from "./drawing.js";
import { type Figure, palette, round } from "./figure.js";
import { counted, titled, verbatim, visible } from "./text.js";
import { numbersOf, printed, shown, told, type Value, type ValueOptions } from "./value.js";

/** What stands at the nodes of one step. */
export interface GraphStep {
  readonly x: Value;
  readonly h: Value;
  readonly y?: Value;
  readonly loss?: number;
  /** ∂E/∂h_t: what has come back to this state. */
  readonly dh?: Value;
  /** What x stands for, written below it. */
  readonly token?: string;
}

export interface UnrolledGraphOptions extends ValueOptions {
  readonly title?: string;
  /** The state before the first step. */
  readonly initialState?: Value;
  /** Draws beside it the network as one node that feeds itself. */
  readonly folded?: boolean;
}

const MOST_STEPS = 16;
const WIDTH = 640; // pixels: what a notebook's column leaves for the drawing
const ROWS = { x: 0, h: 1, y: 2, loss: 3 } as const;
type Part = keyof typeof ROWS;

const colours = { xh: palette[0]!, hh: palette[2]!, hy: palette[3]!, back: palette[5]! };

/**
 * The network unrolled in time, with its own numbers: x_t, h_t, y_t and the loss of each step, and the arrows along which
 * the same three matrices are applied again and again.
 *
 *     h_t = f(x_t·W_xh + h_{t−1}·W_hh),  y_t = h_t·W_hy
 *
 * A node has the colour of its mean (blue −1 … orange 1), the mouse is told all its numbers. Where `dh` is given, arrows
 * that point back show the norm of the gradient ∂E/∂h_t by their width.
 *
 * @param steps 1 … 16 of them
 * @throws when there are none or more, a value is no number, or there is no such unit or row
 *
 * @example
 * const figure = plot.unrolledGraph([
 *   { x: [1, 0], h: [0.3, -0.2], y: 0.1, loss: 0.7, dh: [0.01, 0.02], token: "a" },
 *   { x: [0, 1], h: [0.8, 0.4], y: 0.6, loss: 0.3, dh: [0.2, 0.1], token: "b" },
 * ], { folded: true });
 */
export function unrolledGraph(
  steps: readonly GraphStep[],
  { title = "", initialState = 0, folded = false, unit, row = 0 }: UnrolledGraphOptions = {},
): Figure {
  checkSome("unrolledGraph", steps.length, "step");
  if (steps.length > MOST_STEPS) {
    throw new RangeError(`unrolledGraph: ${steps.length} steps, expected 1 … ${MOST_STEPS}: pass a part of them`);
  }
  checkNumbers(
    "unrolledGraph: loss",
    steps.map(({ loss = 0 }) => loss),
  );
  const distance = WIDTH / (steps.length + 1.2 + (folded ? 2.4 : 0)); // pixels between two steps
  const size = Math.round(Math.min(46, Math.max(26, 0.6 * distance)));
  const place = { size, distance };

  const node = (part: Part, t: number, value: Value): Node => {
    const numbers = numbersOf(`unrolledGraph: ${part} of step ${t}`, value, row);
    const one = shown(`unrolledGraph: ${part} of step ${t}`, numbers, unit);
    const name = part === "loss" ? `E<sub>${t}</sub>` : `${part}<sub>${t}</sub>`;
    return {
      at: [t, ROWS[part]],
      text: size >= 38 ? `${name}<br>${printed(one)}` : name,
      size,
      hover: `${name} = ${told(numbers)}`,
      ...(part !== "loss" && { value: one }), // a loss is not −1 … 1
    };
  };
  const nodes = [node("h", 0, initialState)];
  const drawing: Drawing[] = steps.map(({ x, h, y, loss, token }, i) => {
    const t = i + 1;
    nodes.push(node("x", t, x), node("h", t, h));
    if (y !== undefined) nodes.push(node("y", t, y));
    if (loss !== undefined) nodes.push(node("loss", t, loss));
    const labels = token === undefined ? [] : [tokenLabel(token, t)];
    const wires = column([t, 0], { y: y !== undefined, loss: loss !== undefined }, place, i === 0 || distance >= 60);
    const across = between([t - 1, ROWS.h], [t, ROWS.h], { colour: colours.hh, place });
    const named = i === 0 || distance >= 75 ? [acrossLabel(t - 0.5, place)] : [];
    return { nodes: [], arrows: [...wires.arrows, across], labels: [...wires.labels, ...named, ...labels] };
  });
  drawing.push({ nodes, arrows: [], labels: [] }, gradients(steps, { row, place }));
  if (folded) drawing.push(foldedForm(steps, place));
  return drawn(
    {
      nodes: drawing.flatMap((part) => part.nodes),
      arrows: drawing.flatMap((part) => part.arrows),
      labels: drawing.flatMap((part) => part.labels),
    },
    { title, height: (title ? 48 : 8) + 84 * (1.5 + topRow(steps)) },
    titled(title, inWords(steps, { unit, row })),
  );
}

interface Place {
  /** Of a node, in pixels. */
  readonly size: number;
  /** Between two steps, in pixels. */
  readonly distance: number;
}

const topRow = (steps: readonly GraphStep[]) =>
  Math.max(...steps.map(({ y, loss }) => (loss !== undefined ? ROWS.loss : y !== undefined ? ROWS.y : ROWS.h)));

function between(from: Point, to: Point, { colour, place }: { colour?: string; place: Place }): Arrow {
  return { points: [from, to], gaps: [place.size / 2, place.size / 2 + 1], width: 2, ...(colour && { colour }) };
}

/** What stands above each other in one step: x → h → y → loss. */
function column([x]: Point, has: { y: boolean; loss: boolean }, place: Place, isNamed: boolean): Drawing {
  const up = (low: Part, high: Part, colour?: string) =>
    between([x, ROWS[low]], [x, ROWS[high]], { place, ...(colour && { colour }) });
  const name = (text: string, y: number): Label => ({ at: [x + 0.06, y], text, side: "middle right", size: 11 });
  return {
    nodes: [],
    arrows: [
      up("x", "h", colours.xh),
      ...(has.y ? [up("h", "y", colours.hy)] : []),
      ...(has.loss ? [up(has.y ? "y" : "h", "loss")] : []),
    ],
    labels: isNamed ? [name("W<sub>xh</sub>", 0.38), ...(has.y ? [name("W<sub>hy</sub>", 1.5)] : [])] : [],
  };
}

function acrossLabel(x: number, { size, distance }: Place): Label {
  const fits = distance - size >= 28;
  return { at: [x, ROWS.h + (fits ? 0.15 : 0.38)], text: "W<sub>hh</sub>", size: 11 };
}

const tokenLabel = (token: string, t: number): Label => ({ at: [t, -0.42], text: `“${verbatim(visible(token))}”` });

/** Arrows back from state to state, as wide as the gradient that has come to the earlier one is long. */
function gradients(steps: readonly GraphStep[], { row, place }: { row: number; place: Place }): Drawing {
  const norms = steps.map(({ dh }, i) => normOf(dh, i + 1, row));
  const longest = Math.max(...norms.map((norm) => norm ?? 0), Number.MIN_VALUE);
  const below = ROWS.h - 0.24;
  const inner = 0.5 * (place.size / place.distance) * 0.8;
  const known = norms.slice(0, -1).flatMap((norm, i) => (norm === undefined ? [] : [{ norm, t: i + 1 }]));
  return {
    nodes: [],
    arrows: known.map(({ norm, t }) => ({
      points: [
        [t + 1 - inner, below],
        [t + inner, below],
      ],
      colour: colours.back,
      width: Math.round(10 * (1 + (5 * norm) / longest)) / 10,
    })),
    labels: known.map(({ norm, t }) => ({
      at: [t + 0.5, below - 0.16],
      text: String(round(norm, 2)),
      size: place.distance >= 60 ? 11 : 9,
      hover: `‖∂E/∂h<sub>${t}</sub>‖ = ${round(norm, 3)}`,
    })),
  };
}

function normOf(dh: Value | undefined, t: number, row: number): number | undefined {
  return dh === undefined ? undefined : Math.hypot(...numbersOf(`unrolledGraph: dh of step ${t}`, dh, row));
}

/** The network as it is written down: one node that feeds itself. */
function foldedForm(steps: readonly GraphStep[], place: Place): Drawing {
  const x = -2.2;
  const has = { y: steps.some(({ y }) => y !== undefined), loss: steps.some(({ loss }) => loss !== undefined) };
  const parts: Part[] = ["x", "h", ...(has.y ? (["y"] as const) : []), ...(has.loss ? (["loss"] as const) : [])];
  const wires = column([x, 0], has, place, true);
  const loop: Arrow = {
    points: [
      [x, 1],
      [x - 1.1, 1.6],
      [x - 1.1, 0.4],
      [x, 1],
    ],
    bent: true,
    colour: colours.hh,
    width: 2,
    gaps: [0, place.size / 2 + 1],
  };
  return {
    nodes: parts.map((part) => ({ at: [x, ROWS[part]], text: part === "loss" ? "E" : part, size: place.size })),
    arrows: [...wires.arrows, loop],
    labels: [
      ...wires.labels,
      { at: [x - 0.9, 1], text: "W<sub>hh</sub>", side: "middle left", size: 11 },
      { at: [-1, 1], text: "=", size: 22 },
    ],
  };
}

function inWords(steps: readonly GraphStep[], { unit, row = 0 }: ValueOptions): string {
  const one = (value: Value) => round(shown("unrolledGraph: h", numbersOf("unrolledGraph: h", value, row), unit), 3);
  const states = `h goes from ${one(steps[0]!.h)} to ${one(steps.at(-1)!.h)}${unit === undefined ? " (means)" : ` (unit ${unit})`}`;
  const losses = steps.flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
  const sum = losses.reduce((total, loss) => total + loss, 0);
  const norms = steps.map(({ dh }, i) => normOf(dh, i + 1, row)).filter((norm) => norm !== undefined);
  const back = `gradient norms from the last step back: ${norms
    .reverse()
    .map((norm) => round(norm, 2))
    .join(", ")}`;
  return [
    `${counted(steps.length, "step")} unrolled: ${states}`,
    ...(losses.length > 0 ? [`loss ${round(sum, 3)} in all`] : []),
    ...(norms.length > 0 ? [back] : []),
  ].join("; ");
}
