import type { Config, Data, Frame, Layout } from "plotly.js";
import { escapeHtml, jupyterDisplay, type MimeBundle } from "../display/mime.js";
import { sketch } from "./sketch.js";

/** Colours that people with any colour vision can tell apart (Okabe & Ito 2008); each reads on light and dark. */
export const palette: readonly string[] = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999"];

/** From −1 (blue) over 0 (near white) to 1 (orange). */
export const diverging: [number, string][] = [
  [0, "#0072B2"],
  [0.5, "#F7F7F7"],
  [1, "#D55E00"],
];

/** From 0 (dark) to 1 (bright): cividis, which is even in brightness for any colour vision (Nuñez et al. 2018). */
export const sequential = "Cividis";

/** A grey in the middle, 4 : 1 against white and 5 : 1 against black: lines and text that read in light and dark themes. */
export const INK = "#808080";
const GRID = "rgba(128,128,128,0.25)";

const axis = {
  gridcolor: GRID,
  zerolinecolor: GRID,
  linecolor: INK,
  automargin: true,
  title: { standoff: 10 },
} as const;
// lines in space are drawn without transparency: it would make them white on white
const spaceAxis = { gridcolor: INK, zerolinecolor: INK, linecolor: INK, showbackground: false } as const;

/** The course's one look, as defaults: a page that has a theme, as JupyterLab, puts its own colours in their place. */
const look: Partial<Layout> = {
  margin: { l: 56, r: 24, t: 48, b: 48 },
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  font: { color: INK, size: 13 },
  colorway: [...palette],
  hovermode: "closest",
  legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, traceorder: "normal" },
  xaxis: axis,
  yaxis: axis,
  modebar: { bgcolor: "rgba(0,0,0,0)", color: INK, activecolor: palette[0]! },
  scene: { xaxis: spaceAxis, yaxis: spaceAxis, zaxis: spaceAxis },
};

const HEIGHT = 320; // pixels
/** Pixels above the plot, for a title and the legend below it. */
export const ROOM_FOR_BOTH = 76;

/** A Plotly figure in the course's one look, with a sentence that says what is seen. It shows itself in a notebook. */
export class Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config> = { responsive: true, displaylogo: false };
  /** What is seen, in words: for screen readers, scripts and plain text. */
  readonly description: string;
  /** What a slider or a button puts in the place of `data`. */
  readonly frames: readonly Partial<Frame>[];

  constructor(data: Data[], layout: Partial<Layout>, description: string, frames: readonly Partial<Frame>[] = []) {
    this.data = data;
    const { title, showlegend } = layout;
    const hasBoth = showlegend && typeof title === "object" && title.text;
    this.layout = {
      height: HEIGHT,
      template: { layout: look },
      ...(hasBoth && { margin: { t: ROOM_FOR_BOTH } }),
      ...layout,
    };
    this.description = description;
    this.frames = frames;
  }

  [jupyterDisplay](): MimeBundle {
    const { data, layout, config, frames } = this;
    return {
      "application/vnd.plotly.v1+json": { data, layout, config, ...(frames.length > 0 && { frames }) },
      "text/html": this.html(),
      "text/plain": this.description,
    };
  }

  /** For a front end without Plotly: a picture in a tag, since a notebook that is not trusted may hold no drawing. */
  private html(): string {
    const words = escapeHtml(this.description);
    const svg = sketch(this.data, this.layout, INK);
    const source = svg && `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
    // the words stand below for all to read: the picture says no more to a screen reader
    return `<figure>${svg ? `<img src="${source}" alt="" width="640">` : ""}<figcaption>${words}</figcaption></figure>`;
  }
}

/** A number with so many significant digits: what an eye can see, and a notebook stays small. */
export function round(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}
