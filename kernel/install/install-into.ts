import { existsSync, rmSync } from "node:fs";
import { kernelspecFolder, writeKernelspec } from "./kernelspec.js";
import { plotExtensionFolder, writePlotExtension } from "./plot-extension.js";

/** Installs the kernel and the plot extension; returns the folders that were written. */
export function installInto(jupyterFolder: string): string[] {
  return [writeKernelspec(jupyterFolder), writePlotExtension(jupyterFolder)];
}

/** Takes away what `installInto` wrote; returns the folders that were there. */
export function uninstallFrom(jupyterFolder: string): string[] {
  const folders = [kernelspecFolder(jupyterFolder), plotExtensionFolder(jupyterFolder)].filter((folder) =>
    existsSync(folder),
  );
  for (const folder of folders) rmSync(folder, { recursive: true });
  return folders;
}
