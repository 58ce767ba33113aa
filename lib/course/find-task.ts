import { host } from "../display/host.js";
import { solutions } from "./solutions.js";
import type { Task } from "./task.js";

/** The practicals, and what they ask for. */
export function practicals(): Readonly<Record<string, readonly Task[]>> {
  return solutions()?.practicals ?? {};
}

/** The task of that name; undefined when no practical has it. */
export function findTask(name: string): Task | undefined {
  return Object.values(practicals())
    .flat()
    .find((task) => task.name === name);
}

/** The practical that has such a task. */
export function practicalOf(name: string): string | undefined {
  return Object.entries(practicals()).find(([, tasks]) => tasks.some((task) => task.name === name))?.[0];
}

/** What the notebook declares under the task's name; undefined where nothing is, or nobody knows. */
export function attemptAt({ entry }: Pick<Task, "entry">): unknown {
  return host().declared?.(entry);
}
