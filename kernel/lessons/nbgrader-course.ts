import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeNotebook } from "../client/notebook.js";
import { STUB, TEXT_STUB } from "./markers.js";
import { buildPractical, type Practical } from "./practical.js";

/** How long a cell may run, in seconds: the classifier's tests train on a slow machine for most of a minute. */
const CELL_SECONDS = 300;

/** What nbgrader has to know: what stands in the place of a solution in TypeScript, and that training takes its time. */
export const NBGRADER_CONFIG = `c.ClearSolutions.update(code_stub={"typescript": '${STUB}'}, text_stub="${TEXT_STUB}")
c.Execute.timeout = ${CELL_SECONDS}
`;

export interface NbgraderCourse {
  /** The notebook with solutions and hidden tests. */
  readonly source: string;
  readonly config: string;
  /** Whether a configuration that was there already has these lines, or all of it was written. */
  readonly isConfigured: boolean;
}

/**
 * Lays out a practical in a course folder of nbgrader, ready for `nbgrader generate_assignment`. A configuration that is there
 * stays as it is.
 *
 * @throws Error with one sentence where the practical is there already
 */
export function writeNbgraderCourse(folder: string, practical: Practical): NbgraderCourse {
  const source = join(folder, "source", practical.name, `${practical.name}.ipynb`);
  if (existsSync(source)) throw new Error(`${source} is there already: move it away, or choose another folder.`);
  mkdirSync(dirname(source), { recursive: true });
  writeNotebook(source, buildPractical(practical, "instructor"));
  const config = join(folder, "nbgrader_config.py");
  if (!existsSync(config)) writeFileSync(config, NBGRADER_CONFIG);
  return { source, config, isConfigured: readFileSync(config, "utf8").includes(NBGRADER_CONFIG) };
}
