import { display } from "../display/display.js";
import { examineTask } from "./examine-task.js";
import { attemptAt, findTask } from "./find-task.js";
import { solutions, UNCHECKED } from "./solutions.js";
import type { TaskTest } from "./task.js";

/** Not the seed of the public tests. */
const SEED = 4;

/**
 * The points of what a notebook declares, by the public tests of a task and by others.
 *
 * It is for nbgrader, which reads a number above 0 as a partial grade where it is the last value of a cell, takes an error for
 * no points, and anything else, even 0, for all of them.
 *
 * @param name a practical's task: "bptt"
 * @param hidden tests that the student does not see
 * @throws when there is no such task, and where there are no points: "0 of 8 points"
 *
 * @example
 * try {
 *   await pointsFor("gru-step", []);
 * } catch (error) {
 *   console.log(String(error)); // Error: 0 of 8 points: a script declares nothing that could be looked at
 * }
 */
export async function pointsFor(name: string, hidden: readonly TaskTest[]): Promise<number> {
  if (!solutions()) {
    display(UNCHECKED);
    return 0;
  }
  const task = findTask(name);
  if (!task) throw new RangeError(`pointsFor: there is no task "${name}", expected one of a practical, such as "bptt"`);
  const attempt = attemptAt(task);
  const open = await examineTask(task, attempt);
  const closed = await examineTask(task, attempt, { tests: hidden, seed: SEED });
  const points = open.points + closed.points;
  if (points === 0) throw new Error(`0 of ${task.points} points`);
  return points;
}
