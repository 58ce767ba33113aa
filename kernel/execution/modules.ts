/** `require` of a cell: packages from the notebook's folder, sidecar files as TypeScript has compiled them. */
import { createRequire } from "node:module";
import { dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { OWN_PACKAGES } from "../own-packages.js";
import type { CellOrder } from "./link.js";
import type { Stacks } from "./stack.js";

export type Require = (specifier: string) => unknown;
export type Import = (specifier: unknown, options?: ImportCallOptions) => Promise<unknown>;

/** What every notebook may import from the kernel, where its own folder has no such package. */
const own = createRequire(import.meta.url);

interface Sidecar {
  javascript: string;
  /** Undefined until somebody needs it, and again when the file has changed. */
  module?: { exports: unknown };
}

export class Modules {
  readonly #sidecars = new Map<string, Sidecar>();
  readonly #require: NodeJS.Require;
  readonly #import: Import;

  /** What a cell calls; `require.resolve` and the like are Node's. */
  readonly require: Require;
  /** What `import(…)` and `import.meta` in a cell become. */
  readonly import: Import & { readonly meta: object };

  /** @param builtin modules that the kernel provides itself, made when they are asked for */
  constructor(
    private readonly folder: string,
    private readonly stacks: Stacks,
    private readonly builtin: Record<string, () => unknown>,
  ) {
    const file = join(folder, "notebook.ts");
    this.#require = createRequire(file);
    this.require = Object.assign((name: string) => this.#load(name, folder, this.#require), this.#require);
    const resolve = (name: string) => pathToFileURL(this.#require.resolve(name)).href;
    const meta = { url: pathToFileURL(file).href, filename: file, dirname: folder, resolve };
    this.import = Object.assign((name: unknown, options?: ImportCallOptions) => this.#importAny(name, options), {
      meta,
    });
    this.#import = vm.runInThisContext("(specifier, options) => import(specifier, options)", {
      filename: join(folder, "notebook.js"),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as Import;
  }

  /** Sidecar files that are there for the first time, or have changed: they and all that may import them run again. */
  add(sidecars: CellOrder["sidecars"]): void {
    if (sidecars.length === 0) return;
    for (const { path, javascript, sourceMap } of sidecars) {
      this.#sidecars.set(path, { javascript });
      const [text = ""] = (sourceMap as { sourcesContent?: string[] }).sourcesContent ?? [];
      this.stacks.add(path, relative(this.folder, path), text, sourceMap);
    }
    for (const sidecar of this.#sidecars.values()) delete sidecar.module;
  }

  async #importAny(specifier: unknown, options?: ImportCallOptions): Promise<unknown> {
    const name = String(specifier);
    if (this.builtin[name] || this.#find(name, this.folder)) return this.require(name);
    try {
      return await this.#import(name, options);
    } catch (error) {
      // TypeScript takes JSON without the attribute; the code's name is another one in Node 20
      if (/^ERR_IMPORT_(ATTRIBUTE|ASSERTION_TYPE)_MISSING$/.test(codeOf(error) ?? ""))
        return this.#import(name, AS_JSON);
      if (!isMissing(error) || !OWN_PACKAGES.test(name)) throw error;
      return own(name);
    }
  }

  #load(specifier: string, folder: string, otherwise: NodeJS.Require): unknown {
    const builtin = this.builtin[specifier];
    if (builtin) return builtin();
    const path = this.#find(specifier, folder);
    if (path !== undefined) return this.#run(path);
    try {
      return otherwise(specifier);
    } catch (error) {
      if (!isMissing(error) || !OWN_PACKAGES.test(specifier)) throw error;
      return own(specifier);
    }
  }

  #find(specifier: string, folder: string): string | undefined {
    if (!/^\.{0,2}\//.test(specifier) && !isAbsolute(specifier) && specifier !== "." && specifier !== "..")
      return undefined;
    const path = resolve(folder, specifier);
    const bare = path.slice(0, path.length - extname(path).length);
    const candidates = [
      path,
      ...[path, bare, join(path, "index")].flatMap((stem) => EXTENSIONS.map((end) => stem + end)),
    ];
    return candidates.find((candidate) => this.#sidecars.has(candidate));
  }

  #run(path: string): unknown {
    const sidecar = this.#sidecars.get(path)!;
    if (sidecar.module) return sidecar.module.exports;
    const module = (sidecar.module = { exports: {} as unknown });
    const folder = dirname(path);
    const require = createRequire(path);
    try {
      const body = vm.runInThisContext(
        `(function (exports, require, module, __filename, __dirname) {${sidecar.javascript}\n})`,
        {
          filename: path,
          importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
        },
      );
      body(module.exports, (specifier: string) => this.#load(specifier, folder, require), module, path, folder);
    } catch (error) {
      delete sidecar.module;
      throw error;
    }
    return module.exports;
  }
}

const AS_JSON = { with: { type: "json" } } as ImportCallOptions;
const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts"];

function isMissing(error: unknown): boolean {
  return ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(codeOf(error) ?? "");
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
