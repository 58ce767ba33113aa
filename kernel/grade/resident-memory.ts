import { readFileSync } from "node:fs";

const PAGE = 4096;
const MB = 1 << 20;

/**
 * How much memory a process and those that it has started have, in MB; undefined where the system has no /proc.
 *
 * A process in namespaces is the child of the program that made them.
 */
export function residentMemory(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (residentMemory(Number(child)) ?? 0), (pages * PAGE) / MB);
  } catch {
    return undefined;
  }
}
