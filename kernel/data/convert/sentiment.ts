import { cut, linesOf, type Originals, textOf } from "../originals.js";
import { PythonRandom } from "../python-random.js";
import { unzipped } from "../zip.js";

/** Which file holds which sentences, in the order in which they were put together before they were shuffled. */
const files = [
  ["positive", "sentence_polarity.zip", "rt-polarity.pos"],
  ["neutral", "subjectivity.zip", "plot.tok.gt9.5000"],
  ["negative", "sentence_polarity.zip", "rt-polarity.neg"],
] as const;

/** Sentence polarity 1.0 and the plot sentences of subjectivity 1.0: a sentence a line. */
export function convertSentiment(originals: Originals): Record<string, string> {
  const rows = files.flatMap(([label, archive, file]) =>
    linesOf(textOf(unzipped(originals.bytes(archive), file))).map((line) => `${label}\t${line.trim()}`),
  );
  new PythonRandom(7).shuffle(rows);
  return cut(rows, { stem: "movie3", test: 1500, dev: 1500 });
}
