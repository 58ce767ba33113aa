import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Files of a data set by their names: text that is packed, or bytes as they are. */
export type DataFiles = Readonly<Record<string, string | Uint8Array>>;

/**
 * Calls with UNROLL_DATA and the cache in fresh folders that hold nothing but what is given.
 *
 * @param sets files by the data set's name, for UNROLL_DATA and for the cache; undefined sets no UNROLL_DATA
 */
export function withData<R>(
  { data, cache = {} }: { data?: Readonly<Record<string, DataFiles>>; cache?: Readonly<Record<string, DataFiles>> },
  call: (folders: { data: string; cache: string }) => R,
): R {
  const root = mkdtempSync(join(tmpdir(), "unroll-data-"));
  const folders = { data: join(root, "pack"), cache: join(root, "cache", "data") };
  const { UNROLL_DATA, UNROLL_CACHE } = process.env;
  fill(folders.data, data ?? {});
  fill(folders.cache, cache);
  if (data) process.env.UNROLL_DATA = folders.data;
  else delete process.env.UNROLL_DATA;
  process.env.UNROLL_CACHE = join(root, "cache");
  try {
    return call(folders);
  } finally {
    restore("UNROLL_DATA", UNROLL_DATA);
    restore("UNROLL_CACHE", UNROLL_CACHE);
    rmSync(root, { recursive: true });
  }
}

function fill(folder: string, sets: Readonly<Record<string, DataFiles>>): void {
  for (const [name, files] of Object.entries(sets)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(join(folder, name, file), typeof content === "string" ? gzipSync(content) : content);
    }
  }
}

function restore(variable: string, value: string | undefined): void {
  if (value === undefined) delete process.env[variable];
  else process.env[variable] = value;
}
