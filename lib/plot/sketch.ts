import type { Data, Layout, Shape } from "plotly.js";
import { escapeHtml } from "../display/mime.js";
import { greyPng } from "../display/png.js";
import { AREA, type Scale, scaleOf, stepOf, type Trace } from "./sketch-scale.js";

const MANY = 200; // points of a line: as many as can be told apart

/**
 * A still picture of lines, dots, bars and maps (in grey, black is low), for where no Plotly is.
 *
 * @param ink the colour of words
 * @returns an SVG file; undefined for what is drawn in space, stands on one another, is a picture already, or is of words
 *   and arrows
 */
export function sketch(data: readonly Data[], layout: Partial<Layout>, ink: string): string | undefined {
  const traces = data as Trace[];
  if (traces.some(({ type, mode }) => ["scatter3d", "image"].includes(type ?? "") || mode?.includes("text")))
    return undefined;
  if (layout.barmode === "relative") return undefined;
  const levels = (layout.shapes ?? []).filter(({ xref }) => xref === "paper");
  const ids = new Set(["x", "y", ...traces.flatMap(({ yaxis = [] }) => yaxis)]);
  const room = (id: string) => (id === "y" ? levels.map(({ y0 }) => Number(y0)) : []);
  const scales = new Map([...ids].map((id) => [id, scaleOf(id, traces, layout, room(id))]));
  const [x, y] = [scales.get("x")!, scales.get("y")!];
  const named = traces.filter(({ name, showlegend }) => name && showlegend !== false);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${AREA.width} ${AREA.height}"`,
    ` font-family="sans-serif" font-size="13" fill="${ink}">`,
    stroke(`M${AREA.left} ${AREA.top}V${AREA.bottom}H${AREA.right}`, ink, 1),
    ...traces.map((trace, i) => drawn(trace, traces[i - 1], x, scales.get(trace.yaxis ?? "y")!)),
    ...levels.map(({ y0, line }) => stroke(`M${AREA.left} ${y.at(Number(y0))}H${AREA.right}`, line?.color, 1)),
    ...[...scales.values()].filter(({ axis }) => axis.visible !== false).map(beside),
    layout.showlegend ? legend([...named, ...levels.filter(({ name }) => name)]) : "",
    "</svg>",
  ].join("");
}

function drawn(trace: Trace, before: Trace | undefined, x: Scale, y: Scale): string {
  if (trace.z) return map(trace, x, y);
  const points = pointsOf(trace, x, y);
  if (points.length === 0) return "";
  const colour = colourOf(trace);
  if (trace.type === "bar") {
    const width = Math.abs(x.at(stepOf(trace.x as number[])) - x.at(0));
    const ground = y.axis.type === "log" ? AREA.bottom : y.at(0);
    return stroke(points.map(([at, top]) => `M${at} ${ground}V${top}`).join(""), colour, Math.max(1, 0.8 * width));
  }
  if (trace.fill === "tonexty" && before) {
    return `<path d="M${[...points, ...pointsOf(before, x, y).reverse()].join("L")}Z" fill="${trace.fillcolor}"/>`;
  }
  const isLine = trace.mode?.includes("lines") && trace.line?.width !== 0;
  const line = isLine ? stroke(`M${points.join("L")}`, colour, 2) : "";
  const isDotted = trace.mode?.includes("markers");
  return line + (isDotted ? stroke(points.map((point) => `M${point}h0`).join(""), colour, 6) : "");
}

function pointsOf({ x, y }: Trace, across: Scale, up: Scale): [number, number][] {
  const heights = Array.from(y as number[], up.at);
  const every = Math.ceil(heights.length / MANY);
  return heights
    .map((height, i): [number, number] => [across.at((x as number[])[i]!), height])
    .filter(([, height], i) => Number.isFinite(height) && (i % every === 0 || i === heights.length - 1));
}

/** A stretch of no length is a dot. */
function stroke(path: string, colour: unknown, width: number): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="${path.endsWith("h0") ? "round" : "butt"}"/>`;
}

function map({ z = [], zmin = 0, zmax = 1 }: Trace, x: Scale, y: Scale): string {
  const [top, bottom] = [y.at(-0.5), y.at(z.length - 0.5)];
  const rows = top < bottom ? z : [...z].reverse();
  const width = Math.max(...z.map((row) => row.length)); // the last line of a text may be short
  const cells = rows.flatMap((row) => Array.from({ length: width }, (_, j) => row[j] ?? null));
  const bytes = Uint8Array.from(cells, (value) =>
    value === null ? 128 : 255 * Math.min(1, Math.max(0, (value - zmin) / (zmax - zmin))),
  );
  const box = `x="${x.at(-0.5)}" y="${Math.min(top, bottom)}" width="${x.at(width - 0.5) - x.at(-0.5)}" height="${Math.abs(top - bottom)}"`;
  const fit = y.axis.scaleanchor ? "xMidYMid" : "none";
  return `<image ${box} preserveAspectRatio="${fit}" style="image-rendering:pixelated" href="data:image/png;base64,${greyPng(bytes, width, z.length)}"/>`;
}

/** The title of an axis and what is written along it, where there is room. */
function beside({ axis, isAcross, at, marks, middle }: Scale): string {
  const title = (axis.title as { text?: string } | undefined)?.text ?? "";
  const needed = isAcross ? 8 * marks.reduce((sum, [, text]) => sum + plain(text).length, 0) : 14 * marks.length;
  const shown = needed > (isAcross ? AREA.right - AREA.left : AREA.bottom - AREA.top) ? [] : marks;
  if (isAcross) {
    const names = shown.map(([value, text]) => label(text, at(value), AREA.bottom + 18));
    return names.join("") + label(title, middle, AREA.height - 8);
  }
  const [edge, end, far] =
    axis.side === "right" ? [AREA.right + 6, "start", AREA.width - 8] : [AREA.left - 6, "end", 16];
  const names = shown.map(([value, text]) => label(text, edge, at(value) + 4, `text-anchor="${end}"`));
  return names.join("") + label(title, far, middle, `text-anchor="middle" transform="rotate(-90 ${far} ${middle})"`);
}

function legend(entries: readonly (Trace | Partial<Shape>)[]): string {
  const names = entries.map((entry) => `<tspan fill="${colourOf(entry)}">■ </tspan>${plain(entry.name ?? "")} `);
  return `<text x="${AREA.left}" y="16">${names.join(" ")}</text>`;
}

const colourOf = (entry: Trace | Partial<Shape>) => entry.line?.color ?? (entry as Trace).marker?.color;

const label = (text: string, x: number, y: number, place = 'text-anchor="middle"') =>
  text && `<text x="${x}" y="${y}" ${place}>${plain(text)}</text>`;

/** Plotly's words without its tags. */
function plain(text: string): string {
  const bare = text.replaceAll("<br>", " ").replaceAll(/<[^>]*>/g, "");
  return escapeHtml(bare.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
}
