/** Notebooks made in a test. */
import type { CodeCell, Notebook, Output, TextCell } from "#kernel/client/notebook.js";

export const codeCell = (source: string, outputs: Output[] = []): CodeCell => ({
  cell_type: "code",
  id: "",
  metadata: {},
  source,
  outputs,
  execution_count: outputs.length > 0 ? 1 : null,
});

export const textCell = (source: string): TextCell => ({
  cell_type: "markdown",
  id: "",
  metadata: {},
  source,
});

export const notebookOf = (...cells: (CodeCell | TextCell)[]): Notebook => ({
  cells: cells.map((cell, index) => ({ ...cell, id: `c${index}` })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

export const shown = (data: Record<string, unknown>, metadata: Record<string, unknown> = {}): Output => ({
  output_type: "display_data",
  data,
  metadata,
});

export const PLOTLY = "application/vnd.plotly.v1+json";
