/**
 * The private Python environment that the set-up makes. Its place is known to the set-up, which is plain JavaScript and
 * not part of the build; here it is loaded and given types.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "./project-folder.js";

interface EnvironmentModule {
  environmentPaths(): { prefix: string; python: string };
  environmentVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

const file = join(projectFolder, "kernel", "install", "setup", "environment.mjs");
const environment = (await import(pathToFileURL(file).href)) as EnvironmentModule;

export const environmentPaths = environment.environmentPaths;
export const environmentVariables = environment.environmentVariables;
