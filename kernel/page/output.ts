/** One output of a cell as HTML, in the richest form that a page can show. */
import { AnsiUp } from "ansi_up";
import type { BoxContent } from "unroll/course/box-content.js";
import { escapeHtml } from "unroll/display/mime.js";
import type { Output } from "../client/notebook.js";
import { BOX, boxHtml } from "./box.js";
import { formulaHtml } from "./formula.js";
import { markdownHtml } from "./markdown.js";

export const PLOTLY = "application/vnd.plotly.v1+json";

const PICTURES = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"] as const;

/** JupyterLab's order. */
const FORMS = [
  BOX,
  PLOTLY,
  "text/html",
  "text/markdown",
  "text/latex",
  ...PICTURES,
  "application/json",
  "text/plain",
] as const;

type Bundle = Extract<Output, { data: unknown }>;

export interface OutputOptions {
  /** The notebook's folder. */
  folder: string;
  /** Collects the figures; the page draws them by their place in it. */
  figures: unknown[];
}

/** HTML of the notebook itself is trusted, as in Jupyter's own converter; every other text is shown as it is. */
export function outputHtml(output: Output, options: OutputOptions): string {
  if (output.output_type === "stream") return pre(output.name, ansiHtml(output.text));
  if (output.output_type === "error") return pre("error", ansiHtml(output.traceback.join("\n")));
  const form = FORMS.find((type) => output.data[type] !== undefined);
  return form ? `<div class="shown">${formHtml(form, output, options)}</div>` : "";
}

function formHtml(form: (typeof FORMS)[number], output: Bundle, { folder, figures }: OutputOptions): string {
  const content = output.data[form];
  switch (form) {
    case BOX:
      return boxHtml(content as BoxContent, (data) => outputHtml(shownAs(data), { folder, figures }));
    case PLOTLY:
      return figureHtml(output, figures);
    case "text/html":
      return text(content);
    case "text/markdown":
      return markdownHtml(text(content), { folder });
    case "text/latex":
      return formulaHtml(withoutDollars(text(content)), { display: true });
    case "application/json":
      return pre("result", escapeHtml(JSON.stringify(content, null, 2)));
    case "text/plain":
      return pre("result", ansiHtml(text(content)));
    default:
      return pictureHtml(form, output);
  }
}

const shownAs = (data: Record<string, unknown>): Bundle => ({ output_type: "display_data", data, metadata: {} });

/** The room for a figure; where scripts are off, its picture stands there, or else what it is as HTML or in words. */
function figureHtml({ data, metadata }: Bundle, figures: unknown[]): string {
  const figure = data[PLOTLY] as { layout?: { height?: number } };
  const words = text(data["text/plain"] ?? "");
  const index = figures.push({ [PLOTLY]: figure, "text/plain": words }) - 1;
  const picture = PICTURES.find((type) => data[type] !== undefined);
  const html = data["text/html"] === undefined ? pre("result", escapeHtml(words)) : text(data["text/html"]);
  const still = picture ? pictureHtml(picture, { data, metadata }) : html;
  const height = Number(figure.layout?.height) || 400; // Plotly's own
  return `<div class="figure" data-figure="${index}" style="min-height:${height}px"><noscript>${still}</noscript></div>`;
}

function pictureHtml(type: string, { data, metadata }: Pick<Bundle, "data" | "metadata">): string {
  const content = text(data[type]);
  const base64 = type === "image/svg+xml" ? Buffer.from(content).toString("base64") : content.replaceAll(/\s/g, "");
  const size = (metadata?.[type] ?? {}) as { width?: number; height?: number };
  const attributes = (["width", "height"] as const).map((name) =>
    Number(size[name]) ? ` ${name}="${Number(size[name])}"` : "",
  );
  const words = escapeHtml(text(data["text/plain"] ?? ""));
  return `<img src="data:${type};base64,${escapeHtml(base64)}" alt="${words}"${attributes.join("")}>`;
}

function withoutDollars(tex: string): string {
  return /^\s*(\$\$?)([\s\S]*)\1\s*$/.exec(tex)?.[2] ?? tex;
}

function ansiHtml(terminalText: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  return converter.ansi_to_html(terminalText);
}

function pre(kind: string, html: string): string {
  return `<pre class="${kind}">${html}</pre>`;
}

/** In a notebook's file a text may be a list of lines. */
function text(content: unknown): string {
  return Array.isArray(content) ? content.join("") : String(content);
}
