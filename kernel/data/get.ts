import { join } from "node:path";
import { dataCache, findData } from "unroll/data/data-folder.js";
import { type DataSetName, dataSets } from "unroll/data/sets.js";
import { fetchOriginals, type GatherOptions, takeOriginals } from "./gather.js";
import { digestsOf, install, installedFiles } from "./installed.js";
import { sources } from "./sources.js";

export interface GetOptions extends Omit<GatherOptions, "downloads"> {
  /** A folder with the original files, which are then not fetched. */
  readonly from?: string;
}

export interface Got {
  readonly folder: string;
  /** Whether it was there already. */
  readonly isOld: boolean;
  /** Whether it is, byte for byte, what this course was written with. */
  readonly isSame: boolean;
}

/** Where files lie until the sets are made of them. */
export const downloadsFolder = () => join(dataCache(), ".downloads");

/**
 * Brings a data set into the cache, in the form in which the library reads it.
 *
 * @throws Error, a sentence without the name of the set in front
 */
export async function getSet(name: DataSetName, { from, ...options }: GetOptions): Promise<Got> {
  const [facts, source] = [dataSets[name], sources[name]];
  const found = findData(name);
  const isSame = (files: Readonly<Record<string, string>>) => {
    const digests = digestsOf(facts, files);
    return source.digests.every((digest, i) => digest === digests[i]);
  };
  const there = found && installedFiles(facts, found.folder);
  if (there) return { folder: found.folder, isOld: true, isSame: isSame(there) };
  if (found?.kind === "UNROLL_DATA") {
    throw new Error(
      `${found.folder} is not whole, and would be read first: remove it, or name no folder by UNROLL_DATA`,
    );
  }
  const originals =
    from === undefined
      ? await fetchOriginals(source, { ...options, downloads: downloadsFolder() })
      : takeOriginals(source, from);
  const files = source.convert(originals);
  const folder = join(dataCache(), name);
  install(facts, folder, files);
  return { folder, isOld: false, isSame: isSame(files) };
}
