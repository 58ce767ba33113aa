/** `unroll practical`: builds a practical's notebooks, its hidden tests and its specs from its source. */

import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { amount } from "unroll/course/measured.js";
import { readNotebook, writeNotebook } from "../client/notebook.js";
import { RunError, runNotebook } from "../client/run-notebook.js";
import { projectFolder } from "../install/project-folder.js";
import { results } from "../lessons/headline.js";
import { addPictures } from "../lessons/pictures.js";
import { buildPractical, type Practical, practical } from "../lessons/practical.js";
import { hiddenModule, mochaSpec } from "../lessons/specs.js";
import { CellProgress } from "./cell-progress.js";

const notebooks = join(projectFolder, "notebooks");

interface Flags {
  run: boolean;
  instructor?: string;
}

export function addPractical(program: Command): void {
  program
    .command("practical")
    .summary("build a practical from its source, and run its solution")
    .description(
      "Builds from notebooks/NAME/source/NAME.ts the students' notebook, the solution as it was run, the hidden tests " +
        "for the grader, and the mocha specs in test/exercises/NAME.",
    )
    .argument("[name]", "which practical", "practical-4")
    .option("--no-run", "run nothing: the solution keeps its outputs where none of its cells has changed")
    .option("--instructor <file>", "write nbgrader's source notebook there, with solutions and hidden tests")
    .action(build);
}

async function build(name: string, { run, instructor }: Flags): Promise<void> {
  const built = practical(notebooks, name);
  writeNotebook(built.notebook, buildPractical(built, "student"));
  if (instructor !== undefined) writeNotebook(instructor, buildPractical(built, "instructor"));
  await writeTests(built);
  if (run) await runSolution(built);
  else keepSolution(built);
}

/** The specs list the hidden tests by their titles, so their module comes first. */
async function writeTests(built: Practical): Promise<void> {
  const module = join(projectFolder, "kernel", "grade", built.name, "hidden.ts");
  writeSource(module, hiddenModule(built));
  tool("typescript/bin/tsc", "-b", "kernel");
  const compiled = join(projectFolder, "kernel", "dist", "grade", built.name, "hidden.js");
  const { hiddenTests } = (await import(pathToFileURL(compiled).href)) as {
    hiddenTests: Parameters<typeof mochaSpec>[2];
  };
  for (const kind of ["public", "hidden"] as const) {
    const spec = join(projectFolder, "test", "exercises", built.name, `${kind}.test.ts`);
    writeSource(spec, mochaSpec(built, kind, hiddenTests));
  }
}

/** Writes TypeScript in the project's form, without imports that nothing uses. */
function writeSource(file: string, text: string): void {
  writeFileSync(file, text);
  tool("@biomejs/biome/bin/biome", "check", "--write", "--unsafe", "--log-level=error", file);
}

function tool(path: string, ...parameters: string[]): void {
  const script = join(projectFolder, "node_modules", path);
  execFileSync(process.execPath, [script, ...parameters], {
    cwd: projectFolder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** What a solution has shown stays true as long as none of its cells has changed. */
function keepSolution({ solution, ...built }: Practical): void {
  if (!existsSync(solution)) return;
  const [old, fresh] = [readNotebook(solution), buildPractical({ solution, ...built }, "solution")];
  const isSame =
    old.cells.map(({ source }) => source).join("\0") === fresh.cells.map(({ source }) => source).join("\0");
  if (!isSame) {
    console.log("The solution has changed: run it, without --no-run.");
    return;
  }
  const cells = fresh.cells.map((cell, i) => ({ ...old.cells[i]!, id: cell.id, metadata: cell.metadata }));
  writeNotebook(solution, { ...old, metadata: { ...old.metadata, unroll: fresh.metadata.unroll }, cells });
}

async function runSolution(built: Practical): Promise<void> {
  const progress = new CellProgress(process.stderr);
  try {
    const notebook = await runNotebook(buildPractical(built, "solution"), {
      folder: join(notebooks, built.name),
      onCell: (cell, state) => progress.show(cell.source, state),
    });
    await addPictures(notebook);
    writeNotebook(built.solution, notebook);
    for (const headline of results(notebook)) console.log(`${headline.name}: ${amount(headline)}`);
  } catch (error) {
    progress.end();
    if (!(error instanceof RunError)) throw error;
    throw new Error(`${built.name}: ${error.message}\n${error.error?.traceback.join("\n") ?? ""}`);
  }
}
