import { existsSync, rmSync } from "node:fs";
import { installedKernels, type KernelNames, removeKernelspec, writeKernelspec } from "./kernelspec.js";
import { plotExtensionFolder, writePlotExtension } from "./plot-extension.js";

/** Installs the kernel and the plot extension; returns the folders that were written. */
export function installInto(jupyterFolder: string, names: KernelNames = {}): string[] {
  return [writeKernelspec(jupyterFolder, names), writePlotExtension(jupyterFolder)];
}

/**
 * Takes away what `installInto` wrote; returns the folders that were there. The plot extension stays while the kernel is
 * installed there under another name.
 */
export function uninstallFrom(jupyterFolder: string, { name }: KernelNames = {}): string[] {
  const kernel = removeKernelspec(jupyterFolder, name);
  const removed = kernel === undefined ? [] : [kernel];
  const extension = plotExtensionFolder(jupyterFolder);
  if (installedKernels(jupyterFolder).length === 0 && existsSync(extension)) {
    rmSync(extension, { recursive: true });
    removed.push(extension);
  }
  return removed;
}
