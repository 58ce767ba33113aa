import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { cacheFolder } from "../files/cache-folder.js";
import { type DataSetFacts, type DataSetName, dataSets } from "./sets.js";

/** Where a data set lies. */
export interface Place {
  readonly folder: string;
  /** Of which kind the place is: a folder that the user names, or the course's cache. */
  readonly kind: "UNROLL_DATA" | "the cache";
}

/** The folder into which `npx unroll data get` puts data sets. */
export function dataCache(): string {
  return join(cacheFolder(), "data");
}

/** Where a data set is looked for, in this order. */
function places(name: string): Place[] {
  const { UNROLL_DATA } = process.env;
  const cached: Place = { folder: join(dataCache(), name), kind: "the cache" };
  return UNROLL_DATA ? [{ folder: resolve(UNROLL_DATA, name), kind: "UNROLL_DATA" }, cached] : [cached];
}

/** The first place that has a folder of this data set. */
export function findData(name: string): Place | undefined {
  return places(name).find(({ folder }) => existsSync(folder));
}

/**
 * Whether a data set of the pack is on this machine: in the folder that UNROLL_DATA names, or in the course's cache.
 *
 * @param name the name of its folder, as `npx unroll data` lists it
 * @throws when there is no data set of this name
 *
 * @example
 * console.log(hasData("sentiment") ? sentiment().describe() : "npx unroll data get sentiment");
 */
export function hasData(name: DataSetName): boolean {
  if (!Object.hasOwn(dataSets, name)) {
    throw new RangeError(
      `hasData: there is no data set ${JSON.stringify(name)}, there are ${Object.keys(dataSets).join(", ")}`,
    );
  }
  return findData(name) !== undefined;
}

/** One sentence for a data set that is nowhere. */
export function missingData({ name }: DataSetFacts): Error {
  const [first, second] = places(name);
  const where = second
    ? `${first!.folder} (UNROLL_DATA) or in ${second.folder} (the cache), found neither`
    : `${first!.folder} (the cache; UNROLL_DATA names no other folder), found none`;
  return new Error(`${name}: expected the data set in ${where}; run npx unroll data get ${name}`);
}

/** What helps when a file is not what it should be. */
function remedy(name: string, { kind }: Place): string {
  return kind === "the cache"
    ? `run npx unroll data get ${name} again`
    : "copy the data set into that folder again, or name no folder by UNROLL_DATA";
}

/** What says of a file that it is not what was expected. */
export type Fail = (expected: string, found: string) => never;

/**
 * The text of a file of a data set, unpacked.
 *
 * @param rows makes rows of the text; may call `fail`
 * @returns the rows, which are as many as is known of the file
 * @throws one sentence that names the file, what was expected and what was found
 */
export function readRows<R extends { readonly length: number }>(
  facts: DataSetFacts,
  place: Place,
  file: string,
  rows: (text: string, fail: Fail) => R,
): R {
  const path = join(place.folder, file);
  const fail: Fail = (expected, found) => {
    throw new Error(`${path}: expected ${expected}, found ${found}; ${remedy(facts.name, place)}`);
  };
  const read = rows(unpacked(bytesOf(path, fail), fail), fail);
  const expected = facts.files[file]!;
  if (read.length !== expected) fail(`${expected} ${facts.unit}`, `${read.length}`);
  return read;
}

function bytesOf(path: string, fail: Fail): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as { code?: string };
    return fail("a file packed by gzip", code === "ENOENT" ? "no file" : `one that cannot be read (${code})`);
  }
}

function unpacked(bytes: Uint8Array, fail: Fail): string {
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch {
    return fail("a file packed by gzip", `${bytes.length} bytes that are none, or not all of it`);
  }
}
