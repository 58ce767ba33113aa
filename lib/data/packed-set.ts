import type { BuiltIn } from "./built-in/built-in.js";
import { type Fail, findData, missingData, readRows } from "./data-folder.js";
import { type DataSet, dataSet, type Parts } from "./data-set.js";
import { type DataSetFacts, type DataSetName, dataSets } from "./sets.js";

/** Makes rows of the text of a file. */
export type RowReader<T> = (text: string, fail: Fail) => T[];

/**
 * A data set of the pack: from the folder that UNROLL_DATA names, else from the course's cache, else the small built-in
 * one where there is one.
 *
 * @param rows makes rows of a file's text
 * @param builtIn what stands in where the data set is not installed
 * @throws one sentence, when it is nowhere or a file of it is damaged
 */
export function packedSet<T>(name: DataSetName, rows: RowReader<T>, builtIn?: BuiltIn): DataSet<T> {
  const facts: DataSetFacts = dataSets[name];
  const place = findData(name);
  if (place) {
    const [train, dev, test] = Object.keys(facts.files).map((file) => readRows(facts, place, file, rows));
    return whole(facts, { train: train!, dev: dev!, test: test! });
  }
  if (!builtIn) throw missingData(facts);
  const part = (which: keyof BuiltIn) =>
    rows(builtIn[which], (expected, found) => {
      throw new Error(`the built-in set for ${name}, ${which}: expected ${expected}, found ${found}`);
    });
  return dataSet(
    { ...facts, licence: "Apache-2.0", credit: "the authors of this course" },
    { train: part("train"), dev: part("dev"), test: part("test") },
    {
      origin: `a small set written for this course; npx unroll data get ${name} fetches the one it stands in for`,
      isWhole: false,
    },
  );
}

/** A data set of the pack whose parts have been read. */
export function whole<T>(
  facts: DataSetFacts,
  parts: Parts<T>,
  { counts, note = "" }: { counts?: readonly [number, number, number]; note?: string } = {},
): DataSet<T> {
  const origin =
    findData(facts.name)!.kind === "the cache" ? "this machine's cache" : "the folder that UNROLL_DATA names";
  return dataSet(facts, parts, {
    origin: `${origin}${note && `; ${note}`}`,
    isWhole: true,
    ...(counts && { counts }),
  });
}
