import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where this course keeps what it compiles and downloads: UNROLL_CACHE, else its place in the user's cache folder. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.UNROLL_CACHE) return env.UNROLL_CACHE;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "unroll");
  const { XDG_CACHE_HOME } = env;
  const caches = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(caches, "unroll");
}
