import { resolve } from "node:path";

/** The folder with the project's package.json: this file is built to `test/dist/support`. */
export const projectFolder = resolve(import.meta.dirname, "..", "..", "..");
