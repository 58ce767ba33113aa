import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "./project-folder.js";

/** Loads a file of the set-up, which is plain JavaScript and no part of the build, and gives it types. */
export async function setupModule<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(projectFolder, "kernel", "install", "setup", name)).href) as Promise<T>;
}
