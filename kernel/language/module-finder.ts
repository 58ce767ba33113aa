import { join } from "node:path";
import { OWN_PACKAGES } from "../own-packages.js";
import { here, posix } from "./options.js";
import ts from "./typescript.js";

type Request = Parameters<NonNullable<ts.LanguageServiceHost["resolveModuleNameLiterals"]>>;

/** Which file does an import mean? */
export class ModuleFinder {
  /** What is known of packages and their package.json; without it each program would read 160 of them. */
  readonly cache: ts.ModuleResolutionCache;
  readonly #kernel = posix(join(here, "notebook.cts"));

  constructor(
    folder: string,
    options: ts.CompilerOptions,
    private readonly host: ts.LanguageServiceHost,
  ) {
    this.cache = ts.createModuleResolutionCache(folder, (path) => path, options);
  }

  find(...[literals, from, redirected, options, file]: Request): readonly ts.ResolvedModuleWithFailedLookupLocations[] {
    return literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(file, literal, options);
      const look = (start: string) =>
        ts.resolveModuleName(literal.text, start, options, this.host, this.cache, redirected, mode);
      const found = look(from);
      return found.resolvedModule || !OWN_PACKAGES.test(literal.text) ? found : look(this.#kernel);
    });
  }

  /** What was not there before may be there now. */
  forget(): void {
    this.cache.clear();
  }
}
