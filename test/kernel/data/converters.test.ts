import assert from "node:assert/strict";
import { strToU8, zipSync } from "fflate";
import { convertAgreement } from "#kernel/data/convert/agreement.js";
import { convertCompressions } from "#kernel/data/convert/compressions.js";
import { readConllu } from "#kernel/data/convert/conllu.js";
import { convertNamedEntities } from "#kernel/data/convert/named-entities.js";
import { convertScientificSummaries } from "#kernel/data/convert/scientific-summaries.js";
import { convertSelfDialogue } from "#kernel/data/convert/self-dialogue.js";
import { convertSemanticRoles } from "#kernel/data/convert/semantic-roles.js";
import { convertSentiment } from "#kernel/data/convert/sentiment.js";
import { convertSmsSpam } from "#kernel/data/convert/sms-spam.js";
import { convertSnips, INTENTS } from "#kernel/data/convert/snips.js";
import { convertTatoeba } from "#kernel/data/convert/tatoeba.js";
import { convertTinyShakespeare } from "#kernel/data/convert/tiny-shakespeare.js";
import { convertWebTreebank } from "#kernel/data/convert/web-treebank.js";
import type { Originals } from "#kernel/data/originals.js";

/** Original files, written for these tests in the form of the real ones. */
function originals(
  files: Readonly<Record<string, string | Uint8Array>>,
  folder: Record<string, string> = {},
): Originals {
  const bytes = (content: string | Uint8Array) => (typeof content === "string" ? strToU8(content) : content);
  return {
    bytes: (name) => bytes(files[name] ?? assert.fail(`${name} was asked for`)),
    folder: () => new Map(Object.entries(folder).map(([path, content]) => [path, bytes(content)])),
  };
}

/** All rows of the three files, sorted: how they are shuffled is Python's business. */
const rows = (files: Readonly<Record<string, string>>) =>
  Object.values(files)
    .flatMap((text) => text.split("\n"))
    .filter(Boolean)
    .sort();

/** `id form upos xpos features head relation`, a word a line, as CoNLL-U has it. */
function conllu(id: string, words: string): string {
  const lines = words
    .trim()
    .split("\n")
    .map((line) => {
      const [place, form, upos, xpos, features, head, relation] = line.trim().split(/\s+/) as string[];
      return [place, form!.replaceAll("~", " "), "_", upos, xpos, features, head, relation, "_", "_"].join("\t");
    });
  return [`# sent_id = ${id}`, "# text = written for a test", ...lines].join("\n");
}

const treebank = (...sentences: string[]) => {
  const text = `${sentences.join("\n\n")}\n\n`;
  return { "en_ewt-ud-train.conllu": text, "en_ewt-ud-dev.conllu": text, "en_ewt-ud-test.conllu": text };
};

const keys = conllu(
  "weblog-blog.example_1-0001",
  `1 The   DET   DT  _           2  det
   2 keys  NOUN  NNS Number=Plur 8  nsubj
   3 to    ADP   IN  _           5  case
   4 the   DET   DT  _           5  det
   5 door  NOUN  NN  Number=Sing 2  nmod
   6-7 aren't _  _   _           _  _
   6 are   AUX   VBP _           8  cop
   7 n't   PART  RB  _           8  advmod
   7.1 ghost VERB VB _           _  _
   8 here  ADV   RB  _           0  root
   9 .     PUNCT .   _           8  punct`,
);

const long = conllu(
  "weblog-blog.example_1-0002",
  `1  Yesterday NOUN NN  Number=Sing 5  obl:tmod
   2  the    DET   DT  _           3  det
   3  head   NOUN  NN  Number=Sing 5  nsubj
   4  was    AUX   VBD Tense=Past  5  aux
   5  reading VERB VBG _           0  root
   6  a      DET   DT  _           7  det
   7  book   NOUN  NN  Number=Sing 5  obj
   8  of     ADP   IN  _           9  case
   9  New~York PROPN NNP Number=Sing 7 nmod
   10 in     ADP   IN  _           12 case
   11 the    DET   DT  _           12 det
   12 garden NOUN  NN  Number=Sing 5  obl
   13 .      PUNCT .   _           5  punct`,
);

describe("converters of data sets", () => {
  it("sentiment: polarity and plots, a sentence a line in Latin-1 or UTF-8, each with its label", () => {
    const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
    const converted = convertSentiment(
      originals({
        "sentence_polarity.zip": zipSync({
          "sentence_polarity/rt-polarity.pos": latin1("a cliché , but a good one . \nfine . \n"),
          "sentence_polarity/rt-polarity.neg": strToU8("dull . \n"),
        }),
        "subjectivity.zip": zipSync({ "subjectivity/plot.tok.gt9.5000": strToU8("he meets her . \n") }),
      }),
    );
    assert.deepEqual(Object.keys(converted), ["movie3-train.tsv", "movie3-dev.tsv", "movie3-test.tsv"]);
    assert.deepEqual(rows(converted), [
      "negative\tdull .",
      "neutral\the meets her .",
      "positive\ta cliché , but a good one .",
      "positive\tfine .",
    ]);
  });

  it("sms-spam: of messages with the same text the first stays", () => {
    const archive = zipSync({
      readme: strToU8("x"),
      SMSSpamCollection: strToU8("ham\tHi\nspam\tWin £5 now\nham\tHi\n"),
    });
    const converted = convertSmsSpam(originals({ "sms+spam+collection.zip": archive }));
    assert.deepEqual(rows(converted), ["ham\tHi", "spam\tWin £5 now"]);
  });

  it("tiny-shakespeare: the text as it is", () => {
    assert.deepEqual(convertTinyShakespeare(originals({ "input.txt": "All:\nSpeak.\n" })), {
      "tinyshakespeare.txt": "All:\nSpeak.\n",
    });
  });

  it("pos-ewt: words with their tags, without joined and unwritten ones", () => {
    const converted = convertWebTreebank(originals(treebank(keys, long)));
    const [first, second] = converted["ewt-dev.tsv"]!.split("\n\n");
    assert.equal(
      first,
      "The\tDET\tDT\nkeys\tNOUN\tNNS\nto\tADP\tIN\nthe\tDET\tDT\ndoor\tNOUN\tNN\nare\tAUX\tVBP\nn't\tPART\tRB\nhere\tADV\tRB\n.\tPUNCT\t.",
    );
    assert.ok(second!.includes("New\u00a0York\tPROPN\tNNP"));
  });

  it("agreement: subject, distance and attractors in front of the verb", () => {
    const converted = convertAgreement(originals(treebank(keys, long)));
    assert.equal(
      converted["agreement-test.tsv"],
      "plural\t3\t1\tThe keys to the door\tare\nsingular\t0\t0\tYesterday the head\twas\n",
    );
  });

  it("ewt-compression: subject, verb and object with what belongs to them", () => {
    const converted = convertCompressions(originals(treebank(keys, long)));
    assert.equal(
      converted["ewt-compression-train.tsv"], // the short sentence is none
      "Yesterday the head was reading a book of New_York in the garden .\t0111111110000\n",
    );
  });

  it("srl-ewt: the roles of a skeleton on the words of the tree with its number", () => {
    const skeleton = (number: number, lines: string) =>
      lines
        .trim()
        .split("\n")
        .map((line, i) => {
          const [tag, sense, ...roles] = line.trim().split(/\s+/);
          return ["google/ewt/x", number, i, "[WORD]", tag, "(S*", "-", sense, ...roles].join("   ");
        })
        .join("\n");
    const second = skeleton(
      1,
      `NN  -       (ARGM-TMP*)
       DT  -       (ARG0*
       NN  -       *)
       VBD -       *
       VBG read.01 (V*)
       DT  -       (ARG1*
       NN  -       *
       IN  -       *
       NNP -       *)
       IN  -       (ARGM-LOC*
       DT  -       *
       NN  -       *)
       .   -       *`,
    );
    const others = [skeleton(0, "DT - *\nNNS - *"), second].join("\n\n"); // the first has another length
    const converted = convertSemanticRoles(
      originals(treebank(keys, long), { "weblog/00/blog.example_1.xml.gold_skel": `${others}\n\n` }),
    );
    assert.equal(
      converted["ewt-srl-compact-dev.txt"],
      "# Yesterday the head was reading a book of New_York in the garden .\n4\tread.01\tARGM-TMP:0-0 ARG0:1-2 V:4-4 ARG1:5-8 ARGM-LOC:9-11\n",
    );
  });

  it("ner-gmb: words of a CSV file with quotes, sentences that stand twice taken once", () => {
    const table = [
      "Sentence #,Word,POS,Tag",
      "Sentence: 1,Bush,NNP,B-per",
      ',said,VBD,O\n,"""",``,O\n,",",",",O',
      "Sentence: 2,Hi,UH,O",
      "Sentence: 3,Hi,UH,O",
    ].join("\n");
    const converted = convertNamedEntities(originals({ "ner_dataset.csv": `${table}\n` }));
    assert.deepEqual(converted["gmb-test.tsv"]!.trimEnd().split("\n\n").sort(), [
      'Bush\tB-per\nsaid\tO\n"\tO\n,\tO',
      "Hi\tO",
    ]);
  });

  it("snips: pieces of an utterance, of which some fill a slot, as BIO tags", () => {
    const files = INTENTS.flatMap((intent) => {
      const content = JSON.stringify({
        [intent]: [{ data: [{ text: "play " }, { text: "clem burke", entity: "artist" }, { text: " now " }] }],
      });
      return [
        [`train_${intent}_full.json`, content],
        [`validate_${intent}.json`, content],
      ];
    });
    const converted = convertSnips(originals(Object.fromEntries(files)));
    const first = converted["snips-train.conll"]!.split("\n\n")[0];
    assert.equal(first, "# AddToPlaylist\nplay\tO\nclem\tB-artist\nburke\tI-artist\nnow\tO");
    assert.equal(converted["snips-val.conll"]!.match(/^# /gm)!.length, 7);
  });

  it("tatoeba: short pairs of frequent words, with all translations in dev and test", () => {
    const lines = Array.from(
      { length: 4 },
      (_, i) => `Go ${"on ".repeat(i + 1)}!\tVa${" va".repeat(i + 1)}\u202f!\tCC-BY\n`,
    );
    const archive = zipSync({
      "_about.txt": strToU8("about"),
      "fra.txt": strToU8(
        `${lines.join("")}Go !\tVa !\nGo !\tVas-y va va va va !\nRare.\tRare.\n${"a ".repeat(9)}\tVa !\n`,
      ),
    });
    const converted = convertTatoeba(originals({ "fra-eng.zip": archive }));
    const test = converted["eng-fra-test.tsv"]!.trimEnd().split("\n");
    assert.equal(test.length, 5); // rare words and long sentences are left out
    assert.ok(test.includes("Go !\tVa !\tVas-y va va va va !"));
    assert.ok(test.every((line) => !line.includes("\u202f")));
  });

  it("self-dialogue: neighbours of a talk, without blocked workers, links, long and rare words", () => {
    const head = '"HITId","WorkerId","Answer.sentence1","Answer.sentence2","Answer.sentence3"';
    const talks = Array.from(
      { length: 10 },
      (_, i) => `"${i}","A","I like ""jazz"".","Me too,\n  really.","Good  choice !"`,
    );
    const others = [
      '"x","B","I like jazz.","Good choice !",""',
      '"y","A","Good choice !","See http://a.b","Zebra rare"',
    ];
    const converted = convertSelfDialogue(
      originals({ "blocked_workers.txt": "B\n" }, { "music/one.csv": `${[head, ...talks, ...others].join("\n")}\n` }),
    );
    const found = rows(converted);
    assert.equal(found.length, 20);
    assert.deepEqual(
      [...new Set(found)],
      ['music\tI like "jazz".\tMe too, really.', "music\tMe too, really.\tGood choice !"],
    );
  });

  it("scitldr: four properties of a paper, as Python writes JSON", () => {
    const paper = {
      source: ["A é.", "B."],
      source_labels: [0, 1],
      rouge_scores: [0.1, 0.2],
      paper_id: "x",
      target: ["C."],
    };
    const line = `${JSON.stringify(paper)}\n`;
    const converted = convertScientificSummaries(
      originals({ "train.jsonl": line, "dev.jsonl": line + line, "test.jsonl": line }),
    );
    const expected = '{"id": "x", "src": ["A é.", "B."], "labels": [0, 1], "tldr": ["C."]}';
    assert.equal(converted["scitldr-train.jsonl"], expected);
    assert.equal(converted["scitldr-dev.jsonl"], `${expected}\n${expected}`);
  });

  it("say which file an archive lacks, and when it is none", () => {
    const archive = zipSync({ readme: strToU8("x") });
    const convert = (bytes: Uint8Array) => () => convertSmsSpam(originals({ "sms+spam+collection.zip": bytes }));
    assert.throws(convert(archive), /expected SMSSpamCollection in the zip archive, found none/);
    assert.throws(convert(strToU8("<html>")), /expected a zip archive with SMSSpamCollection, found 6 bytes/);
  });
});

describe("CoNLL-U", () => {
  it("is read with either line end, and without the blocks that hold no word", () => {
    const text = "# newdoc id = a\r\n\r\n# sent_id = a-1\r\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\r\n\r\n";
    const word = { id: 1, form: "Go", upos: "VERB", xpos: "VB", features: "_", head: 0, relation: "root" };
    assert.deepEqual(readConllu(text), [{ id: "a-1", words: [word] }]);
  });
});
