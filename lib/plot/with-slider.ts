import type { Data, Frame, Layout, Slider, UpdateMenu } from "plotly.js";
import { checkPositive } from "../math/check-options.js";
import { checkLabels, checkSome } from "./check.js";
import { commonRange } from "./common-range.js";
import { Figure, INK, ROOM_FOR_BOTH } from "./figure.js";
import { titled } from "./text.js";

export interface SliderOptions {
  readonly title?: string;
  /** What a place of the slider is called; by default 1, 2, 3, … */
  readonly names?: readonly string[];
  /** What the slider moves through: "epoch", "distance", … */
  readonly by?: string;
  /** How long a picture stands while it plays, in milliseconds. */
  readonly each?: number;
}

const ROOM = 84; // pixels, for the slider and its buttons
const BAR = "rgba(128,128,128,0.3)";

/**
 * Figures of one kind in the place of each other, with a slider to move through them and a button that plays them. It
 * is Plotly's own, and works where no kernel is, as in a page.
 *
 * @param figures at least one, with as many traces of the same types
 * @throws when there is none, their traces differ, one has frames of its own, `each` is not > 0, or there is not one
 *   name for each
 *
 * @example
 * const histograms = [0.5, 1, 2].map((scale) => plot.histogram([-1, 0, 0.5, 1].map((v) => scale * v), { bins: 4 }));
 * const figure = plot.withSlider(histograms, { by: "scale", names: ["0.5", "1", "2"] });
 */
export function withSlider(
  figures: readonly Figure[],
  { title = "", names = figures.map((_, i) => String(i + 1)), by = "picture", each = 500 }: SliderOptions = {},
): Figure {
  checkSome("withSlider", figures.length, "figure");
  checkPositive("withSlider", { each });
  checkLabels("withSlider", names, figures.length, "figures");
  checkKinds(figures);
  const first = figures[0]!;
  const below = roomBelow(first.layout);
  const { t = 48, b = 48 } = first.layout.margin ?? {};
  const onTop = title ? Math.max(0, (first.layout.showlegend ? ROOM_FOR_BOTH : 48) - t) : 0;
  const changes = { ...(title && { title: { text: title } }), ...commonRange(figures) };
  const layout: Partial<Layout> = {
    ...first.layout,
    ...changes,
    height: Math.max(...figures.map(({ layout }) => layout.height ?? 0)) + onTop + below + ROOM - b,
    margin: { ...first.layout.margin, t: t + onTop, b: below + ROOM },
    sliders: [slider(names, by, below)],
    updatemenus: [buttons(each, below)],
  };
  const most = (part: "shapes" | "annotations") => Math.max(...figures.map(({ layout }) => layout[part]?.length ?? 0));
  const drawings = { shapes: most("shapes"), annotations: most("annotations") };
  const frames = figures.map((figure, i) => frame(figure, String(i), changes, drawings));
  return new Figure(first.data, layout, titled(title, inWords(figures, names, by)), frames);
}

type Drawings = Readonly<Record<"shapes" | "annotations", number>>;

/** Plotly goes on drawing what the frame before had and this one does not mention: so it has as many, some unseen. */
function frame(
  { data, layout }: Figure,
  name: string,
  changes: Partial<Layout>,
  { shapes, annotations }: Drawings,
): Partial<Frame> {
  const { height, margin, template, ...own } = layout;
  const whole = {
    ...(shapes > 0 && { shapes: filled(own.shapes, shapes) }),
    ...(annotations > 0 && { annotations: filled(own.annotations, annotations) }),
  };
  return { name, data: data as Data[], layout: { ...own, ...whole, ...changes } };
}

function filled<T extends { visible?: unknown }>(drawn: readonly T[] = [], count: number): T[] {
  return Array.from({ length: count }, (_, i) => drawn[i] ?? ({ visible: false } as T));
}

/** What the horizontal axis takes below the plot, in pixels: its title, and its names, which lean where they are many. */
function roomBelow({ xaxis = {} }: Partial<Layout>): number {
  if (xaxis.visible === false) return 8;
  const names = ((xaxis.ticktext ?? []) as readonly string[]).map((name) => name.split("<br>"));
  const longest = names.flat().reduce((most, line) => Math.max(most, line.length), 0);
  const lines = names.reduce((most, { length }) => Math.max(most, length), 1);
  const leans = 8 * names.length * longest > 600;
  return 52 + 16 * (lines - 1) + (leans ? 6 * longest : 0);
}

const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true } } as const;

function slider(names: readonly string[], by: string, below: number): Partial<Slider> {
  return {
    active: 0,
    x: 0.12,
    len: 0.88,
    pad: { t: below, b: 8, l: 0, r: 0 },
    currentvalue: { prefix: `${by} `, visible: true, xanchor: "left" },
    font: { color: INK },
    bgcolor: BAR,
    activebgcolor: INK,
    bordercolor: INK,
    tickcolor: INK,
    steps: names.map((label, i) => ({ label, method: "animate", args: [[String(i)], AT_ONCE] })),
  } as Partial<Slider>;
}

function buttons(each: number, below: number): Partial<UpdateMenu> {
  const play = {
    mode: "immediate",
    fromcurrent: true,
    transition: { duration: 0 },
    frame: { duration: each, redraw: true },
  };
  return {
    type: "buttons",
    direction: "left",
    showactive: false,
    x: 0.1,
    xanchor: "right",
    y: 0,
    yanchor: "top",
    pad: { t: below + 10, r: 4, l: 0, b: 0 },
    bordercolor: INK,
    font: { color: INK },
    buttons: [
      { label: "▶", method: "animate", args: [null, play] },
      { label: "❚❚", method: "animate", args: [[null], AT_ONCE] },
    ],
  } as Partial<UpdateMenu>;
}

function checkKinds(figures: readonly Figure[]): void {
  const kindOf = ({ data }: Figure) => data.map(({ type }) => type).join(", ");
  figures.forEach((figure, i) => {
    if (figure.frames.length > 0)
      throw new RangeError(`withSlider: figure ${i} has a slider of its own, expected none`);
    if (kindOf(figure) !== kindOf(figures[0]!)) {
      throw new RangeError(
        `withSlider: figure ${i} has the traces ${kindOf(figure)}, the first has ${kindOf(figures[0]!)}: make them alike`,
      );
    }
  });
}

function inWords(figures: readonly Figure[], names: readonly string[], by: string): string {
  const told = figures.map(({ description }, i) => `${by} ${names[i]}: ${description}`);
  if (told.length <= 3) return told.join(" | ");
  return `${told.length} pictures, ${by} ${names[0]} … ${names.at(-1)} | ${told[0]} | ${told.at(-1)}`;
}
