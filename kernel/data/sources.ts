/** Where data sets are fetched from, and what becomes of them. */
import type { DataSetName } from "unroll/data/sets.js";
import { convertAgreement } from "./convert/agreement.js";
import { convertCompressions } from "./convert/compressions.js";
import { convertNamedEntities } from "./convert/named-entities.js";
import { convertScientificSummaries } from "./convert/scientific-summaries.js";
import { convertSelfDialogue } from "./convert/self-dialogue.js";
import { convertSemanticRoles } from "./convert/semantic-roles.js";
import { convertSentiment } from "./convert/sentiment.js";
import { convertSmsSpam } from "./convert/sms-spam.js";
import { convertSnips, INTENTS } from "./convert/snips.js";
import { convertTatoeba } from "./convert/tatoeba.js";
import { convertTinyShakespeare } from "./convert/tiny-shakespeare.js";
import { convertWebTreebank } from "./convert/web-treebank.js";
import type { Converter } from "./originals.js";

/** One file. */
export interface FileSource {
  readonly name: string;
  /** Undefined for what cannot be fetched without an account: it is taken from a folder. */
  readonly url?: string;
  readonly bytes?: number;
  /** SHA-1 of `blob <length>\0` and the content: how git names the file. */
  readonly gitBlobSha1?: string;
}

/** All files of one ending in a folder of a repository, at one commit. */
export interface FolderSource {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly ending: string;
  /** How many parts of a file's path tell it from others: 2 for `music/a.csv`. */
  readonly depth: number;
}

export interface Source {
  readonly files: readonly FileSource[];
  readonly folder?: FolderSource;
  readonly convert: Converter;
  /** About how many bytes are fetched. */
  readonly download: number;
  /** SHA-256 of the files that this course was written with, its first 16 digits; the order is that of the facts. */
  readonly digests: readonly string[];
}

const git = (repository: string, commit: string, path: string) =>
  `https://raw.githubusercontent.com/${repository}/${commit}/${path}`;

const NLTK = ["nltk/nltk_data", "5db857e6f7df11eabb5e5665836db9ec8df07e28"] as const;
const EWT = ["UniversalDependencies/UD_English-EWT", "15d613d8447b3478787d4c278730a1e48a945efb"] as const;
const SNIPS = ["sonos/nlu-benchmark", "b86ac7f1577868c42158d0dec77db50956046696"] as const;
const DIALOGUES = ["jfainberg/self_dialogue_corpus", "113a1b0ff10308f1227c13a4aaded9bc85577816"] as const;
const SCITLDR = ["allenai/scitldr", "5ccad9c00a60ad75c9e04abf7f27d0f53f983b20"] as const;

const treebank: readonly FileSource[] = [
  {
    name: "en_ewt-ud-train.conllu",
    url: git(...EWT, "en_ewt-ud-train.conllu"),
    gitBlobSha1: "34731d23bafeeff233fdcee18ffc0254b1aa0e28",
  },
  {
    name: "en_ewt-ud-dev.conllu",
    url: git(...EWT, "en_ewt-ud-dev.conllu"),
    gitBlobSha1: "a994b6990643429070ecc6e236d26ad6a04bfefb",
    bytes: 1_805_545,
  },
  {
    name: "en_ewt-ud-test.conllu",
    url: git(...EWT, "en_ewt-ud-test.conllu"),
    gitBlobSha1: "c59667960ae967636606f47bc35f132a5557ad39",
    bytes: 1_804_515,
  },
];
const TREEBANK_BYTES = 17e6;

export const sources: Readonly<Record<DataSetName, Source>> = {
  sentiment: {
    files: [
      {
        name: "sentence_polarity.zip",
        url: git(...NLTK, "packages/corpora/sentence_polarity.zip"),
        gitBlobSha1: "e300f227da3cb7f7671c36a5456578557af62a3f",
        bytes: 490_256,
      },
      {
        name: "subjectivity.zip",
        url: git(...NLTK, "packages/corpora/subjectivity.zip"),
        gitBlobSha1: "3b32a1a2c36e3eb058593320ee93b80665237bf2",
        bytes: 521_628,
      },
    ],
    convert: convertSentiment,
    download: 1_011_884,
    digests: ["1437b3e4cb217231", "e23fbce167771287", "545041ef624d6a63"],
  },
  "sms-spam": {
    files: [
      { name: "sms+spam+collection.zip", url: "https://archive.ics.uci.edu/static/public/228/sms+spam+collection.zip" },
    ],
    convert: convertSmsSpam,
    download: 2e5,
    digests: ["cb41054a20e01dfc", "8a85473b9e27e5b0", "845a72d5055754b3"],
  },
  "tiny-shakespeare": {
    files: [
      {
        name: "input.txt",
        url: git("karpathy/char-rnn", "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e", "data/tinyshakespeare/input.txt"),
        gitBlobSha1: "7dcb3a2d4cc3b48b6283dd46870bfeb78f88aac9",
        bytes: 1_115_394,
      },
    ],
    convert: convertTinyShakespeare,
    download: 1_115_394,
    digests: ["86c4e6aa9db7c042"],
  },
  "pos-ewt": {
    files: treebank,
    convert: convertWebTreebank,
    download: TREEBANK_BYTES,
    digests: ["bbdf4a5a761936a0", "8f2b84263bccf850", "89047fb69d310e0b"],
  },
  "ner-gmb": {
    files: [{ name: "ner_dataset.csv" }],
    convert: convertNamedEntities,
    download: 0,
    digests: ["b976f3c3434a8962", "4eb612ae62d4ea2a", "94408cab02fdb45a"],
  },
  snips: {
    files: INTENTS.flatMap((intent) =>
      [`train_${intent}_full.json`, `validate_${intent}.json`].map((name) => ({
        name,
        url: git(...SNIPS, `2017-06-custom-intent-engines/${intent}/${name}`),
      })),
    ),
    convert: convertSnips,
    download: 4e6,
    digests: ["99c46f4642a3b753", "a5c7528984bcbfab"],
  },
  "srl-ewt": {
    files: treebank,
    folder: {
      repository: "propbank/propbank-release",
      commit: "4abade0b53ce4a181e1d98b3518101c1a44d395a",
      path: "data/google/ewt",
      ending: ".gold_skel",
      depth: 3,
    },
    convert: convertSemanticRoles,
    download: TREEBANK_BYTES + 20e6,
    digests: ["1fd7fa496ac5a0e0", "73873afccf5466e5", "08b10b21f4f909a6"],
  },
  "tatoeba-en-fr": {
    files: [
      {
        name: "fra-eng.zip",
        // the edition of 2017-09-29: that of manythings.org/anki grows
        url: git("genimind/seq2seq", "4f3f8eb0adde54fcc8b89394336b002e7961244c", "fra-eng.zip"),
        gitBlobSha1: "c8be373a2f702bfd94d4bba46d51c31c5db98bfb",
        bytes: 2_951_390,
      },
    ],
    convert: convertTatoeba,
    download: 2_951_390,
    digests: ["e18c32f852d36243", "b4463d1e9eb68d8b", "9885222e34a7f683"],
  },
  "self-dialogue": {
    files: [{ name: "blocked_workers.txt", url: git(...DIALOGUES, "blocked_workers.txt") }],
    folder: { repository: DIALOGUES[0], commit: DIALOGUES[1], path: "corpus", ending: ".csv", depth: 2 },
    convert: convertSelfDialogue,
    download: 45e6,
    digests: ["94910d57a0e2f3aa", "f8c3e3c6a6af0b46", "2326f254a84edd57"],
  },
  scitldr: {
    files: [
      {
        name: "train.jsonl",
        url: git(...SCITLDR, "SciTLDR-Data/SciTLDR-A/train.jsonl"),
        gitBlobSha1: "9700e723611c1ad3bbd0eed236cf3a660688423c",
        bytes: 3_155_015,
      },
      {
        name: "dev.jsonl",
        url: git(...SCITLDR, "SciTLDR-Data/SciTLDR-A/dev.jsonl"),
        gitBlobSha1: "dd59586c811a195253149d5640e7b615201281fc",
        bytes: 1_124_865,
      },
      {
        name: "test.jsonl",
        url: git(...SCITLDR, "SciTLDR-Data/SciTLDR-A/test.jsonl"),
        gitBlobSha1: "e942c3284688623574c1c7369ff632f836a176c6",
        bytes: 1_204_107,
      },
    ],
    convert: convertScientificSummaries,
    download: 5_483_987,
    digests: ["2f52a24e6e9bfb8f", "7e7958bfd2d45d0f", "f1e5b0034d7d216d"],
  },
  "ewt-compression": {
    files: treebank,
    convert: convertCompressions,
    download: TREEBANK_BYTES,
    digests: ["34ce209810eb6a9e", "ed8527472e96dfa9", "506795ef054ff82d"],
  },
  agreement: {
    files: treebank,
    convert: convertAgreement,
    download: TREEBANK_BYTES,
    digests: ["ec78cc377e3bfbfa", "4476f173d35f93c3", "be46293545988b74"],
  },
};
