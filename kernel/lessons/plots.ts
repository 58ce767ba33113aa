import type { CodeCell, Notebook } from "../client/notebook.js";
import { PLOTLY } from "../page/output.js";

/** An output of a cell in which there is a plot: its forms by their MIME types. */
export type PlotBundle = Record<string, unknown>;

export interface PlotlyFigure {
  data: unknown[];
  layout?: { width?: number; height?: number; sliders?: unknown[]; updatemenus?: unknown[] };
}

export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

/** The plots of a notebook, or of one of its cells, in order. */
export function plotsOf(notebook: Notebook | CodeCell): PlotBundle[] {
  const cells = "cells" in notebook ? codeCells(notebook) : [notebook];
  return cells
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => ("data" in output && output.data[PLOTLY] ? [output.data] : []));
}

export function figureOf(bundle: PlotBundle): PlotlyFigure {
  return bundle[PLOTLY] as PlotlyFigure;
}

/** The plot that stands for a lesson where lessons are listed: that of the cell marked for it. */
export function coverOf(notebook: Notebook): PlotBundle | undefined {
  const cell = codeCells(notebook).find(({ metadata }) => (metadata.tags as string[] | undefined)?.includes("cover"));
  return cell && plotsOf(cell)[0];
}
