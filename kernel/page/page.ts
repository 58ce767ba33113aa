/** A notebook as one page that needs nothing else: no server, no network, no Jupyter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "unroll/display/mime.js";
import type { Cell, Notebook, Output, TextCell } from "../client/notebook.js";
import { projectFolder } from "../install/project-folder.js";
import { BOX, boxScript, boxStyle } from "./box.js";
import { figureScripts } from "./figure-scripts.js";
import { formulaStyle } from "./formula.js";
import { highlighted } from "./highlight.js";
import { markdownHtml } from "./markdown.js";
import { type OutputOptions, outputHtml } from "./output.js";

/** What the page may load: only what it holds itself. Plotly compiles its WebGL plots by `Function`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "media-src data: blob:",
  "font-src data:",
  "worker-src blob:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

export interface PageOptions {
  /** The notebook's name, which is the title where the notebook has no heading. */
  name: string;
  /** The notebook's folder, in which the pictures of its texts lie. */
  folder: string;
  /** HTML that leads to other pages: it stands above and below the cells. */
  navigation?: string;
}

/**
 * The page of a notebook: texts, code, outputs, and figures that answer to the mouse.
 *
 * @returns HTML
 */
export function notebookPage(notebook: Notebook, { name, folder, navigation = "" }: PageOptions): string {
  const figures: unknown[] = [];
  const cells = notebook.cells.map((cell) => cellHtml(cell, { folder, figures }));
  const body = [navigation, ...cells, navigation].filter(Boolean).join("\n");
  const hasBoxes = notebook.cells.some((cell) => cell.cell_type === "code" && cell.outputs.some(isBox));
  return page({
    title: titleOf(notebook) ?? name,
    body,
    style: hasBoxes ? boxStyle() : "",
    scripts: figureScripts(figures) + (hasBoxes ? boxScript() : ""),
  });
}

/** A page with its style. @param parts.body and `scripts` are HTML, `style` is more CSS, the title is text */
export function page({
  title,
  body,
  style = "",
  scripts = "",
}: Record<"title" | "body", string> & {
  style?: string;
  scripts?: string;
}): string {
  const look = readFileSync(join(projectFolder, "kernel", "page", "static", "page.css"), "utf8");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${formulaStyle()}
${look}${style}</style>
</head>
<body>
<main>
${body}
</main>
${scripts}</body>
</html>
`;
}

function cellHtml(cell: Cell, options: OutputOptions): string {
  if (cell.cell_type !== "code") return cell.cell_type === "markdown" ? textHtml(cell, options) : "";
  const code = cell.source.trim() === "" ? "" : `<pre class="code"><code>${highlighted(cell.source)}</code></pre>`;
  const outputs = cell.outputs.map((output) => outputHtml(output, options)).join("\n");
  const number = `<span class="number">[${cell.execution_count ?? " "}]</span>`;
  return `<section class="cell">${number}${code}<div class="outputs">${outputs}</div></section>`;
}

function textHtml({ source, attachments }: TextCell, { folder }: OutputOptions): string {
  return `<section class="text">${markdownHtml(source, { folder, ...(attachments && { attachments }) })}</section>`;
}

const isBox = (output: Output) => "data" in output && BOX in output.data;

/** The first heading. */
function titleOf(notebook: Notebook): string | undefined {
  const texts = notebook.cells.filter((cell) => cell.cell_type === "markdown");
  return texts.map(({ source }) => /^# +(.+)$/m.exec(source)?.[1]?.trim()).find((title) => title !== undefined);
}
