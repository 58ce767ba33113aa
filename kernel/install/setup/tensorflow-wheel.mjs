/** TensorFlow's library out of the Python package tensorflow-cpu, where its own server cannot be reached. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { environmentVariables } from "./environment.mjs";
import { pipOptions } from "./package-index.mjs";
import { withProgress } from "./progress.mjs";
import { SetupError } from "./project.mjs";
import { findPython } from "./python.mjs";
import { runQuietly } from "./run-quietly.mjs";

const UNREACHABLE = "storage.googleapis.com, from where the package downloads TensorFlow, cannot be reached";

/** Under which names the package looks for each library; 2.9.1 is the version that it would have downloaded. */
const LIBRARIES = {
  "libtensorflow_cc.so.2": ["libtensorflow.so", "libtensorflow.so.2", "libtensorflow.so.2.9.1"],
  "libtensorflow_framework.so.2": ["libtensorflow_framework.so", "libtensorflow_framework.so.2.9.1"],
};

/** Of a wheel's 15,000 files the libraries, and the headers that the package is built with. */
const EXTRACT = `
import re, sys, zipfile
wheel, target = sys.argv[1:]
wanted = re.compile(r"tensorflow/(libtensorflow_\\w+[.]so[.]2$|include/(tensorflow/c|tensorflow/core/platform|tsl|xla/tsl)/.*[.]h$)")
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(target, [name for name in archive.namelist() if wanted.match(name)])
`;

/**
 * @param {string} making the folder in whose node_modules the package is, not built
 * @param {(making: string, surroundings: import("./tensorflow.mjs").Surroundings) => Promise<void>} rebuild
 * @param {import("./tensorflow.mjs").Surroundings} surroundings
 */
export async function buildAgainstWheel(making, rebuild, { env, onStart }) {
  if (process.platform !== "linux") {
    throw new SetupError(`${UNREACHABLE}; only on Linux there is another way: try again with a network.`);
  }
  const found = findPython(env, "Installing TensorFlow without its server");
  if (!found.ok) throw new SetupError(`${UNREACHABLE}. ${found.sentence}`);
  const compiler = env.CXX || "c++";
  const missing = ["make", compiler].filter((tool) => spawnSync(tool, ["--version"], { env }).status !== 0);
  if (missing.length > 0) {
    const mend = "install them (on Debian the package build-essential)";
    throw new SetupError(`${UNREACHABLE}, and building it needs ${missing.join(" and ")}: ${mend}.`);
  }
  const surroundings = { env: environmentVariables(env), onStart };
  const installed = join(making, "node_modules", "@tensorflow", "tfjs-node");
  const deps = join(installed, "deps");
  await withProgress("Getting TensorFlow's library with pip", () =>
    takeLibraries(making, found.command, deps, surroundings),
  );
  await withProgress("Building", async () => {
    await rebuild(making, surroundings);
    await buildQuiet(installed, compiler, surroundings);
    rmSync(join(deps, "include"), { recursive: true });
  });
}

/**
 * @param {string} making
 * @param {string[]} python
 * @param {string} deps where the package expects TensorFlow
 * @param {import("./tensorflow.mjs").Surroundings} surroundings
 */
async function takeLibraries(making, python, deps, { env, onStart }) {
  const [environment, wheels] = [join(making, "python"), join(making, "wheels")];
  const context = { cwd: making, env, onStart };
  await runQuietly([...python, "-m", "venv", environment], {
    ...context,
    advice: `${python.join(" ")} could not make a private environment: read its message above.`,
  });
  const own = join(environment, "bin", "python");
  const options = await pipOptions(own, { cwd: making, env });
  if (!options) throw new SetupError(`${UNREACHABLE}, nor can pip's package index, and pip knows no other one.`);
  const only = ["--no-deps", "--only-binary", ":all:", "--dest", wheels];
  await runQuietly([own, "-m", "pip", "download", ...options, ...only, "tensorflow-cpu"], {
    ...context,
    advice: `${UNREACHABLE}, and pip could not get tensorflow-cpu: read its message above.`,
  });
  const [wheel = ""] = readdirSync(wheels);
  await runQuietly([own, "-c", EXTRACT, join(wheels, wheel), making], {
    ...context,
    advice: `${wheel} could not be unpacked: read the message above.`,
  });
  mkdirSync(join(deps, "lib"), { recursive: true });
  renameSync(join(making, "tensorflow", "include"), join(deps, "include"));
  for (const [library, names] of Object.entries(LIBRARIES)) {
    renameSync(join(making, "tensorflow", library), join(deps, "lib", library));
    for (const name of names) symlinkSync(library, join(deps, "lib", name));
  }
  for (const used of [environment, wheels, join(making, "tensorflow")]) rmSync(used, { recursive: true });
}

/**
 * Builds quiet.node beside the binding.
 *
 * @param {string} installed
 * @param {string} compiler
 * @param {import("./tensorflow.mjs").Surroundings} surroundings
 */
async function buildQuiet(installed, compiler, { env, onStart }) {
  const [place = ""] = readdirSync(join(installed, "lib"));
  const source = join(import.meta.dirname, "quiet.cc");
  const form = ["-shared", "-fPIC", "-Wl,-rpath,$ORIGIN/../../deps/lib"];
  await runQuietly([compiler, ...form, source, "-o", join(installed, "lib", place, "quiet.node"), "-ldl"], {
    cwd: installed,
    env,
    onStart,
    advice: "The module that keeps TensorFlow from printing at its start could not be built: read the message above.",
  });
}
