/** Step 3: a private Python environment, `.venv`, with JupyterLab. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipOptions } from "./package-index.mjs";
import { hash, projectFolder, readIfThere, SetupError, writeStamp } from "./project.mjs";
import { runQuietly } from "./run-quietly.mjs";

export const JUPYTERLAB = "jupyterlab>=4.2,<5";

/** @param {string} [folder] */
export function environmentPaths(folder = projectFolder) {
  const prefix = join(folder, ".venv");
  return {
    prefix,
    python: process.platform === "win32" ? join(prefix, "Scripts", "python.exe") : join(prefix, "bin", "python"),
    stamp: join(prefix, "unroll-stamp"),
    /** Lies in an environment that is being made; one in which it still lies was never finished. */
    unfinished: join(prefix, "unroll-unfinished"),
  };
}

/** @param {string} [folder] */
export function environmentIsFresh(folder = projectFolder) {
  const { stamp, python } = environmentPaths(folder);
  return existsSync(python) && readIfThere(stamp) === wantedEnvironment(folder);
}

/** An environment does not work in another place than the one it was made in. @param {string} folder */
function wantedEnvironment(folder) {
  return hash(folder, JUPYTERLAB);
}

/**
 * @param {string[]} python the command of the Python to make it with
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(pid: number | undefined) => void} [options.onStart]
 */
export async function makeEnvironment(python, { folder = projectFolder, env = process.env, onStart } = {}) {
  const paths = environmentPaths(folder);
  removeOwn(paths);
  const clean = environmentVariables(env);
  if (!existsSync(paths.python)) {
    mkdirSync(paths.prefix, { recursive: true });
    writeFileSync(paths.unfinished, "");
    await runQuietly([...python, "-m", "venv", paths.prefix], {
      cwd: folder,
      env: clean,
      onStart,
      advice: `${python.join(" ")} could not make a private environment in .venv: read its message above.`,
    });
  }
  const options = await pipOptions(paths.python, { cwd: folder, env: clean });
  if (!options) throw new SetupError(offline("pip's package index gave no answer, and pip knows no other one"));
  await runQuietly([paths.python, "-m", "pip", "install", ...options, JUPYTERLAB], {
    cwd: folder,
    env: clean,
    onStart,
    advice: offline("pip could not install JupyterLab: read its message above"),
  });
  writeStamp(paths.stamp, wantedEnvironment(folder));
  rmSync(paths.unfinished, { force: true });
}

/**
 * Clears an environment that we made, or began to make. One that somebody else made is kept and added to.
 *
 * @param {ReturnType<typeof environmentPaths>} paths
 */
function removeOwn({ prefix, stamp, unfinished }) {
  if (existsSync(stamp) || existsSync(unfinished)) rmSync(prefix, { recursive: true, force: true });
}

/** @param {string} what */
function offline(what) {
  return `${what}; without JupyterLab, notebooks run with npx unroll run notebooks/NAME.ipynb.`;
}

/**
 * What Python and Jupyter read from the environment without being asked would mix other installations into this one.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function environmentVariables(env) {
  const foreign = /^(JUPYTER|PYTHONPATH$|PYTHONHOME$|VIRTUAL_ENV$|PIP_(USER|TARGET|PREFIX|REQUIRE_VIRTUALENV)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
