import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../support/project.js";
import { temporaryFolder } from "./setup-module.js";

describe("a machine without Python", () => {
  const folder = temporaryFolder();

  /** The project as it is here, built, and without the Python environment. */
  beforeEach(() => {
    for (const part of ["lib", "kernel", "package.json", "package-lock.json", "tsconfig.json"]) {
      cpSync(join(projectFolder, part), join(folder.path, part), { recursive: true, preserveTimestamps: true });
    }
    symlinkSync(join(projectFolder, "node_modules"), join(folder.path, "node_modules"));
  });

  const unroll = (...command: string[]) =>
    spawnSync(process.execPath, [join(folder.path, "kernel", "bin", "unroll.mjs"), ...command], {
      env: { ...process.env, UNROLL_PYTHON: join(folder.path, "no-python"), PATH: "" },
      encoding: "utf8",
    });

  it("is told what is missing, and how notebooks run without it", () => {
    const { status, stdout, stderr } = unroll("start");
    assert.equal(status, 1);
    assert.equal(stdout, "");
    const told =
      `UNROLL_PYTHON names ${join(folder.path, "no-python")}, which does not run as a Python 3 interpreter. ` +
      "Without Python, notebooks run with npx unroll run notebooks/00-meet-a-recurrent-network.ipynb.\n";
    // Before it there may be the progress of a build: a copy's times are not those of the original.
    assert.ok(stderr.endsWith(told), stderr);
  });

  it("has every command that needs none", () => {
    assert.equal(unroll("run", "--help").status, 0);
    assert.equal(unroll("start", "--help").status, 0);
  });
});
