/** `require` of a cell: packages from the notebook's folder, sidecar files as TypeScript has compiled them. */
import { createRequire } from "node:module";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import vm from "node:vm";
import type { CellOrder } from "./link.js";
import type { Stacks } from "./stack.js";

export type Require = (specifier: string) => unknown;

interface Sidecar {
  javascript: string;
  /** Undefined until somebody needs it, and again when the file has changed. */
  module?: { exports: unknown };
}

export class Modules {
  readonly #sidecars = new Map<string, Sidecar>();
  readonly #require: NodeJS.Require;

  /** @param builtin modules that the kernel provides itself, made when they are asked for */
  constructor(
    private readonly folder: string,
    private readonly stacks: Stacks,
    private readonly builtin: Record<string, () => unknown>,
  ) {
    this.#require = createRequire(join(folder, "notebook.ts"));
  }

  /** What a cell calls. */
  readonly require: Require = (specifier) => this.#load(specifier, this.folder, this.#require);

  /** Sidecar files that are there for the first time, or have changed: they and all that may import them run again. */
  add(sidecars: CellOrder["sidecars"]): void {
    if (sidecars.length === 0) return;
    for (const { path, javascript, sourceMap } of sidecars) {
      this.#sidecars.set(path, { javascript });
      this.stacks.add(path, path, "", sourceMap);
    }
    for (const sidecar of this.#sidecars.values()) delete sidecar.module;
  }

  #load(specifier: string, folder: string, otherwise: NodeJS.Require): unknown {
    const builtin = this.builtin[specifier];
    if (builtin) return builtin();
    const path = this.#find(specifier, folder);
    return path === undefined ? otherwise(specifier) : this.#run(path);
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

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts"];
