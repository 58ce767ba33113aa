/** What of the library a student's process gets: all but the solutions. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../install/project-folder.js";

export const libraryFolder = join(projectFolder, "lib", "dist");

const course = join(libraryFolder, "course");

/** In folders within `course` lie exercises and tasks with their solutions: the library loads them only where they are. */
export const WITHHELD: readonly string[] = readdirSync(course, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(course, name));

/** Files and folders, each with all that lies in it, that are the library without them. */
export const LIBRARY: readonly string[] = [
  ...readdirSync(libraryFolder)
    .map((name) => join(libraryFolder, name))
    .filter((path) => path !== course),
  ...readdirSync(course)
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(course, name)),
];
