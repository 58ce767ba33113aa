import { relative } from "node:path";
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

/** Lines and columns count from 0, columns in UTF-16 code units. */
export interface Diagnostic {
  message: string;
  code: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** A sidecar file, relative to the notebook's folder; undefined for the cell itself. */
  file?: string;
  /** The text of that file. */
  source?: string;
}

const ALLOWED_IN_CELLS = new Set([
  // `await` at the top level: refused in a CommonJS module, but a cell becomes an async function where it needs to
  1309, 1375, 1378, 1431, 1432, 2852, 2854,
  // `import.meta` and import attributes: refused there, but the kernel has an answer to both
  1470, 2856,
  // `<T>(x: T) => x` and `<T>x`: kept for JSX by the name of the cell's file, which people do not see
  7059, 7060,
  // a package without types: it is `any`, and runs
  7016,
]);

/** What TypeScript has to say about the cell and the sidecar files it imports. */
export function diagnose(program: ts.Program, workspace: Workspace, code: string): Diagnostic[] {
  return program
    .getSourceFiles()
    .filter((file) => file.fileName === workspace.cellFile || workspace.isSidecar(file))
    .flatMap((file) => {
      const syntactic = program.getSyntacticDiagnostics(file);
      const found: readonly ts.Diagnostic[] = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file);
      if (file.fileName !== workspace.cellFile)
        return found.map((d) => located(file, d, file.text.length, relative(workspace.folder, file.fileName)));
      return found.filter((d) => !ALLOWED_IN_CELLS.has(d.code)).map((d) => located(file, d, code.length));
    });
}

/** @param limit where the text that people wrote ends: what is found behind it is shown there */
function located(file: ts.SourceFile, diagnostic: ts.Diagnostic, limit: number, name?: string): Diagnostic {
  const begin = Math.min(diagnostic.start ?? 0, limit);
  const start = file.getLineAndCharacterOfPosition(begin);
  const end = file.getLineAndCharacterOfPosition(
    Math.max(begin, Math.min((diagnostic.start ?? 0) + (diagnostic.length ?? 0), limit)),
  );
  return {
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
    code: diagnostic.code,
    line: start.line,
    column: start.character,
    endLine: end.line,
    endColumn: end.character,
    ...(name === undefined ? {} : { file: name, source: file.text }),
  };
}
