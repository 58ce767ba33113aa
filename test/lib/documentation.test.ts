import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectFolder } from "../support/project.js";

describe("the library's documentation", () => {
  it("is made from the docstrings without a warning", () => {
    const typedoc = join(projectFolder, "node_modules", "typedoc", "bin", "typedoc");
    const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, "--emit", "none"], {
      cwd: projectFolder,
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
  }).timeout(120_000);
});
