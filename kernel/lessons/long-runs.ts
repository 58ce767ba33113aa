/** Trainings that take longer than a lesson may: scripts in `notebooks/long-runs`, whose results the lessons show. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A script, and what it left behind. */
export interface LongRunScript {
  /** "14-pixel-by-pixel" */
  readonly name: string;
  readonly source: string;
  /** Where its result is stored. */
  readonly result: string;
  /** Whether it was stopped before it had a result, and can go on. */
  readonly isUnfinished: boolean;
}

/**
 * The scripts of a folder of notebooks, in order.
 *
 * @param folder holds `long-runs/NN-name.ts`
 * @param wanted beginnings of names: ["14", "15-words"]; none means all
 * @throws when nothing begins with one of them
 */
export function longRunScripts(folder: string, wanted: readonly string[] = []): LongRunScript[] {
  const place = join(folder, "long-runs");
  const names = (existsSync(place) ? readdirSync(place) : [])
    .filter((file) => /^\d\d-[a-z0-9-]+\.ts$/.test(file))
    .map((file) => basename(file, ".ts"))
    .sort();
  for (const beginning of wanted) {
    if (!names.some((name) => name.startsWith(beginning)))
      throw new Error(`There is no longer run ${beginning}; there are ${names.join(", ") || "none"}.`);
  }
  return names
    .filter((name) => wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning)))
    .map((name) => ({
      name,
      source: join(place, `${name}.ts`),
      result: join(place, `${name}.json`),
      isUnfinished: existsSync(join(place, `${name}.unfinished.json`)),
    }));
}

/** Those that are left to do: where one was stopped, what already has its result is not made again. */
export function leftToDo(scripts: readonly LongRunScript[]): LongRunScript[] {
  if (!scripts.some(({ isUnfinished }) => isUnfinished)) return [...scripts];
  return scripts.filter(({ isUnfinished, result }) => isUnfinished || !existsSync(result));
}

/**
 * Runs a script in a process of its own, its words in this terminal. Whoever interrupts this process stops the script,
 * which keeps its checkpoint.
 *
 * @returns the exit code
 */
export async function runLongRun(folder: string, { name }: LongRunScript): Promise<number> {
  const file = join(compileScripts(folder), `${name}.js`);
  const main = join(import.meta.dirname, "long-run-main.js");
  const child = spawn(process.execPath, ["--enable-source-maps", main, file], { cwd: folder, stdio: "inherit" });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}

/** Compiles all scripts, since one may import what another file beside it exports; their types are the build's business. */
function compileScripts(folder: string): string {
  const out = join(folder, "dist", "long-runs");
  mkdirSync(out, { recursive: true });
  for (const file of readdirSync(join(folder, "long-runs")).filter((name) => name.endsWith(".ts"))) {
    const { outputText } = ts.transpileModule(readFileSync(join(folder, "long-runs", file), "utf8"), {
      fileName: join(folder, "long-runs", file),
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        inlineSourceMap: true,
        inlineSources: true,
      },
    });
    writeFileSync(join(out, file.replace(/\.ts$/, ".js")), outputText);
  }
  return out;
}
