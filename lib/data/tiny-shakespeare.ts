import { findData, missingData, readRows } from "./data-folder.js";
import type { DataSet } from "./data-set.js";
import { whole } from "./packed-set.js";
import { dataSets } from "./sets.js";

/**
 * A million characters of Shakespeare's plays, to learn the language of, one character after the other.
 *
 * @returns one text in each part: of 1,115,394 characters the last 10 % are test, the 5 % before them dev
 * @throws one sentence, when the data set is nowhere or its file is damaged
 * @see Karpathy 2015, The unreasonable effectiveness of recurrent neural networks; public domain
 *
 * @example
 * if (hasData("tiny-shakespeare")) console.log(tinyShakespeare().train[0]!.slice(0, 14)); // First Citizen:
 */
export function tinyShakespeare(): DataSet<string> {
  const facts = dataSets["tiny-shakespeare"];
  const place = findData(facts.name);
  if (!place) throw missingData(facts);
  // its characters are all ASCII: as many characters as bytes
  const text = readRows(facts, place, "tinyshakespeare.txt.gz", (content) => content);
  const [dev, test] = [Math.floor(text.length * 0.85), Math.floor(text.length * 0.9)];
  const parts = { train: [text.slice(0, dev)], dev: [text.slice(dev, test)], test: [text.slice(test)] };
  return whole(facts, parts, { counts: [dev, test - dev, text.length - test] });
}
