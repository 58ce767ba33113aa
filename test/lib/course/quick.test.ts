import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

describe("quick", () => {
  it("is true only where the environment asks for short lessons", () => {
    const root = new URL("../../../..", import.meta.url);
    const quick = (env: Record<string, string>) => {
      const script = 'import { quick } from "unroll/course/quick.js"; console.log(quick)';
      const options = { cwd: root, encoding: "utf8", env: { ...process.env, UNROLL_QUICK: "", ...env } } as const;
      return execFileSync(process.execPath, ["--input-type=module", "-e", script], options).trim();
    };
    const asked = [quick({ UNROLL_QUICK: "1" }), quick({ NBGRADER_EXECUTION: "autograde" }), quick({})];
    assert.deepEqual(asked, ["true", "true", "false"]);
  });
});
