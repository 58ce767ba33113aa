import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** The folder with the project's package.json. */
export const projectFolder = resolve(import.meta.dirname, "..", "..", "..");

/** A set-up that cannot go on: the message is one sentence for the user, `output` what the failed program printed. */
export class SetupError extends Error {
  name = "SetupError";

  /**
   * @param {string} message
   * @param {{ output?: string }} [options]
   */
  constructor(message, { output = "" } = {}) {
    super(message);
    this.output = output;
  }
}

/** @param {string[]} parts */
export function hash(...parts) {
  const sha = createHash("sha256");
  for (const part of parts) sha.update(`${part.length}:${part}`);
  return sha.digest("hex");
}

/** @param {string} file */
export function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * A stamp says what a step was finished for. It is written last and in one piece, so a step that was cut short has none.
 *
 * @param {string} file
 * @param {string} text
 */
export function writeStamp(file, text) {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}
