import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha, { type MochaOptions, type Runner } from "mocha";
import { skipReasons } from "./needs.js";
import { projectFolder } from "./project.js";

export interface TestResult {
  passed: number;
  failed: number;
  skipped: number;
}

/** Mocha's own list, then why tests were skipped; and the numbers in `test/dist/result.json`. */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const result: TestResult = { passed: passes, failed: failures, skipped: pending };
      const folder = join(projectFolder, "test", "dist");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "result.json"), `${JSON.stringify(result)}\n`);
      for (const reason of skipReasons) console.log(`Skipped: ${reason}`);
    });
  }
}
