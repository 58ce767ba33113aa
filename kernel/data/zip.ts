import { unzipSync } from "fflate";

/**
 * A file out of a zip archive.
 *
 * @param name its name, in whatever folder of the archive it is
 * @throws Error when the archive has no such file, or is none
 */
export function unzipped(archive: Uint8Array, name: string): Uint8Array {
  const isIt = (path: string) => path === name || path.endsWith(`/${name}`);
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(archive, { filter: (file) => isIt(file.name) });
  } catch (error) {
    throw new Error(`expected a zip archive with ${name}, found ${archive.length} bytes: ${(error as Error).message}`);
  }
  const found = Object.values(files)[0];
  if (!found) throw new Error(`expected ${name} in the zip archive, found none`);
  return found;
}
