/**
 * The package @tensorflow/tfjs-node in a private folder, `.tensorflow`.
 *
 * It is no dependency that npm knows: as an optional one, `npm install` would load its 127 packages and run its script,
 * which downloads and fails where no network is, for everybody. In a folder of its own `npm install` leaves it alone.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { npm } from "./packages.mjs";
import { withProgress } from "./progress.mjs";
import { hash, projectFolder, readIfThere, SetupError, writeStamp } from "./project.mjs";
import { runQuietly } from "./run-quietly.mjs";
import { buildAgainstWheel } from "./tensorflow-wheel.mjs";

const NAME = "@tensorflow/tfjs-node";
const VERSION = "4.22.0";
export const TFJS_NODE = `${NAME} ${VERSION}`;

const LONGEST_DOWNLOAD = 15 * 60_000; // milliseconds

/** @param {string} folder */
function paths(folder) {
  const place = join(folder, ".tensorflow");
  return { place, stamp: join(place, "unroll-stamp"), making: `${place}.tmp` };
}

/** @param {string} [folder] */
export function tensorflowIsInstalled(folder = projectFolder) {
  return readIfThere(paths(folder).stamp) === wanted();
}

/** What is installed may lie anywhere, and serves every Node.js of this machine. */
function wanted() {
  return hash(TFJS_NODE, process.platform, process.arch);
}

/**
 * @param {string} [folder]
 * @returns {boolean} whether anything was there
 */
export function removeTensorflow(folder = projectFolder) {
  const { place, making } = paths(folder);
  const wasThere = [place, making].some((each) => existsSync(each));
  for (const each of [place, making]) rmSync(each, { recursive: true, force: true });
  return wasThere;
}

/**
 * Installs in a folder beside, which takes the place of the old one when it works; else nothing of it is left.
 *
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(pid: number | undefined) => void} [options.onStart]
 * @returns {Promise<string>} TensorFlow's version
 */
export async function installTensorflow({ folder = projectFolder, env = process.env, onStart } = {}) {
  const { place, making } = paths(folder);
  rmSync(making, { recursive: true, force: true });
  try {
    mkdirSync(making);
    await withProgress(`Installing ${TFJS_NODE}`, () => installPackage(making, { env, onStart }));
    if (!(await builtByItself(making, { env, onStart }))) await buildAgainstWheel(making, rebuild, { env, onStart });
    const version = await withProgress("Trying it", () => versionOf(making, { env, onStart }));
    writeStamp(join(making, "unroll-stamp"), wanted());
    rmSync(place, { recursive: true, force: true });
    renameSync(making, place);
    return version;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/**
 * @typedef {{ env: NodeJS.ProcessEnv, onStart?: (pid: number | undefined) => void }} Surroundings
 *
 * @param {string} making
 * @param {Surroundings} surroundings
 */
async function installPackage(making, { env, onStart }) {
  // npm 11 asks which packages may run scripts
  const description = {
    private: true,
    dependencies: { [NAME]: VERSION },
    allowScripts: { [NAME]: true, "core-js": false },
  };
  writeFileSync(join(making, "package.json"), JSON.stringify(description, null, 2));
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await runQuietly([...npm(), "install", "--prefix", making, ...quietly], {
    cwd: making,
    env,
    onStart,
    advice: `npm could not install ${TFJS_NODE}: read its message above, and see to the connection to its registry.`,
  });
}

/**
 * The package's own way: it downloads TensorFlow's library.
 *
 * @param {string} making
 * @param {Surroundings} surroundings
 * @returns {Promise<boolean>} false where its server cannot be reached or does not serve this machine
 */
async function builtByItself(making, { env, onStart }) {
  if (!(await answers(env))) return false;
  const work = () => rebuild(making, { env, onStart, timeout: LONGEST_DOWNLOAD }).then(() => true);
  return withProgress("Downloading TensorFlow", () =>
    work().catch((error) => {
      if (process.platform !== "linux") throw error;
      return false;
    }),
  );
}

/** Whether the server that the package downloads from says anything. @param {NodeJS.ProcessEnv} env */
async function answers(env) {
  if (env.HTTPS_PROXY || env.https_proxy) return true; // the package knows the way through it; we do not
  const server = env.TFJS_NODE_CDN_STORAGE || env.CDN_STORAGE || "https://storage.googleapis.com/";
  try {
    await fetch(server, { method: "HEAD", signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs the package's install script. It downloads what it does not find, and builds for this Node.js.
 *
 * @param {string} making
 * @param {Surroundings & { timeout?: number }} surroundings
 */
async function rebuild(making, { env, onStart, timeout = 0 }) {
  await runQuietly([...npm(), "rebuild", NAME, "--prefix", making, "--loglevel=error"], {
    cwd: making,
    env: withHeaders(env),
    timeout,
    onStart,
    advice: `${TFJS_NODE} could not be built: read the message above.`,
  });
}

/** The headers of this Node.js, which would be downloaded else, often lie beside it. @param {NodeJS.ProcessEnv} env */
function withHeaders(env) {
  const prefix = dirname(dirname(process.execPath));
  const there = existsSync(join(prefix, "include", "node", "node_api.h"));
  return there ? { npm_config_nodedir: prefix, ...env } : env;
}

/**
 * Loads it in another process, as a library of a wrong kind could end this one.
 *
 * @param {string} making
 * @param {Surroundings} surroundings
 */
async function versionOf(making, { env, onStart }) {
  const binding = `const { readdirSync } = require("node:fs");
    const lib = "./node_modules/${NAME}/lib/";
    console.log("version " + require(lib + readdirSync(lib).sort().at(-1) + "/tfjs_binding.node").TF_Version);`;
  const printed = await runQuietly([process.execPath, "-e", binding], {
    cwd: making,
    env: { ...env, TF_CPP_MIN_LOG_LEVEL: "2" },
    onStart,
    advice: `${TFJS_NODE} was installed, but does not load: read the message above.`,
  });
  const version = /^version (.+)$/m.exec(printed)?.[1];
  if (!version) throw new SetupError(`${TFJS_NODE} was installed, but does not say its version.`, { output: printed });
  return version;
}
