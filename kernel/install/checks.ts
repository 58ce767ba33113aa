/** What the course needs from this machine, and whether it is there. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { type DataSetName, dataSets, engine, hasData } from "unroll";
import { dataCache } from "unroll/data/data-folder.js";
import { findChromium } from "../lessons/chromium.js";
import { environmentPaths, environmentVariables } from "./environment.js";
import { jupyterFolderOf, userJupyterFolder } from "./jupyter-folder.js";
import { installedKernels, KERNEL_NAME, kernelArguments, kernelspecFolder, readKernelspec } from "./kernelspec.js";
import { plotExtensionFolder, plotExtensionIsCurrent } from "./plot-extension.js";
import { projectFolder } from "./project-folder.js";
import { setupModule } from "./setup-module.js";

export interface Check {
  what: string;
  /** What was found. */
  found: string;
  /** How to mend it; undefined where nothing is wrong. */
  mend?: string;
  /** Most of the course works without it. */
  isOptional?: boolean;
}

type FoundPython = { ok: true; command: string[]; version: string } | { ok: false; sentence: string };

const [{ packagesAreFresh }, { buildIsFresh }, { findPython }, { environmentIsFresh }] = await Promise.all([
  setupModule<{ packagesAreFresh(): boolean }>("packages.mjs"),
  setupModule<{ buildIsFresh(): boolean }>("build.mjs"),
  setupModule<{ findPython(): FoundPython }>("python.mjs"),
  setupModule<{ environmentIsFresh(): boolean }>("environment.mjs"),
]);

const START = "npm start makes it";

export function checks(): Check[] {
  const own = jupyterFolderOf(environmentPaths().prefix);
  const user = userJupyterFolder();
  return [
    nodeCheck(process.versions.node),
    freshness("packages", "as package-lock.json says", packagesAreFresh()),
    freshness("build", "as the sources are", buildIsFresh()),
    pythonCheck(findPython(), environmentIsFresh()),
    jupyterLabCheck(),
    kernelspecCheck(own, { mend: START }),
    plotExtensionCheck(own, { mend: START }),
    ...installedKernels(user).map((name) => kernelspecCheck(user, { name, mend: installAgain(name) })),
    ...(existsSync(plotExtensionFolder(user)) ? [plotExtensionCheck(user, { mend: installAgain(KERNEL_NAME) })] : []),
    optional("Chromium", findChromium(), "plots get no pictures, and browser tests are skipped: CHROME_PATH names one"),
    optional(
      "C compiler",
      onPath(["cc", "gcc", "clang"]),
      "the fastest engine, native, needs one: install gcc or clang",
    ),
    engineCheck(),
    dataCheck(),
  ];
}

/** @param version "20.19.0" */
export function nodeCheck(version: string): Check {
  const { engines } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(engines.node)?.[0] ?? "").split(".").map(Number);
  const [foundMajor = 0, foundMinor = 0] = version.split(".").map(Number);
  const isNew = foundMajor > major || (foundMajor === major && foundMinor >= minor);
  return {
    what: "Node.js",
    found: `${version} (${process.execPath})`,
    ...(!isNew && { mend: `install ${major}.${minor} or newer from nodejs.org` }),
  };
}

function freshness(what: string, found: string, isFresh: boolean): Check {
  return isFresh ? { what, found } : { what, found: `not ${found}`, mend: "npm start brings them up to date" };
}

export function pythonCheck(python: FoundPython, hasEnvironment: boolean): Check {
  if (python.ok) return { what: "Python", found: `${python.version} (${python.command.join(" ")})` };
  const mend = "install Python 3.9 or newer from python.org, or name one by UNROLL_PYTHON";
  return { what: "Python", found: python.sentence.replace(/\.$/, ""), mend, isOptional: hasEnvironment };
}

function jupyterLabCheck(): Check {
  const { prefix, python } = environmentPaths();
  if (!existsSync(python)) return { what: "JupyterLab", found: `there is no environment ${prefix}`, mend: START };
  const ask = ["-c", "from importlib.metadata import version; print(version('jupyterlab'))"];
  const { status, stdout } = spawnSync(python, ask, { encoding: "utf8", env: environmentVariables(process.env) });
  if (status !== 0) return { what: "JupyterLab", found: `none works in ${prefix}`, mend: `remove ${prefix}; ${START}` };
  const found = `${stdout.trim()} (${prefix})`;
  if (environmentIsFresh()) return { what: "JupyterLab", found };
  return { what: "JupyterLab", found: `${found}, made for another version or place`, mend: "npm start makes it anew" };
}

/** A kernelspec holds paths: they go wrong when Node.js or the project is moved. */
export function kernelspecCheck(
  jupyterFolder: string,
  { name = KERNEL_NAME, mend }: { name?: string; mend: string },
): Check {
  const folder = kernelspecFolder(jupyterFolder, name);
  const argv = readKernelspec(folder)?.argv;
  if (!argv) return { what: "kernelspec", found: `there is none in ${folder}`, mend };
  const gone = argv.find((part) => isAbsolute(part) && !existsSync(part));
  if (gone !== undefined) return { what: "kernelspec", found: `${folder} names ${gone}, which is gone`, mend };
  const isSame = JSON.stringify(argv) === JSON.stringify(kernelArguments("{connection_file}"));
  return isSame
    ? { what: "kernelspec", found: folder }
    : { what: "kernelspec", found: `${folder} starts another Node.js or another copy of this project`, mend };
}

export function plotExtensionCheck(jupyterFolder: string, { mend }: { mend: string }): Check {
  const folder = plotExtensionFolder(jupyterFolder);
  if (!existsSync(folder)) return { what: "plot extension", found: `there is none in ${folder}`, mend };
  if (plotExtensionIsCurrent(jupyterFolder)) return { what: "plot extension", found: folder };
  return { what: "plot extension", found: `${folder} is of another version`, mend };
}

function engineCheck(): Check {
  try {
    return { what: "engine", found: engine().describe() };
  } catch (error) {
    return { what: "engine", found: (error as Error).message, mend: "set UNROLL_ENGINE to auto, or to nothing" };
  }
}

export function dataCheck(): Check {
  const names = Object.keys(dataSets) as DataSetName[];
  const missing = names.filter((name) => !hasData(name));
  const { UNROLL_DATA } = process.env;
  const found = `${names.length - missing.length} of ${names.length} in ${UNROLL_DATA ? `${UNROLL_DATA} (UNROLL_DATA) or ` : ""}${dataCache()}`;
  if (missing.length === 0) return { what: "data sets", found };
  return { what: "data sets", found, mend: "npx unroll data lists the others and how they come", isOptional: true };
}

function optional(what: string, found: string | undefined, without: string): Check {
  return found === undefined ? { what, found: "none was found", mend: without, isOptional: true } : { what, found };
}

function installAgain(name: string): string {
  return `npx unroll install --user${name === KERNEL_NAME ? "" : ` --name ${name}`} writes it anew`;
}

function onPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find((path) => existsSync(path));
}
