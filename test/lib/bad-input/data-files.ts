import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  agreement,
  brown,
  cmudict,
  compressions,
  type DataSetName,
  dataSets,
  hasData,
  namedEntities,
  scientificSummaries,
  selfDialogue,
  semanticRoles,
  sentiment,
  smsSpam,
  snips,
  spamAssassin,
  tatoeba,
  tinyShakespeare,
  webTreebank,
} from "unroll";
import { withData } from "../../support/data-folders.js";
import type { Row, Table } from "./refuses.js";

/** What the reader of a data set refuses: a folder that lacks files, or has others in their place. */
function reader(name: DataSetName, read: () => unknown, good: string): Row[] {
  const [file] = Object.keys(dataSets[name].files);
  const from = (content?: string | Uint8Array) => () =>
    withData({ data: { [name]: content === undefined ? {} : { [file!]: content } } }, read);
  const expected = `${file!.replaceAll(".", "\\.")}: expected`;
  return [
    ["a folder without its files", from(), new RegExp(`${expected} a file packed by gzip, found no file; copy`)],
    [
      "a file that is not packed",
      from(Buffer.from("<html>")),
      new RegExp(`${expected} a file packed by gzip, found 6`),
    ],
    [
      "a file of too few rows",
      from(good),
      new RegExp(`${expected} ${Object.values(dataSets[name].files)[0]} .*, found`),
    ],
    ["a web page", from("<html>\n<p>\n"), new RegExp(`${expected} .*, found`)],
  ];
}

const folder = mkdtempSync(join(tmpdir(), "unroll-bad-data-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A folder with one file. */
function withFile(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return folder;
}

export const dataFiles: Table = {
  hasData: [
    [
      "a name that no data set has",
      () => hasData("mnist" as never),
      /hasData: there is no data set "mnist", there are/,
    ],
    ["the name of what every object has", () => hasData("toString" as never), /there is no data set "toString"/],
  ],
  sentiment: reader("sentiment", sentiment, "neutral\ta word .\n"),
  smsSpam: reader("sms-spam", smsSpam, "ham\thello\n"),
  tinyShakespeare: reader("tiny-shakespeare", tinyShakespeare, "First Citizen:\n"),
  webTreebank: reader("pos-ewt", webTreebank, "Al\tPROPN\tNNP\n"),
  namedEntities: reader("ner-gmb", namedEntities, "The\tO\n"),
  snips: reader("snips", snips, "# PlayMusic\nPlay\tO\n"),
  semanticRoles: [
    ...reader("srl-ewt", semanticRoles, "# They go\n1\tgo.01\tARG0:0-0 V:1-1\n"),
    [
      "a role behind the sentence's end",
      () =>
        withData(
          { data: { "srl-ewt": { "ewt-srl-compact-train.txt.gz": "# They go\n1\tgo.01\tV:1-2\n" } } },
          semanticRoles,
        ),
      /expected "# sentence" or index TAB roleset TAB roles in line 2, found/,
    ],
  ],
  tatoeba: reader("tatoeba-en-fr", tatoeba, "Go.\tVa !\n"),
  selfDialogue: reader("self-dialogue", selfDialogue, "movies\tHi.\tHello.\n"),
  scientificSummaries: reader("scitldr", scientificSummaries, '{"id":"a","src":["b"],"labels":[1],"tldr":["c"]}\n'),
  compressions: [
    ...reader("ewt-compression", compressions, "They go\t11\n"),
    [
      "a mask of another length",
      () =>
        withData({ data: { "ewt-compression": { "ewt-compression-train.tsv.gz": "They go\t111\n" } } }, compressions),
      /expected sentence TAB one 0 or 1 for each word in line 1, found/,
    ],
  ],
  brown: [
    ["another way to deal out", () => brown({ by: "word" as never }), /brown: by is "word", expected "document" or/],
    ["a folder without its files", () => brown({ folder: tmpdir() }), /brown: .*cats.txt: the file is missing; remove/],
  ],
  cmudict: [
    [
      "a folder without its file",
      () => cmudict({ folder: tmpdir() }),
      /cmudict: .*dict.json: the file is missing; remove/,
    ],
    [
      "a file that is no dictionary",
      () => cmudict({ folder: withFile("dict.json", "[]") }),
      /expected the dictionary as JSON/,
    ],
  ],
  spamAssassin: [
    ["no character of a body", () => spamAssassin({ maxLength: 0 }), /spamAssassin: maxLength is 0, expected a whole/],
    [
      "a folder without its files",
      () => spamAssassin({ folder: tmpdir() }),
      /file_list.json: the file is missing; remove/,
    ],
    [
      "a list of other files",
      () => spamAssassin({ folder: withFile("file_list.json", "[1]") }),
      /file_list.json: expected a list of 6046 mails, found something else/,
    ],
    [
      "a list that is no JSON",
      () => spamAssassin({ folder: withFile("file_list.json", "<html>") }),
      /expected JSON, found/,
    ],
  ],
  agreement: reader("agreement", agreement, "plural\t0\t0\tThey\tgo\n"),
};
