import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { projectFolder } from "../install/project-folder.js";

export function addTest(program: Command): void {
  program
    .command("test")
    .summary("build, type-check, lint and test everything")
    .description(
      "Builds and type-checks everything, lints it, and runs the test suite. Tests that need JupyterLab or a browser are " +
        "skipped where there is none, with the reason; where the variable CI is set they fail.",
    )
    .argument("[mocha-options...]", "options for mocha, such as --grep LSTM")
    .allowUnknownOption()
    .action((mochaOptions: string[]) => {
      process.exitCode = test(mochaOptions);
    });
}

/** @returns the exit code: that of the first step that fails */
function test(mochaOptions: string[]): number {
  removeOrphans(join(projectFolder, "test"));
  return (
    step("Building and type-checking", ["typescript", "bin", "tsc"], ["-b"]) ||
    step("Linting", ["@biomejs", "biome", "bin", "biome"], ["check", "--error-on-warnings"]) ||
    step("Testing", ["mocha", "bin", "mocha.js"], [...reporter(mochaOptions), ...mochaOptions])
  );
}

function step(title: string, program: string[], programArguments: string[]): number {
  console.log(`${title} …`);
  const script = join(projectFolder, "node_modules", ...program);
  const { status } = spawnSync(process.execPath, [script, ...programArguments], {
    cwd: projectFolder,
    stdio: "inherit",
  });
  return status ?? 1;
}

/** The reporter that also tells why tests were skipped, and leaves the result in a file. */
function reporter(mochaOptions: string[]): string[] {
  const chosen = mochaOptions.some((option) => /^(-R|--reporter$|--reporter=)/.test(option));
  return chosen ? [] : ["--reporter", join("test", "dist", "support", "reporter.js")];
}

/** Removes what was built from tests that have since been renamed or deleted: mocha would run it still. */
function removeOrphans(folder: string): void {
  const built = join(folder, "dist");
  if (!existsSync(built)) return;
  for (const name of readdirSync(built, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".test.js")) continue;
    if (!existsSync(join(folder, name.replace(/\.js$/, ".ts")))) rmSync(join(built, name));
  }
}
