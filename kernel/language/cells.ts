/**
 * What the kernel knows of TypeScript: cells in, JavaScript, diagnostics, completions and documentation out.
 *
 * Each cell is compiled as a module of its own. Names of earlier cells are found because the cell's file is bound *inside*
 * a file of declarations (`scope.d.cts`) that holds one entry for each living name, and because the emitted code reads and
 * writes them through the earlier cell's `exports`, whose properties are live: a function of cell 1 sees what cell 2 assigns.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Completion, completionsAt } from "./completion.js";
import { declarationsByName } from "./declarations.js";
import { type Diagnostic, diagnose } from "./diagnostics.js";
import { emitCell, emitDeclarations } from "./emit.js";
import { type Inspection, inspectionAt } from "./inspection.js";
import { type Completeness, completeness } from "./is-complete.js";
import { metadataOf } from "./metadata.js";
import { posix } from "./options.js";
import { declaredNames, namesOf, Scope } from "./scope.js";
import type ts from "./typescript.js";
import { Workspace } from "./workspace.js";

export type { Completeness, Completion, Diagnostic, Inspection };

/** A sidecar file (`./helper.ts`) that a cell imports, as CommonJS. */
export interface Sidecar {
  path: string;
  javascript: string;
  sourceMap: object;
}

/** What a compiled cell's function returns: a box, so that an `async` cell does not await a promise that is its value. */
export type CellValue = readonly [value?: unknown];

export type Compiled =
  | {
      ok: true;
      /** A script whose completion value is `(exports, require, $cells, $import) => CellValue`, async where the cell awaits. */
      javascript: string;
      /** Version 3 payload: lines of the script to lines of the cell. */
      sourceMap: object;
      isAsync: boolean;
      declared: string[];
      sidecars: Sidecar[];
    }
  | { ok: false; diagnostics: Diagnostic[] };

interface Remembered {
  readonly compiled: Compiled;
  /** The scope behind the cell. */
  readonly scope: Scope;
}

export class Cells {
  readonly #workspace: Workspace;
  #scope = new Scope();

  /** What came of cells, by all that it depends on, where many notebooks have the same cells; see `restart`. */
  readonly #memory = new Map<string, Remembered>();

  /**
   * @param folder where the notebook lies: imports are resolved from there, and its tsconfig.json is respected
   * @param mayRead which files cells may import or refer to; by default all
   */
  constructor(folder: string, mayRead?: (path: string) => boolean) {
    this.#workspace = new Workspace(folder, mayRead);
    this.#workspace.program("", "");
  }

  /**
   * One cell's JavaScript, or why there is none. Its declarations belong to the scope of the next cells from here on.
   *
   * @param id a number that no earlier cell had: later cells reach this cell's declarations under it
   */
  compile(code: string, id: number): Compiled {
    const { module, refusal } = metadataOf(code);
    if (refusal !== undefined) return refused(refusal);
    if (module !== undefined) return this.#compileModule(code, module);
    const { names } = declaredNames(code);
    let program = this.#open(code);
    let diagnostics = diagnose(program, this.#workspace, code);
    if (diagnostics.some((d) => d.code === CANNOT_FIND_MODULE)) {
      this.#workspace.lookAgain(); // the package, or the file, may have come since
      program = this.#open(code);
      diagnostics = diagnose(program, this.#workspace, code);
    }
    if (diagnostics.length > 0) return { ok: false, diagnostics };

    const emitted = emitCell(program, this.#workspace, this.#scope, code);
    if (names.length > 0)
      this.#scope.declare(
        id,
        names,
        declarationsByName(emitted.declarations ?? this.#declarationsThatCanBeWritten(code, program)),
      );
    return {
      ok: true,
      javascript: emitted.javascript,
      sourceMap: emitted.sourceMap,
      isAsync: emitted.isAsync,
      declared: names,
      sidecars: this.#workspace.changedSidecars(program),
    };
  }

  /** The next cell is the first of another notebook, whose cells count from 1 again. */
  restart(): void {
    this.#scope = new Scope();
  }

  /** The same as `compile`, for notebooks that import no files of their own: quick where an earlier one began alike. */
  compileAgain(code: string, id: number): Compiled {
    const key = createHash("sha256")
      .update(JSON.stringify([id, code, this.#scope.key]))
      .digest("base64");
    const known = this.#memory.get(key);
    if (known) {
      this.#scope = known.scope.copy();
      return known.compiled;
    }
    const compiled = this.compile(code, id);
    if (this.#memory.size >= REMEMBERED) this.#memory.clear();
    this.#memory.set(key, { compiled, scope: this.#scope.copy() });
    return compiled;
  }

  /** The cell is a sidecar file; where it has errors, the file stays as it was. */
  #compileModule(code: string, name: string): Compiled {
    const path = posix(join(this.#workspace.folder, `${name}.ts`));
    const before = this.#workspace.module(path);
    this.#workspace.setModule(path, code);
    this.#workspace.lookAgain(); // for those that have missed it
    const diagnostics = diagnose(this.#open(""), this.#workspace, "");
    if (diagnostics.length > 0) {
      this.#workspace.setModule(path, before);
      const own = ({ file, source, ...place }: Diagnostic) =>
        file === `${name}.ts` ? place : { ...place, file, source };
      return { ok: false, diagnostics: diagnostics.map(own) as Diagnostic[] };
    }
    return this.compile("", 0);
  }

  /** @param offset in UTF-16 code units */
  complete(code: string, offset: number): { start: number; end: number; matches: Completion[] } {
    this.#open(code);
    return completionsAt(this.#workspace, this.#scope, code, offset);
  }

  /** @param offset in UTF-16 code units @param detail 0: signature and documentation, 1: also tags and where it is declared */
  inspect(code: string, offset: number, detail: 0 | 1): Inspection {
    this.#open(code);
    return inspectionAt(this.#workspace, code, offset, detail);
  }

  isComplete(code: string): Completeness {
    return completeness(code);
  }

  /** The program of this cell: its own names are exported, so that they get declarations, the others come from the scope. */
  #open(code: string, without: ReadonlySet<string> = new Set()): ts.Program {
    const { names, exported } = declaredNames(code);
    const suffix = names.filter((name) => !exported.has(name) && !without.has(name)).join(", ");
    return this.#workspace.program(`${code}\n;export { ${suffix} };`, this.#scope.text);
  }

  /** Some types cannot be written down (an anonymous class with private members): all other names keep theirs. */
  #declarationsThatCanBeWritten(code: string, program: ts.Program): string {
    const file = program.getSourceFile(this.#workspace.cellFile)!;
    const positions = program.getDeclarationDiagnostics(file).map((d) => d.start ?? 0);
    const failing = file.statements.filter((s) => positions.some((p) => s.pos <= p && p < s.end)).flatMap(namesOf);
    return emitDeclarations(this.#open(code, new Set(failing)), this.#workspace) ?? "";
  }
}

function refused(message: string): Compiled {
  return { ok: false, diagnostics: [{ message, code: 0, line: 0, column: 0, endLine: 0, endColumn: 0 }] };
}

const CANNOT_FIND_MODULE = 2307;
const REMEMBERED = 2000;
