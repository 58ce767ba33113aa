/** What some tests need from the machine. Where it is missing they are skipped and the reason is told; in CI they fail. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { findChromium } from "#kernel/lessons/chromium.js";
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
  const browser = findChromium();
  return (
    browser ?? skip(context, "There is no Chromium: install it (on Debian the package chromium), or set CHROME_PATH.")
  );
}

/** To be called in a `before` hook. */
export function skip(context: Context, reason: string): never {
  if (process.env.CI) throw new Error(`In CI no test is skipped. ${reason}`);
  skipReasons.add(reason);
  return context.skip();
}
