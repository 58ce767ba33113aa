/** The prebuilt JupyterLab extension that draws Plotly figures: files that are copied, and nothing is compiled. */
import { createHash } from "node:crypto";
import {
  constants,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { projectFolder } from "./project-folder.js";

const source = join(projectFolder, "kernel", "install", "labextension");
const plotly = dirname(createRequire(import.meta.url).resolve("plotly.js-dist/package.json"));

/**
 * Writes the extension with its copy of plotly.js, whole or not at all.
 *
 * @param jupyterFolder a folder that Jupyter looks in, such as `<prefix>/share/jupyter`
 * @returns the extension's folder
 */
export function writePlotExtension(jupyterFolder: string): string {
  const folder = plotExtensionFolder(jupyterFolder);
  const unfinished = `${folder}.${process.pid}.tmp`;
  // Browsers keep these files for a year without asking again: changed files need another address.
  const version = join("static", contentHash());
  mkdirSync(join(unfinished, version), { recursive: true });
  cpSync(join(source, "static"), join(unfinished, version), { recursive: true });
  copyFileSync(join(plotly, "plotly.js"), join(unfinished, version, "plotly.js"), constants.COPYFILE_FICLONE);
  copyFileSync(join(plotly, "LICENSE"), join(unfinished, version, "plotly.LICENSE"));
  writeFileSync(join(unfinished, "package.json"), description(version));
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return folder;
}

/** Whether the extension that is installed there is the one that would be written. */
export function plotExtensionIsCurrent(jupyterFolder: string): boolean {
  try {
    const installed = readFileSync(join(plotExtensionFolder(jupyterFolder), "package.json"), "utf8");
    return installed === description(join("static", contentHash()));
  } catch {
    return false;
  }
}

export function plotExtensionFolder(jupyterFolder: string): string {
  return join(jupyterFolder, "labextensions", "@unroll", "plotly");
}

function contentHash(): string {
  const files = readdirSync(join(source, "static")).sort();
  const hash = createHash("sha256").update(readFileSync(join(plotly, "package.json")));
  for (const file of files) hash.update(readFileSync(join(source, "static", file)));
  return hash.digest("hex").slice(0, 16);
}

/** The extension's package.json, from which JupyterLab learns which script to load. */
function description(version: string): string {
  const content = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  content.jupyterlab._build.load = `${version.replaceAll("\\", "/")}/remoteEntry.js`;
  return `${JSON.stringify(content, null, 2)}\n`;
}
