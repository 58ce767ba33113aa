import { host } from "../display/host.js";
import { practical4 } from "./practical-4/index.js";
import type { Task } from "./task.js";

/** The practicals, and what they ask for. */
export const practicals: Readonly<Record<string, readonly Task[]>> = { "practical-4": practical4 };

/** The task of that name; undefined when no practical has it. */
export function findTask(name: string): Task | undefined {
  return Object.values(practicals)
    .flat()
    .find((task) => task.name === name);
}

/** The practical that has such a task. */
export function practicalOf(name: string): string | undefined {
  return Object.keys(practicals).find((practical) => practicals[practical]!.some((task) => task.name === name));
}

/** What the notebook declares under the task's name; undefined where nothing is, or nobody knows. */
export function attemptAt({ entry }: Pick<Task, "entry">): unknown {
  return host().declared?.(entry);
}
