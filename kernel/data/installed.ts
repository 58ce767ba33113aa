import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { DataSetFacts } from "unroll/data/sets.js";

/** How many rows a file's text has. */
function rowsOf({ row }: DataSetFacts, text: string): number {
  if (row === "character") return text.length;
  if (row === "block") return text.split(/\n{2,}/).filter((block) => block.trim()).length;
  const lines = text.split("\n").filter(Boolean);
  return row === "under a heading" ? lines.filter((line) => !line.startsWith("# ")).length : lines.length;
}

/**
 * What is wrong with the files of a data set, the end of a sentence; undefined where they are as many and as long as they
 * should be.
 *
 * @param text of a file, by its name without `.gz`
 */
function wrongRows(facts: DataSetFacts, text: (file: string) => string | undefined): string | undefined {
  for (const [packed, rows] of Object.entries(facts.files)) {
    const file = packed.replace(/\.gz$/, "");
    const content = text(file);
    if (content === undefined) return `expected ${file}, found none`;
    const found = rowsOf(facts, content);
    if (found !== rows) return `expected ${rows} ${facts.unit} in ${file}, found ${found}`;
  }
  return undefined;
}

/** What a data set's folder holds, text by the name of the file without `.gz`; undefined where that is not all of it. */
export function installedFiles(facts: DataSetFacts, folder: string): Readonly<Record<string, string>> | undefined {
  try {
    const files = Object.fromEntries(
      Object.keys(facts.files).map((packed) => [
        packed.replace(/\.gz$/, ""),
        gunzipSync(readFileSync(join(folder, packed))).toString("utf8"),
      ]),
    );
    return wrongRows(facts, (file) => files[file]) === undefined ? files : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts a data set into its folder: all of it or nothing, and what was there before stays until then.
 *
 * @param files text by the name of the file without `.gz`
 * @throws Error when they have not the rows that they should have
 */
export function install(facts: DataSetFacts, folder: string, files: Readonly<Record<string, string>>): void {
  const wrong = wrongRows(facts, (file) => files[file]);
  if (wrong !== undefined) throw new Error(`${wrong}: the original files are not those that this course knows`);
  const beside = (what: string) => join(dirname(folder), `.${facts.name}.${randomBytes(4).toString("hex")}.${what}`);
  const [fresh, old] = [beside("tmp"), beside("old")];
  try {
    mkdirSync(fresh, { recursive: true });
    for (const [file, text] of Object.entries(files))
      writeFileSync(join(fresh, `${file}.gz`), gzipSync(text, { level: 9 }));
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** The first 16 digits of each file's SHA-256, in the order of the facts. */
export function digestsOf(facts: DataSetFacts, files: Readonly<Record<string, string>>): string[] {
  return Object.keys(facts.files).map((packed) =>
    createHash("sha256")
      .update(files[packed.replace(/\.gz$/, "")] ?? "")
      .digest("hex")
      .slice(0, 16),
  );
}
