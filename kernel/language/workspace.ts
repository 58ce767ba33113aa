import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sidecar } from "./cells.js";
import { ModuleFinder } from "./module-finder.js";
import { BASE_OPTIONS, compilerOptions, posix } from "./options.js";
import ts from "./typescript.js";

/** What every cell knows without an import; it lies beside the source of this file. */
const GLOBALS = posix(fileURLToPath(new URL("../../language/globals.d.cts", import.meta.url)));

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
  #finder: ModuleFinder | undefined;

  /** @param mayRead what is on the disk for those who write cells: by default all files */
  constructor(
    readonly folder: string,
    private readonly mayRead: (path: string) => boolean = () => true,
  ) {
    // .cts: a cell is CommonJS to Node, so that `require` finds packages from the notebook's folder
    this.cellFile = posix(join(folder, "__cell__.cts"));
    this.scopeFile = posix(join(folder, "__scope__.d.cts"));
    this.service = ts.createLanguageService(
      this.#host(),
      ts.createDocumentRegistry(true, undefined, ts.JSDocParsingMode.ParseNone),
    );
  }

  /** The program with these two texts. The cell's file is bound inside the scope's, so that names resolve outwards to it. */
  program(cell: string, scope: string): ts.Program {
    this.#setText(this.cellFile, cell);
    this.#setText(this.scopeFile, `export {};\n${scope}`);
    this.#lookAtSidecars();
    const program = this.service.getProgram()!;
    for (const file of program.getSourceFiles())
      if (this.isSidecar(file) && !this.#sidecars.has(file.fileName))
        this.#sidecars.set(file.fileName, { version: this.#versionOf(file.fileName), sent: "" });
    const file: { parent: ts.Node } = program.getSourceFile(this.cellFile)!;
    file.parent = program.getSourceFile(this.scopeFile)!;
    return program;
  }

  /** Forget what the disk was like: the next program asks it again. */
  lookAgain(): void {
    for (const memory of this.#memories) memory.clear();
    this.#finder?.forget();
    this.#virtual.get(this.cellFile)!.version++;
  }

  /** The text of a sidecar file that a cell has written, and that is on no disk; undefined takes it away. */
  setModule(path: string, text: string | undefined): void {
    if (text === undefined) this.#virtual.delete(path);
    else this.#setText(path, text);
  }

  /** The text of such a sidecar file. */
  module(path: string): string | undefined {
    return this.#virtual.get(path)?.text;
  }

  /** The notebook's own TypeScript files that the program uses, and that have changed since they were last handed out. */
  changedSidecars(program: ts.Program): Sidecar[] {
    const changed: Sidecar[] = [];
    for (const file of program.getSourceFiles()) {
      if (!this.isSidecar(file)) continue;
      const seen = this.#sidecars.get(file.fileName)!;
      if (seen.sent === seen.version) continue;
      seen.sent = seen.version;
      const { outputText, sourceMapText } = ts.transpileModule(file.text, {
        fileName: file.fileName,
        compilerOptions: { ...BASE_OPTIONS, module: ts.ModuleKind.CommonJS, declaration: false, inlineSources: true },
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
    for (const [path, seen] of this.#sidecars) seen.version = this.#versionOf(path);
  }

  #versionOf(path: string): string {
    const virtual = this.#virtual.get(path);
    return virtual ? `cell ${virtual.version} ${virtual.text.length}` : fileVersion(path);
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
    const onDisk = remember((path) => this.mayRead(path) && ts.sys.fileExists(path));
    const snapshots = remember((path) => {
      const text = this.mayRead(path) ? ts.sys.readFile(path) : undefined;
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    });
    const options = compilerOptions(this.folder);

    const host: ts.LanguageServiceHost & Pick<ts.CompilerHost, "getModuleResolutionCache"> = {
      getCompilationSettings: () => options,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone, // see documentation.ts
      getScriptFileNames: () => [GLOBALS, ...this.#virtual.keys()],
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
      readFile: (path) => this.#virtual.get(path)?.text ?? (this.mayRead(path) ? ts.sys.readFile(path) : undefined),
      directoryExists: remember(ts.sys.directoryExists),
      getDirectories: remember(ts.sys.getDirectories),
      readDirectory: ts.sys.readDirectory,
      realpath: remember(ts.sys.realpath!),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      resolveModuleNameLiterals: (...request) => this.#finder!.find(...request),
      getModuleResolutionCache: () => this.#finder!.cache,
    };
    this.#finder = new ModuleFinder(this.folder, options, host);
    return host;
  }
}

function fileVersion(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : "0";
}
