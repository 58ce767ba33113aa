/** The kernelspec: how Jupyter finds the kernel, names it and starts it. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

/** How a kernel is called where it is installed. */
export interface KernelNames {
  /** By which notebooks and programs know it. */
  name?: string;
  /** What people read. */
  displayName?: string;
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

export function kernelspec({ displayName = "TypeScript (Unroll)" }: KernelNames = {}): Kernelspec {
  return {
    argv: kernelArguments("{connection_file}"),
    display_name: displayName,
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
 * @throws Error when the name is none, or that of another kernel which is installed there
 */
export function writeKernelspec(jupyterFolder: string, names: KernelNames = {}): string {
  const folder = kernelspecFolder(jupyterFolder, names.name);
  refuseForeign(folder);
  const unfinished = `${folder}.${process.pid}.tmp`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(join(projectFolder, "kernel", "install", "logo"), unfinished, { recursive: true });
  writeFileSync(join(unfinished, "kernel.json"), `${JSON.stringify(kernelspec(names), null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return folder;
}

/**
 * @returns the folder that was there
 * @throws Error when another kernel has this name
 */
export function removeKernelspec(jupyterFolder: string, name = KERNEL_NAME): string | undefined {
  const folder = kernelspecFolder(jupyterFolder, name);
  if (!existsSync(folder)) return undefined;
  refuseForeign(folder);
  rmSync(folder, { recursive: true });
  return folder;
}

/** @throws Error when the name is not made of the letters that Jupyter allows */
export function kernelspecFolder(jupyterFolder: string, name = KERNEL_NAME): string {
  // jupyter_client.kernelspec, _kernel_name_pat; a name of dots alone would lead out of the folder
  if (!/^[a-z0-9._-]+$/i.test(name) || /^\.+$/.test(name))
    throw new Error(`A kernel's name is made of letters, digits, ".", "_" and "-", and "${name}" is not.`);
  return join(jupyterFolder, "kernels", name);
}

/** The names under which our kernel is installed in this folder. */
export function installedKernels(jupyterFolder: string): string[] {
  const kernels = join(jupyterFolder, "kernels");
  if (!existsSync(kernels)) return [];
  return readdirSync(kernels).filter((name) => isOurs(readKernelspec(join(kernels, name))));
}

/** @returns undefined where there is none that can be read */
export function readKernelspec(folder: string): Partial<Kernelspec> | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/** Of this project, or of another copy of it. */
function isOurs(spec: Partial<Kernelspec> | undefined): boolean {
  return (
    spec !== undefined &&
    Array.isArray(spec.argv) &&
    spec.argv.some((part) => /[/\\]kernel[/\\]dist[/\\]main\.js$/.test(part))
  );
}

function refuseForeign(folder: string): void {
  const spec = readKernelspec(folder);
  if (spec && !isOurs(spec))
    throw new Error(`${folder} holds another kernel, "${spec.display_name}": choose another name with --name.`);
}
