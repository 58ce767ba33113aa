import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readNotebook } from "#kernel/client/notebook.js";
import { results } from "#kernel/lessons/headline.js";
import { needsJupyter, venvPython } from "../support/needs.js";
import { projectFolder } from "../support/project.js";

const LESSON = "02-the-recurrent-computation";

describe(`the lesson ${LESSON} in nbclient`, function () {
  this.timeout(180_000);

  before(function () {
    needsJupyter(this);
  });

  it("runs from the first cell to the last in quick mode, and is a valid notebook then", async () => {
    const home = mkdtempSync(join(tmpdir(), "unroll-nbclient-"));
    const folder = join(projectFolder, "notebooks");
    const script = join(projectFolder, "test", "python", "run_lesson.py");
    const { stdout } = await promisify(execFile)(venvPython, ["-B", script, join(folder, `${LESSON}.ipynb`), folder], {
      // nothing of the user's own Jupyter: the kernel must be found in the environment itself
      env: { ...process.env, UNROLL_QUICK: "1", JUPYTER_DATA_DIR: home, JUPYTER_CONFIG_DIR: home },
      maxBuffer: 2 ** 26,
    });
    const file = join(home, "ran.ipynb");
    writeFileSync(file, stdout);
    const ran = readNotebook(file);
    rmSync(home, { recursive: true });
    assert.ok(ran.cells.every((cell) => cell.cell_type !== "code" || cell.execution_count !== null));
    assert.equal(results(ran).length, 1);
  });
});
