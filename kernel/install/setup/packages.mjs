/** Step 1: what package-lock.json names is in node_modules. */
import { existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { hash, projectFolder, readIfThere, writeStamp } from "./project.mjs";
import { runQuietly } from "./run-quietly.mjs";

/** @param {string} [folder] */
export function packagesAreFresh(folder = projectFolder) {
  const stamp = join(folder, "node_modules", ".unroll-stamp");
  const wanted = wantedPackages(folder);
  if (readIfThere(stamp) === wanted) return true;
  if (!matchesHiddenLockFile(folder)) return false;
  writeStamp(stamp, wanted);
  return true;
}

/**
 * `npm install --no-save` takes the versions of the lock file and leaves the file alone, as `npm ci` does. It also does
 * what `npm ci` (npm 11 and 12) refuses: it installs where the registry lacks a package that only other systems need.
 *
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {(pid: number | undefined) => void} [options.onStart]
 */
export async function installPackages({ folder = projectFolder, onStart } = {}) {
  const modules = join(folder, "node_modules");
  const stamp = join(modules, ".unroll-stamp");
  // Where no install was finished, packages may be there by half, and npm would not notice.
  rmSync(existsSync(stamp) ? stamp : modules, { recursive: true, force: true });
  await runQuietly([...npm(), "install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    onStart,
    advice:
      "npm could not install the packages: read its message above, see to the connection to its registry, and start again.",
  });
  writeStamp(stamp, wantedPackages(folder));
}

/** @param {string} folder */
function wantedPackages(folder) {
  return hash(readIfThere(join(folder, "package-lock.json")) ?? readIfThere(join(folder, "package.json")) ?? "");
}

/**
 * npm keeps a list of what it installed. A developer's own `npm install` needs no second one by us.
 *
 * @param {string} folder
 */
function matchesHiddenLockFile(folder) {
  const wanted = parse(readIfThere(join(folder, "package-lock.json")));
  const installed = parse(readIfThere(join(folder, "node_modules", ".package-lock.json")));
  if (!wanted || !installed) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.optional || entry.devOptional || entry.link) return true;
    return installed.packages[path]?.version === entry.version;
  });
}

/** @param {string | undefined} text */
function parse(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** The npm that started us, if it was npm; else the one on the path. */
export function npm() {
  const script = process.env.npm_execpath;
  if (script && /^np[mx]-cli\.c?js$/.test(basename(script))) {
    return [process.execPath, script.replace(/npx-cli(\.c?js)$/, "npm-cli$1")];
  }
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}
