import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Sidecar } from "./cells.js";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The TypeScript program of one notebook: two files that change (the cell, the scope of earlier cells) among files on disk.
 *
 * Nearly all of a warm compilation's time would go into asking the disk again whether 160 files are still there; every
 * answer is remembered, except for the notebook's own sidecar files, which are looked at before each cell.
 */
export class Workspace {
  readonly cellFile: string;
  readonly scopeFile: string;
  readonly service: ts.LanguageService;
  readonly #virtual = new Map<string, { text: string; version: number }>();
  readonly #memories: Map<string, unknown>[] = [];
  readonly #sidecars = new Map<string, { version: string; sent: string }>();

  constructor(readonly folder: string) {
    // .cts: a cell is CommonJS to Node, so that `require` finds packages from the notebook's folder and `import()` stays a real one
    this.cellFile = posix(join(folder, "__cell__.cts"));
    this.scopeFile = posix(join(folder, "__scope__.d.cts"));
    this.service = ts.createLanguageService(this.#host(), ts.createDocumentRegistry(true));
  }

  /** The program with these two texts. The cell's file is bound inside the scope's, so that names resolve outwards to it. */
  program(cell: string, scope: string): ts.Program {
    this.#setText(this.cellFile, cell);
    this.#setText(this.scopeFile, `export {};\n${scope}`);
    this.#lookAtSidecars();
    const program = this.service.getProgram()!;
    const file: { parent: ts.Node } = program.getSourceFile(this.cellFile)!;
    file.parent = program.getSourceFile(this.scopeFile)!;
    return program;
  }

  /** Forget what the disk was like: the next program asks it again. */
  lookAgain(): void {
    for (const memory of this.#memories) memory.clear();
    this.#virtual.get(this.cellFile)!.version++;
  }

  /** The notebook's own TypeScript files that the program uses, and that have changed since they were last handed out. */
  changedSidecars(program: ts.Program): Sidecar[] {
    const changed: Sidecar[] = [];
    for (const file of program.getSourceFiles()) {
      if (!this.isSidecar(file)) continue;
      const version = fileVersion(file.fileName);
      if (this.#sidecars.get(file.fileName)?.sent === version) continue;
      this.#sidecars.set(file.fileName, { version, sent: version });
      const { outputText, sourceMapText } = ts.transpileModule(file.text, {
        fileName: file.fileName,
        compilerOptions: { ...BASE_OPTIONS, module: ts.ModuleKind.CommonJS, declaration: false },
      });
      changed.push({ path: file.fileName, javascript: outputText, sourceMap: JSON.parse(sourceMapText!) as object });
    }
    return changed;
  }

  isSidecar(file: ts.SourceFile): boolean {
    return (
      /\.[cm]?tsx?$/.test(file.fileName) &&
      !file.isDeclarationFile &&
      file.fileName !== this.cellFile &&
      !file.fileName.includes("/node_modules/")
    );
  }

  #setText(name: string, text: string): void {
    const file = this.#virtual.get(name);
    if (!file) this.#virtual.set(name, { text, version: 1 });
    else if (file.text !== text) this.#virtual.set(name, { text, version: file.version + 1 });
  }

  #lookAtSidecars(): void {
    for (const [path, seen] of this.#sidecars) seen.version = fileVersion(path);
  }

  #host(): ts.LanguageServiceHost {
    const remember = <T>(look: (path: string) => T): ((path: string) => T) => {
      const memory = new Map<string, T>();
      this.#memories.push(memory);
      return (path) => {
        if (!memory.has(path)) memory.set(path, look(path));
        return memory.get(path)!;
      };
    };
    const onDisk = remember(ts.sys.fileExists);
    const snapshots = remember((path) => {
      const text = ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    });
    const options = compilerOptions(this.folder);

    return {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [this.cellFile, this.scopeFile],
      getScriptVersion: (path) => String(this.#virtual.get(path)?.version ?? this.#sidecars.get(path)?.version ?? 1),
      getScriptSnapshot: (path) => {
        const virtual = this.#virtual.get(path);
        if (virtual) return ts.ScriptSnapshot.fromString(virtual.text);
        if (!this.#sidecars.has(path)) return snapshots(path);
        const text = ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => this.folder,
      getDefaultLibFileName: (o) => ts.getDefaultLibFilePath(o),
      fileExists: (path) => this.#virtual.has(path) || onDisk(path),
      readFile: (path) => this.#virtual.get(path)?.text ?? ts.sys.readFile(path),
      directoryExists: remember(ts.sys.directoryExists),
      getDirectories: remember(ts.sys.getDirectories),
      readDirectory: ts.sys.readDirectory,
      realpath: remember(ts.sys.realpath!),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    };
  }
}

const BASE_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  strict: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  preserveConstEnums: true,
  declaration: true,
  sourceMap: true,
};

/** What a notebook may choose for itself. The rest decides how cells run, and is the kernel's. */
const RESPECTED = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitOverride",
  "noImplicitReturns",
  "paths",
  "lib",
  "jsx",
  "jsxFactory",
] as const;

/** The kernel's options, with those of the folder's tsconfig.json that it may choose. */
function compilerOptions(folder: string): ts.CompilerOptions {
  const options: ts.CompilerOptions = {
    ...BASE_OPTIONS,
    types: ["node"],
    // the notebook's own @types first, then those the kernel brings along, wherever the notebook lies
    typeRoots: [...typeRoots(folder), ...typeRoots(here)],
  };
  const found = ts.findConfigFile(folder, ts.sys.fileExists);
  if (!found) return options;
  const parsed = ts.getParsedCommandLineOfConfigFile(
    found,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const chosen = RESPECTED.filter((name) => parsed?.options[name] !== undefined).map((name) => [
    name,
    parsed!.options[name],
  ]);
  return { ...options, ...Object.fromEntries(chosen) };
}

/** `node_modules/@types` of a folder and of all folders above it. */
function typeRoots(folder: string): string[] {
  const above = dirname(folder);
  return [posix(join(folder, "node_modules", "@types")), ...(above === folder ? [] : typeRoots(above))].filter(
    ts.sys.directoryExists,
  );
}

function fileVersion(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function posix(path: string): string {
  return path.replaceAll("\\", "/");
}
