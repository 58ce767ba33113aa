/** Installs what we are compared with into a folder of its own, which the next run finds again. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../../support/project.js";

const TFJS = ["@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"];
/** Where Linux finds a PyTorch without the gigabytes for graphics cards. */
const CPU_INDEX = "https://download.pytorch.org/whl/cpu";
/** pip asks its index once for each package: where nobody answers, that is not to take long. */
const PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "10"];

type RunQuietly = (command: readonly string[], options?: { advice?: string; timeout?: number }) => Promise<string>;
const setup = (name: string) => import(pathToFileURL(join(projectFolder, "kernel", "install", "setup", name)).href);
const { runQuietly, stopRunning } = (await setup("run-quietly.mjs")) as {
  runQuietly: RunQuietly;
  stopRunning: () => void;
};
const { findPython } = (await setup("python.mjs")) as {
  findPython: () => { ok: true; command: string[] } | { ok: false };
};

export { runQuietly, stopRunning };

/** `unroll/bench` in the user's cache. */
export function benchFolder({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv = process.env): string {
  const usual = process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
  const cache = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME;
  return join(cache || usual, "unroll", "bench");
}

/**
 * The command of a Python that has torch.
 *
 * @throws a sentence where there is none and none can be set up
 */
export async function pytorch(given: string | undefined): Promise<string> {
  const own = join(benchFolder(), "python");
  const python = given ?? join(own, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const hasTorch = await runQuietly([python, "-c", "import torch"]).then(
    () => true,
    () => false,
  );
  if (hasTorch) return python;
  if (given) throw new Error(`${given} cannot import torch.`);

  const found = findPython();
  if (!found.ok) throw new Error("no Python ≥ 3.9 with venv was found.");
  await runQuietly([...found.command, "-m", "venv", own], { advice: "Python could not make an environment." });
  const install = (options: string[]) =>
    runQuietly([python, ...PIP, ...options, "torch"], { advice: "pip could not install torch.", timeout: 1_200_000 });
  const plain = () => install([]);
  await (process.platform === "linux" ? install(["--index-url", CPU_INDEX]).catch(plain) : plain());
  return python;
}

/**
 * A folder from which `@tensorflow/tfjs` and its wasm backend can be loaded.
 *
 * @throws a sentence where npm cannot install them
 */
export async function tfjsWasm(): Promise<string> {
  const folder = join(benchFolder(), "tfjs");
  const wanted = TFJS.join(" ");
  const stamp = join(folder, `${wanted.replace(/\W+/g, "-")}.done`);
  if (existsSync(stamp)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const quick = ["--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0"];
  await runQuietly([npm, "install", "--prefix", folder, ...quick, ...TFJS], {
    advice: "npm could not install TensorFlow.js.",
  });
  writeFileSync(stamp, "");
  return folder;
}

/** The folder from which `@tensorflow/tfjs-node` can be loaded. @throws a sentence where it was not set up */
export function tfjsNode(): string {
  const has = (folder: string) => existsSync(join(folder, "node_modules", "@tensorflow", "tfjs-node", "package.json"));
  const found = [join(projectFolder, ".tensorflow"), projectFolder].find(has);
  if (found === undefined) throw new Error("npm run setup:tensorflow sets it up.");
  return found;
}

/** The program of this version of Node.js: this one, or what npx fetches. @throws a sentence where npx cannot */
export async function nodeProgram(version: string): Promise<string> {
  if (`${process.versions.node}.`.startsWith(`${version}.`)) return process.execPath;
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const printed = await runQuietly([npx, "-y", "-p", `node@${version}`, "node", "-p", "process.execPath"], {
    advice: `npx could not fetch Node.js ${version}.`,
  });
  return printed.trim().split("\n").at(-1)!;
}
