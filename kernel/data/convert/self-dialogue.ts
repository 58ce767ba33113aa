import { parse } from "csv-parse/sync";
import { asText, type Originals } from "../originals.js";
import { PythonRandom } from "../python-random.js";

const TOKENS = { fewest: 2, most: 12, frequency: 10 };
const SENTENCES = 60;

type Pair = readonly [topic: string, prompt: string, reply: string];

/** The Self-dialogue Corpus: CSV files with a talk in each row; pairs of short sentences of words that occur often. */
export function convertSelfDialogue(originals: Originals): Record<string, string> {
  const blocked = new Set(decoded(originals.bytes("blocked_workers.txt")).split(/\s+/));
  const talks = [...originals.folder()].flatMap(([path, bytes]) => {
    const rows = parse(decoded(bytes), {
      columns: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as Row[];
    return rows
      .filter((row) => !blocked.has(row.WorkerId ?? ""))
      .map((row) => ({ topic: path.split("/")[0]!, said: sentencesOf(row) }));
  });
  const pairs = talks.flatMap(({ topic, said }) => said.slice(1).map((reply, i): Pair => [topic, said[i]!, reply]));
  const frequent = ofFrequentWords(pairs.filter(isShort));
  new PythonRandom(5).shuffle(frequent);
  const lines = frequent.map((pair) => pair.join("\t"));
  return {
    "selfdialogue-small-train.tsv": asText(lines.slice(0, -2000).slice(0, TRAIN)),
    "selfdialogue-small-dev.tsv": asText(lines.slice(-2000, -1000)),
    "selfdialogue-small-test.tsv": asText(lines.slice(-1000)),
  };
}

type Row = Readonly<Record<string, string | undefined>>;

const TRAIN = 30_000;

function sentencesOf(row: Row): string[] {
  return Array.from({ length: SENTENCES - 1 }, (_, i) => row[`Answer.sentence${i + 1}`] ?? "")
    .map((text) => text.trim().replace(/\s+/g, " "))
    .filter(Boolean);
}

function isShort([, prompt, reply]: Pair): boolean {
  const fits = (text: string) => {
    const { length } = tokens(text);
    return length >= TOKENS.fewest && length <= TOKENS.most;
  };
  return fits(prompt) && fits(reply) && !`${prompt}${reply}`.includes("http");
}

function ofFrequentWords(pairs: readonly Pair[]): Pair[] {
  const counts = new Map<string, number>();
  for (const [, prompt, reply] of pairs) {
    for (const word of [...tokens(prompt), ...tokens(reply)]) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isFrequent = (word: string) => counts.get(word)! >= TOKENS.frequency;
  return pairs.filter(([, prompt, reply]) => tokens(prompt).every(isFrequent) && tokens(reply).every(isFrequent));
}

function tokens(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+(?:'[a-z]+)?|\p{Nd}+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** UTF-8, with a sign for what is none. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}
