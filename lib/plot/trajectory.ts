import type { Data } from "plotly.js";
import { Matrix } from "../math/matrix.js";
import { checkLabels, checkNumbers, checkSome } from "./check.js";
import { each } from "./each.js";
import { Figure, INK, palette, round, sequential } from "./figure.js";
import { counted, titled, verbatim, visible } from "./text.js";

export interface Trajectory {
  readonly name?: string;
  /** T×2 or T×3, one row a step; any width where a projection is given. */
  readonly points: Matrix | readonly ArrayLike<number>[];
  /** What was read at each step, for the hover text. */
  readonly tokens?: readonly string[];
}

export interface TrajectoryOptions {
  readonly title?: string;
  /** Takes a point to two or three numbers, as a projection on principal components does. */
  readonly project?: (point: readonly number[]) => ArrayLike<number>;
  /** The names of the axes, with the share of the variance where it is known. */
  readonly axes?: readonly string[];
  /** What a step is called: "step", "character", … */
  readonly step?: string;
}

/**
 * The way of a hidden state through its space, projected on two or three axes: a line for each sequence, dots that
 * tell the time by their colour, a ring where it starts and a square where it ends.
 *
 * @param paths one for each sequence, all on the same axes
 * @throws when there is none, a point has not two or three numbers, or there is not one token for each point
 *
 * @example
 * const circle = build(20, 2, (t, axis) => Math.cos(t / 3 - (axis * Math.PI) / 2));
 * const figure = plot.trajectory([{ name: "a turn", points: circle }], { axes: ["cos", "sin"] });
 */
export function trajectory(
  paths: readonly Trajectory[],
  { title = "", project, axes, step = "step" }: TrajectoryOptions = {},
): Figure {
  checkSome("trajectory", paths.length, "sequence");
  const ways = paths.map((path, i) => {
    const name = path.name ?? (paths.length > 1 ? `sequence ${i}` : "state");
    const rows = path.points instanceof Matrix ? path.points.toRows() : path.points.map((point) => Array.from(point));
    const points = rounded(project ? rows.map((point) => Array.from(project(point))) : rows);
    checkSome(`trajectory: "${name}"`, points.length, "point");
    checkLabels(`trajectory: "${name}"`, path.tokens, points.length, "points");
    return { name, points, ...(path.tokens && { tokens: path.tokens }) };
  });
  const size = ways[0]!.points[0]!.length;
  ways.forEach((way) => {
    checkPoints(way, size);
  });
  const names = axes ?? Array.from({ length: size }, (_, k) => `component ${k + 1}`);
  checkLabels("trajectory", names, size, "axes");
  const longest = Math.max(...ways.map(({ points }) => points.length));
  const [x, y, z] = names.map((name) => ({ title: { text: name }, zeroline: false }));
  return new Figure(
    ways.flatMap((way, i) =>
      traces(way, { colour: ways.length > 1 ? palette[i % palette.length]! : INK, longest, step, isFirst: i === 0 }),
    ),
    {
      title: { text: title },
      height: size === 3 ? 480 : 400,
      showlegend: ways.length > 1,
      ...(size === 3
        ? {
            scene: {
              xaxis: x!,
              yaxis: y!,
              zaxis: z!,
              camera: { eye: { x: 1.6, y: 1.6, z: 0.9 }, center: { x: 0, y: 0, z: -0.15 } },
            },
            margin: { l: 0, r: 0, t: title && ways.length > 1 ? 76 : 48, b: 8 },
          }
        : { xaxis: x!, yaxis: { ...y!, scaleanchor: "x" } }), // a turn looks like one where both axes have one unit
    },
    titled(title, ways.map((way) => inWords(way, step)).join("; ")),
  );
}

/** To a ten-thousandth of the largest number: what an eye can see. */
function rounded(points: readonly number[][]): number[][] {
  const largest = points.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const digits = Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(largest || 1))));
  return points.map((point) => point.map((value) => Number(value.toFixed(digits))));
}

interface Way {
  readonly name: string;
  readonly points: readonly (readonly number[])[];
  readonly tokens?: readonly string[];
}

interface Style {
  readonly colour: string;
  readonly longest: number;
  readonly step: string;
  readonly isFirst: boolean;
}

/** The line with its dots, and the marks at both ends. */
function traces({ name, points, tokens }: Way, { colour, longest, step, isFirst }: Style): Data[] {
  const last = points.length - 1;
  const hover = (t: number) => `${step} ${t}${tokens ? ` “${verbatim(visible(tokens[t]!))}”` : ""}`;
  const along = (some: readonly number[]) => {
    const column = (axis: number) => some.map((t) => points[t]![axis]!);
    const flat = { type: "scatter", x: column(0), y: column(1) } as const;
    return points[0]!.length === 3 ? ({ ...flat, type: "scatter3d", z: column(2) } as const) : flat;
  };
  const all = points.map((_, t) => t);
  return [
    {
      ...along(all),
      mode: "lines+markers",
      name: verbatim(name),
      legendgroup: name,
      line: { color: colour, width: 2 },
      marker: {
        size: points[0]!.length === 3 ? 4 : 7,
        color: all,
        cmin: 0,
        cmax: Math.max(1, longest - 1),
        colorscale: sequential,
        showscale: isFirst,
        colorbar: { thickness: 12, title: { text: step, side: "right" } },
        line: { color: INK, width: 1 },
      },
      text: all.map(hover),
      hovertemplate: `${verbatim(name)}, %{text}<extra></extra>`,
    },
    {
      ...along([0, last]),
      mode: "markers",
      legendgroup: name,
      showlegend: false,
      marker: {
        size: points[0]!.length === 3 ? 8 : 14,
        symbol: each(["circle-open", "square-open"]),
        color: colour,
        line: { color: colour, width: 3 },
      },
      text: ["start", "end"],
      hovertemplate: `${verbatim(name)}: %{text}<extra></extra>`,
    },
  ];
}

function checkPoints({ name, points }: Way, size: number): void {
  if (size !== 2 && size !== 3) {
    throw new RangeError(
      `trajectory: "${name}" has points of ${size} numbers, expected 2 or 3: pass "project" to get there`,
    );
  }
  points.forEach((point, t) => {
    checkNumbers(`trajectory: "${name}", point ${t}`, point);
    if (point.length !== size) {
      throw new RangeError(
        `trajectory: "${name}" has ${point.length} numbers at point ${t}, expected ${size} as at first`,
      );
    }
  });
}

function inWords({ name, points }: Way, step: string): string {
  const at = (point: readonly number[]) => `(${point.map((value) => round(value, 2)).join(", ")})`;
  const length = points
    .slice(1)
    .reduce((sum, point, t) => sum + Math.hypot(...point.map((v, k) => v - points[t]![k]!)), 0);
  return `${name}: ${counted(points.length, step)} from ${at(points[0]!)} to ${at(points.at(-1)!)}, a way of ${round(length, 3)}`;
}
