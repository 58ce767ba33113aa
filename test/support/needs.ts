/** What some tests need from the machine. Where it is missing they are skipped and the reason is told; in CI they fail. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { projectFolder } from "./project.js";

/** Reasons for which tests were skipped, in the order in which they came up; the reporter prints them. */
export const skipReasons = new Set<string>();

const venv = join(projectFolder, ".venv");
export const venvPython =
  process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

/** To be called in a `before` hook. */
export function needsJupyter(context: Context): void {
  if (existsSync(join(venv, "unroll-kernel-stamp"))) return;
  skip(context, process.env.UNROLL_NO_JUPYTER ?? "There is no .venv with JupyterLab; npm test makes it.");
}

/**
 * To be called in a `before` hook.
 *
 * @returns the browser's program
 */
export function needsBrowser(context: Context): string {
  const browser = findBrowser();
  return (
    browser ?? skip(context, "There is no Chromium: install it (on Debian the package chromium), or set CHROME_PATH.")
  );
}

function findBrowser(): string | undefined {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // Not under this name.
    }
  }
  return undefined;
}

function skip(context: Context, reason: string): never {
  if (process.env.CI) throw new Error(`In CI no test is skipped. ${reason}`);
  skipReasons.add(reason);
  return context.skip();
}
