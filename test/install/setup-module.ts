import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../support/project.js";

/** Loads a file of the set-up, which is plain JavaScript and no part of the build. */
export async function setupModule<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(projectFolder, "kernel", "install", "setup", name)).href) as Promise<T>;
}

/** A folder for each test of the suite that calls this; it is gone after the test. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: "" };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), "unroll-setup-"));
  });
  afterEach(() => rmSync(folder.path, { recursive: true }));
  return folder;
}
