import { deepEqual, equal, match, throws } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readNotebook } from "#kernel/client/notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { NBGRADER_CONFIG, writeNbgraderCourse } from "#kernel/lessons/nbgrader-course.js";
import { practical } from "#kernel/lessons/practical.js";

const built = practical(join(projectFolder, "notebooks"), "practical-4");

describe("A course folder of nbgrader", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-course-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has the source with solutions and hidden tests, and a configuration of two lines", () => {
    const { source, config, isConfigured } = writeNbgraderCourse(folder, built);
    deepEqual(readdirSync(folder).sort(), ["nbgrader_config.py", "source"]);
    equal(source, join(folder, "source", "practical-4", "practical-4.ipynb"));
    const text = readNotebook(source).cells.map((cell) => cell.source);
    for (const mark of ["// BEGIN SOLUTION", "// BEGIN HIDDEN TESTS", "await pointsFor("])
      equal(text.filter((one) => one.includes(mark)).length >= 12, true, mark);
    equal(readFileSync(config, "utf8").trim().split("\n").length, 2);
    equal(isConfigured, true);
  });

  it("keeps a configuration that is there, and a source", () => {
    const config = join(folder, "nbgrader_config.py");
    writeFileSync(config, "c = get_config()\n");
    equal(writeNbgraderCourse(folder, built).isConfigured, false);
    equal(readFileSync(config, "utf8"), "c = get_config()\n");
    throws(() => writeNbgraderCourse(folder, built), /practical-4\.ipynb is there already: move it away/);
    match(NBGRADER_CONFIG, /typescript/);
  });
});
