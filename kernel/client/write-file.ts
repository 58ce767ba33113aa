import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes the whole file or nothing: what was there stays until the new text is on the disk.
 *
 * @param text makes the text; where it throws, the file stays as well
 */
export function writeWhole(file: string, text: () => string): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    writeFileSync(temporary, text());
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Error(`${file} cannot be written: ${(error as Error).message}.`);
  }
}
