/** The kernelspec: how Jupyter finds the kernel, names it and starts it. */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./project-folder.js";

export const KERNEL_NAME = "unroll";

export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  metadata: Record<string, unknown>;
}

/**
 * The command that starts the kernel.
 *
 * @param connectionFile path of the connection file, or Jupyter's `{connection_file}`
 */
export function kernelArguments(connectionFile: string): string[] {
  return [
    process.execPath,
    // An interrupt ends the cell from outside, which leaves the stack of async hooks unfinished; Node would abort on it.
    "--no-force-async-hooks-checks",
    join(projectFolder, "kernel", "dist", "main.js"),
    connectionFile,
  ];
}

export function kernelspec(): Kernelspec {
  return {
    argv: kernelArguments("{connection_file}"),
    display_name: "TypeScript (Unroll)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/**
 * Writes the kernelspec and its logos, whole or not at all.
 *
 * @param jupyterFolder a folder that Jupyter looks in, such as `<prefix>/share/jupyter`
 * @returns the kernelspec's folder
 */
export function writeKernelspec(jupyterFolder: string): string {
  const folder = kernelspecFolder(jupyterFolder);
  const unfinished = `${folder}.${process.pid}.tmp`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(join(projectFolder, "kernel", "install", "logo"), unfinished, { recursive: true });
  writeFileSync(join(unfinished, "kernel.json"), `${JSON.stringify(kernelspec(), null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return folder;
}

export function kernelspecFolder(jupyterFolder: string): string {
  return join(jupyterFolder, "kernels", KERNEL_NAME);
}
