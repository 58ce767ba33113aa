/** TypeScript's diagnostics as a Jupyter error. */
import { excerpt, red } from "../execution/excerpt.js";
import type { ErrorContent } from "../execution/link.js";
import type { Diagnostic } from "../language/cells.js";

const SHOWN = 10;

/** @param title what people call the cell, such as `cell 3` */
export function diagnosticsError(diagnostics: Diagnostic[], code: string, title: string): ErrorContent {
  const blocks = diagnostics.slice(0, SHOWN).map((d) => {
    const place = `${d.file ?? title}:${d.line + 1}:${d.column + 1}`;
    const headline = `${red(d.code === 0 ? "Error" : `TypeScript error TS${d.code}`)} at ${place}: ${d.message}`;
    const length = d.endLine === d.line ? d.endColumn - d.column : Number.POSITIVE_INFINITY;
    return `${headline}\n${excerpt(d.source ?? code, d.line, d.column, length)}`;
  });
  if (diagnostics.length > SHOWN) blocks.push(`… and ${diagnostics.length - SHOWN} more`);
  return {
    ename: "TypeScriptError",
    evalue: diagnostics[0]?.message ?? "",
    traceback: blocks.flatMap((block) => block.split("\n")),
  };
}
