import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { storedRun } from "unroll";
import { projectFolder } from "#kernel/install/project-folder.js";
import { longRunScripts } from "#kernel/lessons/long-runs.js";

const notebooks = join(projectFolder, "notebooks");
const folder = join(notebooks, "long-runs");
const scripts = longRunScripts(notebooks);

describe("the longer runs of the lessons", () => {
  for (const { name, result } of scripts) {
    it(`${name}: the script runs in quick mode and stores nothing`, function () {
      this.timeout(120_000); // seconds are meant, on a machine that has nothing else to do
      const before = existsSync(result) && statSync(result).mtimeMs;
      const command = [join(projectFolder, "kernel", "bin", "unroll.mjs"), "lessons", name, "--full"];
      const { status, stdout, stderr } = spawnSync(process.execPath, command, {
        env: { ...process.env, UNROLL_QUICK: "1" },
        encoding: "utf8",
      });
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, new RegExp(`^${name}: .+ \\(expected .+ … .+\\)$`, "m"));
      assert.equal(existsSync(result) && statSync(result).mtimeMs, before);
    });

    it(`${name}: what is stored is in its range`, () => {
      const stored = storedRun(name, { folder });
      if (!stored) return;
      const [low, high] = stored.expected;
      assert.ok(stored.value >= low && stored.value <= high, `${stored.value} is not in ${low} … ${high}`);
      assert.equal(stored.command, `npm run lessons -- ${name} --full`);
    });
  }

  it("have a script for each stored result", () => {
    const stored = existsSync(folder) ? readdirSync(folder).filter((file) => /^\d\d-[^.]+\.json$/.test(file)) : [];
    const missing = stored.filter((file) => !existsSync(join(folder, file.replace(/json$/, "ts"))));
    assert.deepEqual(missing, []);
  });

  it("store weights of 3 MB at most", () => {
    const files = existsSync(folder)
      ? readdirSync(folder).filter((file) => /^\d\d-[^.]+\.safetensors$/.test(file))
      : [];
    assert.deepEqual(
      files.filter((file) => statSync(join(folder, file)).size > 3e6),
      [],
    );
  });
});
