import type { Annotations, Data, Layout, Shape } from "plotly.js";
import { inkOn, tint } from "./colour.js";
import { each } from "./each.js";
import { Figure, INK } from "./figure.js";

export type Point = readonly [x: number, y: number];

/** A disc or a square with a word in it. */
export interface Node {
  readonly at: Point;
  /** What stands in it; `<sub>` and `<br>` are read. */
  readonly text: string;
  readonly shape?: "circle" | "square";
  /** −1 … 1 gives its colour; without it the node is near white. */
  readonly value?: number;
  /** Its colour whatever the value. */
  readonly colour?: string;
  /** Across, in pixels. */
  readonly size?: number;
  /** What the mouse is told. */
  readonly hover?: string;
}

export interface Arrow {
  /** From the first to the last, by corners. Four points and `bent` are the ends of a curve with what it is drawn to. */
  readonly points: readonly Point[];
  readonly bent?: boolean;
  readonly colour?: string;
  readonly width?: number;
  /** How far from its first and last point it keeps, in pixels: half of what the nodes there are across. */
  readonly gaps?: readonly [from: number, to: number];
}

/** A word beside the nodes, in the ink of the page. */
export interface Label {
  readonly at: Point;
  readonly text: string;
  readonly side?: "middle left" | "middle center" | "middle right" | "top center" | "bottom center";
  readonly size?: number;
  readonly hover?: string;
}

export interface Drawing {
  readonly nodes: readonly Node[];
  readonly arrows: readonly Arrow[];
  readonly labels: readonly Label[];
}

export interface DrawingOptions {
  readonly title?: string;
  /** Of the figure, in pixels. */
  readonly height: number;
  /** How much room is left around the outermost nodes, in the drawing's units. */
  readonly rim?: number;
}

const NODE_SIZE = 42; // pixels
const PAPER = "#F7F7F7";

/**
 * Nodes, arrows and labels as a figure: the one hand that draws graphs, cells and kinds of sequences.
 *
 * @param description what is seen, in words
 */
export function drawn(
  { nodes, arrows, labels }: Drawing,
  { title = "", height, rim = 0.6 }: DrawingOptions,
  description: string,
): Figure {
  const places = [
    ...nodes.map(({ at }) => at),
    ...labels.map(({ at }) => at),
    ...arrows.flatMap(({ points }) => points),
  ];
  const range = (axis: 0 | 1) => {
    const along = places.map((place) => place[axis]);
    return [Math.min(...along) - rim, Math.max(...along) + rim];
  };
  const hidden = { visible: false, automargin: false } as const;
  const layout: Partial<Layout> = {
    title: { text: title },
    height,
    margin: { l: 8, r: 8, t: title ? 48 : 8, b: 8 },
    showlegend: false,
    xaxis: { ...hidden, range: range(0) },
    yaxis: { ...hidden, range: range(1) },
    shapes: arrows.flatMap(stem),
    annotations: arrows.map(head),
  };
  return new Figure([words(labels), discs(nodes)], layout, description);
}

function discs(nodes: readonly Node[]): Data {
  const fills = nodes.map(({ colour, value }) => colour ?? (value === undefined ? PAPER : tint(value)));
  return {
    type: "scatter",
    mode: "text+markers",
    x: nodes.map(({ at }) => at[0]),
    y: nodes.map(({ at }) => at[1]),
    cliponaxis: false,
    marker: {
      symbol: each(nodes.map(({ shape = "circle" }) => shape)),
      size: nodes.map(({ size = NODE_SIZE }) => size),
      color: fills,
      opacity: 1,
      line: { color: INK, width: 1.5 },
    },
    text: nodes.map(({ text }) => text),
    textposition: "middle center",
    textfont: { size: 12, color: fills.map(inkOn) },
    hovertext: nodes.map(({ hover = "" }) => hover),
    hoverinfo: each(nodes.map(({ hover }) => (hover ? "text" : "skip"))),
  };
}

function words(labels: readonly Label[]): Data {
  return {
    type: "scatter",
    mode: "text",
    x: labels.map(({ at }) => at[0]),
    y: labels.map(({ at }) => at[1]),
    cliponaxis: false,
    text: labels.map(({ text }) => text),
    textposition: each(labels.map(({ side = "middle center" }) => side)),
    textfont: { size: each(labels.map(({ size = 12 }) => size)) },
    hovertext: labels.map(({ hover = "" }) => hover),
    hoverinfo: each(labels.map(({ hover }) => (hover ? "text" : "skip"))),
  };
}

/** All of an arrow that comes before its last stretch; it lies below the nodes, and so may begin at their middle. */
function stem({ points, bent = false, colour = INK, width = 1.5 }: Arrow): Partial<Shape>[] {
  if (points.length < 3) return [];
  const [start, ...others] = points.map(([x, y]) => `${x},${y}`);
  const path = bent ? `M${start} C${others.join(" ")}` : `M${start} L${others.slice(0, -1).join(" L")}`;
  return [{ type: "path", path, layer: "below", line: { color: colour, width } }];
}

/** The last stretch of an arrow, with its head. */
function head({ points, bent = false, colour = INK, width = 1.5, gaps = [0, 0] }: Arrow): Partial<Annotations> {
  const [x, y] = points.at(-1)!;
  // the last stretch is straight: the shorter the better, but a head that keeps a distance needs some of it
  const [ax, ay] = bent ? onCurve(points, gaps[1] > 0 ? 0.85 : 0.95) : points.at(-2)!;
  return {
    x,
    y,
    ax,
    ay,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    text: "",
    showarrow: true,
    arrowhead: 2,
    arrowsize: Math.max(0.6, 1.2 - width / 8), // a head grows with the width of its arrow
    arrowwidth: width,
    arrowcolor: colour,
    startstandoff: points.length < 3 ? gaps[0] : 0,
    standoff: gaps[1],
  };
}

/** The point of a Bézier curve of third degree at t = 0, its start, … 1, its end. */
export function onCurve(points: readonly Point[], t: number): Point {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  const along = (axis: 0 | 1) => points.reduce((sum, point, i) => sum + weights[i]! * point[axis], 0);
  return [Math.round(1000 * along(0)) / 1000, Math.round(1000 * along(1)) / 1000];
}
