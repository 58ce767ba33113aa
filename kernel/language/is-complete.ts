import ts from "./typescript.js";

export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  /** What a console should start the next line with. */
  indent: string;
}

/** Unterminated string template, comment: the text may go on, although the error stands before its end. */
const GOES_ON = new Set([1010, 1160]);

/** Would more lines help? An error at the very end of the text can still be mended by what follows; one before it cannot. */
export function completeness(code: string): Completeness {
  const file = ts.createSourceFile("cell.cts", code, ts.ScriptTarget.Latest);
  const errors = (file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics;
  if (errors.length === 0) return { status: "complete", indent: "" };
  const end = code.trimEnd().length;
  if (!errors.some((e) => e.start >= end || GOES_ON.has(e.code))) return { status: "invalid", indent: "" };
  return { status: "incomplete", indent: indentAfter(code) };
}

function indentAfter(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(line)![0];
  return /[{([]\s*$/.test(line) || /=>\s*$/.test(line) ? `${indent}  ` : indent;
}
