/** What is known of a data set before a file of it is read. */
export interface DataSetFacts {
  /** The name of its folder, and of `npx unroll data get NAME`. */
  readonly name: string;
  /** The function of the library that reads it. */
  readonly reader: string;
  readonly task: string;
  /** What a row of it is: "sentences". */
  readonly unit: string;
  /** How a row stands in its files: a line (by default), a block of lines, a line under a heading, or a character. */
  readonly row?: "block" | "under a heading" | "character";
  readonly licence: string;
  readonly credit: string;
  /** Its files, each packed by gzip, and how many rows each has. */
  readonly files: Readonly<Record<string, number>>;
}

/** How many of the set's rows three files have, named as the data pack names them. */
function threeFiles(stem: string, ending: string, rows: readonly [train: number, dev: number, test: number]) {
  const parts = ["train", "dev", "test"] as const;
  return Object.fromEntries(parts.map((part, i) => [`${stem}-${part}.${ending}.gz`, rows[i]!]));
}

const EWT = "Universal Dependencies, English Web Treebank 2.16 (Silveira et al. 2014)";

/** The data sets that no npm package ships, by the name of their folder. */
export const dataSets = {
  sentiment: {
    name: "sentiment",
    reader: "sentiment",
    task: "negative, neutral or positive sentence",
    unit: "sentences",
    licence: "CC BY 4.0",
    credit:
      "Bo Pang and Lillian Lee: sentence polarity 1.0 (2005), and as neutral the plot sentences of subjectivity 1.0 (2004)",
    files: threeFiles("movie3", "tsv", [12_662, 1500, 1500]),
  },
  "sms-spam": {
    name: "sms-spam",
    reader: "smsSpam",
    task: "spam or not",
    unit: "messages",
    licence: "CC BY 4.0",
    credit: "SMS Spam Collection, Tiago Almeida and José María Gómez Hidalgo (2011), doi 10.24432/C5CC84",
    files: threeFiles("sms", "tsv", [3660, 500, 1000]),
  },
  "tiny-shakespeare": {
    name: "tiny-shakespeare",
    reader: "tinyShakespeare",
    task: "language model of characters",
    unit: "characters",
    row: "character",
    licence: "public domain",
    credit: "William Shakespeare, a selection by Andrej Karpathy (2015)",
    files: { "tinyshakespeare.txt.gz": 1_115_394 },
  },
  "pos-ewt": {
    name: "pos-ewt",
    reader: "webTreebank",
    task: "part of speech",
    unit: "sentences",
    row: "block",
    licence: "CC BY-SA 4.0",
    credit: EWT,
    files: threeFiles("ewt", "tsv", [12_544, 2001, 2077]),
  },
  "ner-gmb": {
    name: "ner-gmb",
    reader: "namedEntities",
    task: "named entities of 8 types",
    unit: "sentences",
    row: "block",
    licence: "texts in the public domain",
    credit: "Groningen Meaning Bank (Bos et al. 2017), labels in part automatic",
    files: threeFiles("gmb", "tsv", [12_000, 2000, 3000]),
  },
  snips: {
    name: "snips",
    reader: "snips",
    task: "7 intents and 39 slots",
    unit: "utterances",
    row: "block",
    licence: "CC0",
    credit: "Snips, sonos/nlu-benchmark (Coucke et al. 2018)",
    files: { "snips-train.conll.gz": 13_784, "snips-val.conll.gz": 700 },
  },
  "srl-ewt": {
    name: "srl-ewt",
    reader: "semanticRoles",
    task: "who did what to whom",
    unit: "propositions",
    row: "under a heading",
    licence: "CC BY-SA 4.0",
    credit: `PropBank (Pradhan et al. 2022) on the words of ${EWT}`,
    files: threeFiles("ewt-srl-compact", "txt", [18_934, 2508, 2482]),
  },
  "tatoeba-en-fr": {
    name: "tatoeba-en-fr",
    reader: "tatoeba",
    task: "English to French",
    unit: "sentences",
    licence: "CC BY 2.0 FR",
    credit: "tatoeba.org, by way of manythings.org/anki",
    files: threeFiles("eng-fra", "tsv", [30_000, 1500, 1500]),
  },
  "self-dialogue": {
    name: "self-dialogue",
    reader: "selfDialogue",
    task: "reply to a prompt",
    unit: "pairs",
    licence: "BSD 3-Clause",
    credit: "Self-dialogue Corpus (Fainberg et al. 2018)",
    files: threeFiles("selfdialogue-small", "tsv", [30_000, 1000, 1000]),
  },
  scitldr: {
    name: "scitldr",
    reader: "scientificSummaries",
    task: "summary in one sentence",
    unit: "papers",
    licence: "Apache-2.0",
    credit: "SciTLDR (Cachola et al. 2020, AllenAI)",
    files: threeFiles("scitldr", "jsonl", [1992, 619, 618]),
  },
  "ewt-compression": {
    name: "ewt-compression",
    reader: "compressions",
    task: "which words can go",
    unit: "sentences",
    licence: "CC BY-SA 4.0",
    credit: `derived by rule from the trees of ${EWT}`,
    files: threeFiles("ewt-compression", "tsv", [4103, 492, 482]),
  },
  agreement: {
    name: "agreement",
    reader: "agreement",
    task: "verb that agrees with a far subject",
    unit: "prefixes",
    licence: "CC BY-SA 4.0",
    credit: `cut from ${EWT}`,
    files: threeFiles("agreement", "tsv", [3327, 424, 394]),
  },
} as const satisfies Readonly<Record<string, DataSetFacts>>;

/** The name of a data set of the pack. */
export type DataSetName = keyof typeof dataSets;
