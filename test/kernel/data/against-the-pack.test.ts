import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { type DataSetName, dataSets, hasData } from "unroll";
import { findData } from "unroll/data/data-folder.js";
import { gitBlobSha1 } from "#kernel/data/blob.js";
import { digestsOf } from "#kernel/data/installed.js";
import { PythonRandom } from "#kernel/data/python-random.js";
import { sources } from "#kernel/data/sources.js";

/** The files of a data set where it lies, by their names without `.gz`. */
function filesOf(name: DataSetName): Record<string, string> {
  const { folder } = findData(name)!;
  return Object.fromEntries(
    Object.keys(dataSets[name].files).map((file) => [
      file.replace(/\.gz$/, ""),
      gunzipSync(readFileSync(join(folder, file))).toString("utf8"),
    ]),
  );
}

/** The rows of test, dev and train in the order that they had before they were shuffled. */
function unshuffled(name: DataSetName, seed: number): string[] {
  const [train, dev, test] = Object.values(filesOf(name)).map((text) => text.trimEnd().split("\n"));
  const rows = [...test!, ...dev!, ...train!];
  const places = rows.map((_, i) => i);
  new PythonRandom(seed).shuffle(places);
  const before = new Array<string>(rows.length);
  places.forEach((place, i) => {
    before[place] = rows[i]!;
  });
  return before;
}

/** What becomes of original files that are rebuilt from the data set. */
function convertedAgain(name: DataSetName, originals: Readonly<Record<string, string | Uint8Array>>) {
  const bytes = (file: string) => {
    const content = originals[file]!;
    return typeof content === "string" ? strToU8(content) : content;
  };
  return digestsOf(dataSets[name], sources[name].convert({ bytes, folder: () => new Map() }));
}

// defined where the data is: a user who has none of it has nothing to test
if (process.env.UNROLL_DATA) {
  describe("the data sets that this course was written with", () => {
    for (const name of Object.keys(dataSets) as DataSetName[]) {
      if (!hasData(name)) continue;
      it(`${name} has the digests that are known of it`, () => {
        assert.deepEqual(digestsOf(dataSets[name], filesOf(name)), sources[name].digests);
      });
    }

    if (hasData("sentiment")) {
      it("sentiment comes out of three lists of sentences", () => {
        const rows = unshuffled("sentiment", 7);
        const labels = rows.map((row) => row.split("\t")[0]!);
        assert.equal(labels.filter((label, i) => label !== labels[i - 1]).length, 3); // one stretch for each label
        const list = (label: string) =>
          strToU8(rows.flatMap((row) => (row.startsWith(label) ? [`${row.slice(label.length + 1)} \n`] : [])).join(""));
        const digests = convertedAgain("sentiment", {
          "sentence_polarity.zip": zipSync({
            "rt-polarity.pos": list("positive"),
            "rt-polarity.neg": list("negative"),
          }),
          "subjectivity.zip": zipSync({ "plot.tok.gt9.5000": list("neutral") }),
        });
        assert.deepEqual(digests, sources.sentiment.digests);
      });
    }

    if (hasData("sms-spam")) {
      it("sms-spam comes out of the collection, which begins as it is known to", () => {
        const rows = unshuffled("sms-spam", 11);
        assert.match(rows[0]!, /^ham\tGo until jurong point, crazy\.\./);
        const archive = zipSync({ SMSSpamCollection: strToU8([...rows, rows[7], ""].join("\n")) }); // one stands twice
        assert.deepEqual(
          convertedAgain("sms-spam", { "sms+spam+collection.zip": archive }),
          sources["sms-spam"].digests,
        );
      });
    }

    if (hasData("scitldr")) {
      it("scitldr comes out of its JSON lines", () => {
        const original = (text: string) =>
          text.split("\n").map((line) => {
            const { id, src, labels, tldr } = JSON.parse(line);
            return JSON.stringify({ source: src, source_labels: labels, rouge_scores: [], paper_id: id, target: tldr });
          });
        const files = Object.entries(filesOf("scitldr")).map(([file, text]) => [
          file.replace("scitldr-", ""),
          `${original(text).join("\n")}\n`,
        ]);
        assert.deepEqual(convertedAgain("scitldr", Object.fromEntries(files)), sources.scitldr.digests);
      });
    }

    if (hasData("snips")) {
      it("snips comes out of its pieces", () => {
        const originals: Record<string, string> = {};
        for (const [file, text] of Object.entries(filesOf("snips"))) {
          const intents = new Map<string, { data: object[] }[]>();
          for (const block of text.trimEnd().split("\n\n")) {
            const [head, ...lines] = block.split("\n");
            const intent = head!.slice(2);
            intents.set(intent, [...(intents.get(intent) ?? []), { data: pieces(lines) }]);
          }
          for (const [intent, utterances] of intents) {
            const name = file === "snips-train.conll" ? `train_${intent}_full.json` : `validate_${intent}.json`;
            originals[name] = JSON.stringify({ [intent]: utterances });
          }
        }
        assert.deepEqual(convertedAgain("snips", originals), sources.snips.digests);
      });
    }

    if (hasData("tiny-shakespeare")) {
      it("tiny-shakespeare is the file that git knows", () => {
        const [file] = sources["tiny-shakespeare"].files;
        const text = filesOf("tiny-shakespeare")["tinyshakespeare.txt"]!;
        assert.deepEqual([text.length, gitBlobSha1(strToU8(text))], [file!.bytes, file!.gitBlobSha1]);
      });
    }
  });
}

/** Pieces of an utterance from its words and BIO tags. */
function pieces(lines: readonly string[]): object[] {
  const found: { text: string; entity?: string }[] = [];
  for (const [word, tag] of lines.map((line) => line.split("\t") as [string, string])) {
    const entity = tag === "O" ? undefined : tag.slice(2);
    const last = found.at(-1);
    if (last && !tag.startsWith("B-") && last.entity === entity) last.text += ` ${word}`;
    else found.push({ text: word, ...(entity !== undefined && { entity }) });
  }
  return found;
}
