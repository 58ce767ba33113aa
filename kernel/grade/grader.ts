/** What all submissions of an assignment are graded with. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readNotebook } from "../client/notebook.js";
import { projectFolder } from "../install/project-folder.js";
import { type Assignment, checkAssignment, type GradedPart } from "./assignment.js";
import type { Grader } from "./grade-submission.js";
import { prepare } from "./prepare.js";
import { findSandbox } from "./sandbox.js";

/**
 * @param name of an assignment in kernel/grade or test/exercises, or a built module that exports one
 * @throws Error with one sentence where there is none
 */
export async function findAssignment(name: string): Promise<Assignment> {
  const own = join(projectFolder, "kernel", "dist", "grade", name, `${name}.js`);
  const forTests = join(projectFolder, "test", "dist", "exercises", name, "assignment.js");
  const file = [own, forTests, resolve(name)].find((path) => /\.m?js$/.test(path) && existsSync(path));
  if (file === undefined)
    throw new Error(`There is no assignment "${name}": expected ${own}, or a module that exports an assignment.`);
  const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  const assignment = exported.find(isAssignment);
  if (!assignment) throw new Error(`${file} exports no assignment.`);
  return checkAssignment(assignment);
}

function isAssignment(value: unknown): value is Assignment {
  return typeof value === "object" && value !== null && "exercises" in value && "notebook" in value;
}

/** @param wants which parts are graded: all */
export function makeGrader(assignment: Assignment, seed: number, wants?: (part: GradedPart) => boolean): Grader {
  const prepared = prepare(assignment, seed, wants);
  const { sandbox, limits } = findSandbox();
  const points = prepared.map(({ exercise, parts }) => [
    exercise.name,
    exercise.entry,
    exercise.seconds,
    parts.map(toHash),
  ]);
  const fingerprint = createHash("sha256")
    .update(readFileSync(assignment.notebook))
    .update(JSON.stringify([assignment.name, seed, points, limits]))
    .digest("hex");
  return { assignment, seed, prepared, source: readNotebook(assignment.notebook), sandbox, limits, fingerprint };
}

type Prepared = ReturnType<typeof prepare>[number]["parts"][number];

const toHash = ({ part, call, cases }: Prepared) => [
  part.title,
  part.points,
  part.tolerance,
  String(part.judge),
  call,
  cases,
];
