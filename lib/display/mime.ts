/** One output in several forms, from which a front end takes the richest that it can show. */
export type MimeBundle = Record<string, string | object>;

/** The method by which an object says how it wants to be shown. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** The method by which an object says how `console.log` prints it. */
export const nodeInspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** An object that shows itself. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
}

/** HTML that shows a text as it is. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character]!);
}
