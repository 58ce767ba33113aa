/** Programs that the user's code has started: one that is waited for (`execSync`) holds the main thread, whatever is unwound. */
import { readdirSync, readFileSync } from "node:fs";

/** Sends to each of them, and to those that they have started, what Ctrl-C sends. Only Linux tells which they are. */
export function interruptChildren(): void {
  for (const pid of descendants("self")) {
    try {
      process.kill(pid, "SIGINT");
    } catch {
      // it has just ended
    }
  }
}

function descendants(pid: number | "self"): number[] {
  try {
    const folder = `/proc/${pid}/task`;
    const children = readdirSync(folder)
      .flatMap((thread) => readFileSync(`${folder}/${thread}/children`, "utf8").split(" "))
      .filter(Boolean)
      .map(Number);
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}
