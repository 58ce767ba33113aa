/** Which notebooks a run reads, and which files it writes. */
import { mkdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";

export interface Target {
  file: string;
  /** What the lines about this notebook begin with; empty where there is only one. */
  name: string;
  /** Where the notebook with its outputs goes. */
  notebook?: string;
  /** Where its page goes. */
  page?: string;
}

export interface Wanted {
  /** A file, or a folder: one that is there, or a path with "/" at its end. */
  out?: string;
  to?: "html";
}

/**
 * @throws Error when several notebooks would go to one file, or `out` does not fit
 */
export function targets(files: readonly string[], { out, to }: Wanted): Target[] {
  const folder = out !== undefined && isFolder(out) ? out : undefined;
  if (out !== undefined && folder === undefined && files.length > 1)
    throw new Error(
      `Of ${files.length} notebooks each needs a file of its own: expected --out to be a folder, got the file ${out}; write "${out}/" for a new folder.`,
    );
  const all = files.map((file): Target => {
    const notebook = folder === undefined ? out : join(folder, basename(file));
    const isPage = to !== undefined && out !== undefined && folder === undefined && extname(out) === ".html";
    return {
      file,
      name: nameOf(file, files),
      ...(notebook !== undefined && !isPage && { notebook }),
      ...(to !== undefined && { page: isPage ? out : `${withoutEnding(notebook ?? file)}.html` }),
    };
  });
  for (const kind of ["notebook", "page"] as const) refuseSameFile(all, kind);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  return all;
}

function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The name of the notebook, or its path where another one has the same name. */
function nameOf(file: string, files: readonly string[]): string {
  if (files.length === 1) return "";
  const isUnique = files.filter((other) => basename(other) === basename(file)).length === 1;
  return isUnique ? basename(withoutEnding(file)) : file;
}

function refuseSameFile(all: readonly Target[], kind: "notebook" | "page"): void {
  const sources = new Map<string, string>();
  for (const target of all) {
    const written = target[kind];
    if (written === undefined) continue;
    const other = sources.get(resolve(written));
    if (other !== undefined)
      throw new Error(
        `${other} and ${target.file} would both be written to ${join(dirname(written), basename(written))}: run them one after the other.`,
      );
    sources.set(resolve(written), target.file);
  }
}

function withoutEnding(file: string): string {
  return file.replace(/\.ipynb$/, "");
}
