import { accessSync, constants, lstatSync, mkdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EngineUnavailable } from "../engine.js";
import { firstLine } from "./binding.js";

/** What others may do with a file: to write to it. */
const WRITABLE_BY_OTHERS = 0o022;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Makes a folder, if need be, in which nobody else can put anything. What is loaded from it runs as the user.
 *
 * @returns its path, without symbolic links
 * @throws EngineUnavailable where it cannot be made, is not the user's own, or others could change it or swap it
 */
export function privateFolder(path: string): string {
  let real: string;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    real = join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw new EngineUnavailable(
      `the cache folder cannot be made (${firstLine(error)}), set UNROLL_CACHE to one that can`,
    );
  }
  const folder = lstatSync(real);
  if (!folder.isDirectory()) throw refused(real, "is no folder");
  const why = reasonToRefuse(folder);
  if (why) throw refused(real, why);
  try {
    accessSync(real, constants.W_OK);
  } catch {
    throw refused(real, "cannot be written");
  }
  for (let above = dirname(real), at = real; above !== at; at = above, above = dirname(above)) {
    const stats = statSync(above);
    const isForeign = stats.uid !== 0 && stats.uid !== process.getuid?.();
    const isOpen = (stats.mode & WRITABLE_BY_ALL) !== 0 && (stats.mode & STICKY) === 0;
    if (isForeign || isOpen) throw refused(real, `is inside of ${above}, which others can change`);
  }
  return real;
}

/** Why a file or folder is not to be trusted: undefined where it is the user's own, and nobody else can write to it. */
export function reasonToRefuse(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return "is a symbolic link";
  if (stats.uid !== process.getuid?.()) return "belongs to somebody else";
  if (stats.mode & WRITABLE_BY_OTHERS) return "can be written by others";
  return undefined;
}

function refused(folder: string, why: string): EngineUnavailable {
  return new EngineUnavailable(`the cache folder ${folder} ${why}, set UNROLL_CACHE to a folder of your own`);
}
