// %% [markdown]
// # 13 · Spam
//
// **You will be able to** measure a filter by what counts (F1 and MCC) when one class is rare; cut a text into words, byte pairs or characters, and say what each costs; and show with numbers which of them sees through a disguise such as “fr.ee v1agra”.
//
// **Time:** 2 minutes to run on two cores, 40 to understand. **Needs:** lessons 8 and 12. **Data:** 5,699 mails (SpamAssassin public corpus; PDDL 1.0) and, where it is installed, 5,160 short messages (SMS Spam Collection, Almeida & Gómez Hidalgo; CC BY 4.0).
//
// ## Two kinds of error
//
// A filter reads a message and says *spam* or *ham* (which is what people call mail that is no spam). Like lesson 12 this is many to one; but now one class is **rare**, and the two errors are not alike. To see an advertisement is annoying. To lose a message from your doctor is worse.

// %%
import { type DataSet, display, hasData, type Mail, smsSpam, spamAssassin } from "unroll";

const mails: DataSet<Mail> = spamAssassin({ maxLength: 300 });
const data: DataSet<Mail> = hasData("sms-spam") ? smsSpam() : mails;
display(data);
display(mails);

// %% [markdown]
// The first table is what the lesson works with: the short messages, where they are installed (`npx unroll data get sms-spam`), else the mails, which npm brings. The mails are without their headers, and only the first 300 characters of each are read.

// %%
import { quick, table } from "unroll";

const practice = quick ? data.train.slice(0, 600) : data.train;
const dev = quick ? data.dev.slice(0, 200) : data.dev;
const some = [false, true].flatMap((isSpam) => {
  const short = practice.filter((row) => row.isSpam === isSpam && row.text.length < 110);
  return short.slice(0, 4).map(({ text }) => ({ "": isSpam ? "spam" : "ham", text }));
});
display(table(some, { title: "some messages" }));
const spamShare = dev.filter(({ isSpam }) => isSpam).length / dev.length;
console.log(`${(100 * spamShare).toFixed(1)} % of the dev messages are spam`);

// %% [markdown]
// Here is the simplest of all filters: it lets everything pass. How often is it right?

// %%
import { predict } from "unroll";

const lazy = predict("The filter that lets everything pass: right in how many %?", 50);

// %%
lazy.reveal(100 * (1 - spamShare));

// %% [markdown]
// So accuracy says nothing here, unless one knows what doing nothing is worth. We count four things in place of one: spam **caught** (TP) and **missed** (FN), ham that is blocked, a **false alarm** (FP), and ham that **passes** (TN). From these:
//
// $$F_1 = \frac{2\,TP}{2\,TP + FP + FN} \qquad MCC = \frac{TP \cdot TN - FP \cdot FN}{\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}$$
//
// $F_1$ asks how much of the spam is caught, and how much of what is blocked is spam; the ham that passes has no part in it. **Matthews' correlation coefficient** takes all four: it is the correlation of guess and truth, 1 when all is right, 0 for a filter that knows nothing.
//
// **Exercise 13.1.** Compute it. Where the root is 0 (only one class was guessed), say 0.

// %%
import { check } from "unroll";

function mcc(caught: number, missed: number, alarms: number, passed: number): number {
  return Number.NaN; // your turn
}
check("13.1", mcc);

// %% [markdown]
// <details><summary>Solution of 13.1</summary>
//
// ```ts
// function mcc(caught: number, missed: number, alarms: number, passed: number): number {
//   const [blocked, kept] = [caught + alarms, missed + passed];
//   const [spam, ham] = [caught + missed, alarms + passed];
//   const root = Math.sqrt(blocked * kept * spam * ham);
//   return root === 0 ? 0 : (caught * passed - alarms * missed) / root;
// }
// ```
//
// </details>

// %%
import { confusionMatrix, f1Scores, matthews } from "unroll";

type Rows = readonly Mail[];
function measured(rows: Rows, blocked: readonly boolean[]) {
  const truth = rows.map(({ isSpam }) => Number(isSpam));
  const counts = confusionMatrix(blocked.map(Number), truth, 2);
  const { classes, micro } = f1Scores(counts);
  const scores = { accuracy: micro.f1, F1: classes[1]!.f1, MCC: matthews(counts) };
  return { counts, scores };
}

// %% [markdown]
// **Misconception:** *“A filter that is right 19 times in 20 is a good filter.”* Here are four filters. The first three are rules of one line, the last one is naive Bayes (lesson 12), which counts words. Move the slider, and compare the three measures.

// %%
import { naiveBayes, plot, splitWords } from "unroll";

const texts = practice.map(({ text }) => text);
const truth = practice.map(({ isSpam }) => isSpam);
const bayes = naiveBayes(texts.map(splitWords), truth.map(Number));
const bayesSays = (text: string) => bayes.guess(splitWords(text)) === 1;
const filters: Record<string, (text: string) => boolean> = {
  "lets all pass": () => false,
  "blocks “free”": (text) => /\bfree\b/i.test(text),
  "blocks numbers of 5 digits": (text) => /\d{5}/.test(text),
  "naive Bayes": bayesSays,
};

// %%
const filterNames = Object.keys(filters);
const judged = filterNames.map((name) =>
  measured(
    dev,
    dev.map(({ text }) => filters[name]!(text)),
  ),
);
const lines = judged.map(({ counts, scores }, k) => {
  const [passed, alarms] = [counts.at(0, 0), counts.at(0, 1)];
  const [missed, caught] = [counts.at(1, 0), counts.at(1, 1)];
  return {
    filter: filterNames[k]!,
    caught,
    missed,
    "false alarms": alarms,
    passed,
    ...scores,
  };
});
display(table(lines, { title: "four filters (dev)" }));

// %%
const bars = judged.map(({ scores }, k) => plot.bars(scores, { title: filterNames[k]! }));
display(plot.withSlider(bars, { by: "filter:", names: filterNames }));

// %% [markdown]
// The accuracies lie close together, since the ham that any filter lets pass is most of what there is. F1 and MCC tell the filters apart. From here on accuracy is not mentioned.
//
// ## What is a token?
//
// A network reads tokens, one a step. What are they?
//
// - **Words**: short sequences, but a large vocabulary; a word that is not in it is `<unk>`, however familiar it looks.
// - **Characters**: a vocabulary of under a hundred, nothing is unknown; but sequences are five times as long.
// - **Byte pairs** lie between: begin with characters, and put the most frequent pair of neighbours together, again and again. Frequent words become one token, rare ones are spelled in pieces.

// %%
import { bytePairVocabulary, characterVocabulary, wordVocabulary } from "unroll";

const shorten = (text: string) => text.toLowerCase().slice(0, 300);
const special = ["pad", "unk"] as const;
const short = texts.map(shorten);
const vocabularies = {
  words: wordVocabulary(short.map(splitWords), { minCount: 2, special }),
  "byte pairs": bytePairVocabulary(short, 500, { special }),
  characters: characterVocabulary(short, { minCount: 3, special }),
};
type Unit = keyof typeof vocabularies;
const units = Object.keys(vocabularies) as Unit[];

// %%
const cutUp = (unit: Unit, text: string) =>
  unit === "words" ? splitWords(shorten(text)) : shorten(text);
const encode = (unit: Unit, text: string) => vocabularies[unit].encode(cutUp(unit, text));
const pieces = (unit: Unit, text: string) =>
  Array.from(encode(unit, text), (id) => vocabularies[unit].token(id));
const ways = ["a free prize", "a fr.ee pr1ze"].flatMap((text) =>
  units.map((unit) => ({ text, unit, tokens: pieces(unit, text).join(" | ") })),
);
display(table(ways, { title: "one text, three ways" }));

// %%
const sizes = units.map((unit) => {
  const all = dev.map(({ text }) => Array.from(encode(unit, text)));
  const tokens = all.flat();
  const unknown = tokens.filter((id) => id === vocabularies[unit].special.unk).length;
  const perMessage = tokens.length / all.length;
  const share = (100 * unknown) / tokens.length;
  const { size } = vocabularies[unit];
  return {
    unit,
    vocabulary: size,
    "tokens a message": perMessage,
    "unknown, % (dev)": share,
  };
});
display(table(sizes));

// %% [markdown]
// **Exercise 13.2.** Be the byte-pair machine. You get a word and the merges in the order in which they were learned. Start with the characters; then, merge by merge, put the two together wherever they stand side by side, from left to right.

// %%
type Pair = readonly [left: string, right: string];

function inPieces(word: string, merges: readonly Pair[]): string[] {
  return []; // your turn
}
check("13.2", inPieces);

// %% [markdown]
// <details><summary>Solution of 13.2</summary>
//
// ```ts
// function inPieces(word: string, merges: readonly Pair[]): string[] {
//   let pieces = [...word];
//   for (const [left, right] of merges) {
//     const next: string[] = [];
//     for (let i = 0; i < pieces.length; i++) {
//       const joined = pieces[i] === left && pieces[i + 1] === right;
//       next.push(joined ? left + right : pieces[i]!);
//       if (joined) i++;
//     }
//     pieces = next;
//   }
//   return pieces;
// }
// ```
//
// </details>
//
// ## Three readers
//
// The same network for each: an embedding, a GRU in both directions, the largest value of each unit over all tokens (lesson 12), and a read-out of two classes. Only the tokens differ.

// %%
import {
  bidirectional,
  classifier,
  dropout,
  embedding,
  gru,
  pooling,
  random,
  stacked,
} from "unroll";

function readerOf(unit: Unit, seed: number) {
  const both = bidirectional(gru(32, 32), gru(32, 32));
  const words = embedding(vocabularies[unit].size, 32);
  const layer = stacked(words, dropout(32, 0.2), both, pooling(64, "max"));
  const model = classifier(layer, 2);
  return { unit, model, weights: model.init(random(seed)) };
}
type Reader = ReturnType<typeof readerOf>;

// %%
import { adam, labelledTexts, linearDecay, liveTraining, train, wordDropout } from "unroll";

async function learn({ unit, model, weights }: Reader, rows: Rows, seed: number) {
  const [cut, isSpam] = [rows.map(({ text }) => cutUp(unit, text)), rows.map(labelOf)];
  const examples = labelledTexts(cut, isSpam, vocabularies[unit], [0, 1]);
  const holes = { unknown: vocabularies[unit].special.unk, random: random(seed) };
  const { seconds } = await train(model, weights, wordDropout(examples, 0.05, holes), {
    ...{ epochs: quick ? 2 : 5, batchSize: 32, bucket: true, clipNorm: 1 },
    ...{ optimizer: adam({ learningRate: 0.005 }), schedule: linearDecay() },
    random: random(seed),
    ...liveTraining({ title: `a GRU reads ${unit}` }),
  });
  return seconds;
}
const labelOf = ({ isSpam }: Mail) => Number(isSpam);

// %%
const readers = units.map((unit) => readerOf(unit, 1));
const times: number[] = [];
for (const reader of readers) times.push(await learn(reader, practice, 2));

// %%
import { padded, softmax } from "unroll";

/** How probable it is that each text is spam. */
function beliefs(reader: Reader, texts: readonly string[]): number[] {
  if (texts.length > 100) {
    return [...beliefs(reader, texts.slice(0, 100)), ...beliefs(reader, texts.slice(100))];
  }
  const { model, weights, unit } = reader;
  const { tokens, lengths } = padded(texts.map((text) => encode(unit, text)));
  const p = softmax(model.logits(weights, tokens, { lengths }));
  return texts.map((_, i) => p.at(i, 1));
}

// %%
const devTexts = dev.map(({ text }) => text);
const byNetworks = readers.map((reader, k) => {
  const { scores } = measured(
    dev,
    beliefs(reader, devTexts).map((p) => p > 0.5),
  );
  return {
    reader: `GRU, ${reader.unit}`,
    F1: scores.F1,
    MCC: scores.MCC,
    seconds: times[k]!,
  };
});
const { F1, MCC } = judged[3]!.scores;
display(table([{ reader: "naive Bayes, words", F1, MCC, seconds: 0 }, ...byNetworks]));

// %% [markdown]
// ## In disguise
//
// A filter that counts words has been in the way of spammers since 2002. So they write words that people can read and a list of words cannot: with a dot inside, with digits for letters, or in spaces.

// %%
import { obfuscate } from "unroll";

const dice = random(7);
const offer = "Free entry! Win a cash prize, call now";
const masks = [0, 0.5, 1].map((rate) => ({ rate, text: obfuscate(offer, dice, { rate }) }));
display(table(masks, { title: "how many of the words are disguised" }));

// %%
const spam = dev.filter(({ isSpam }) => isSpam).map(({ text }) => text);
const ham = dev.filter(({ isSpam }) => !isSpam).map(({ text }) => text);
const disguised = (texts: readonly string[], rate: number) => {
  const dice = random(5);
  return texts.map((text) => obfuscate(text, dice, { rate }));
};
const blockedBy = (reader: Reader, texts: readonly string[]) =>
  (100 * beliefs(reader, texts).filter((p) => p > 0.5).length) / texts.length;
const blockedByBayes = (texts: readonly string[]) =>
  (100 * texts.filter(bayesSays).length) / texts.length;

// %%
const hiding = predict(
  "All words disguised: how much of the spam does naive Bayes catch?",
  60,
  {
    unit: "%",
  },
);

// %%
hiding.reveal(blockedByBayes(disguised(spam, 1)));

// %% [markdown]
// None of the networks has ever seen a disguised word: they have learned from the messages as they were sent. What do they catch?

// %% [cover]
const rates = [0, 0.25, 0.5, 0.75, 1];
const caught = [
  { name: "naive Bayes, words", of: blockedByBayes },
  ...readers.map((reader) => ({
    name: `GRU, ${reader.unit}`,
    of: (texts: readonly string[]) => blockedBy(reader, texts),
  })),
];
const curves = caught.map(({ name, of }) => ({
  name,
  x: rates.map((rate) => 100 * rate),
  y: rates.map((rate) => of(disguised(spam, rate))),
}));
const axes = { x: "words disguised, %", y: "spam caught, %" };
display(plot.curves(curves, { ...axes, title: "spam in disguise (dev)" }));

// %%
const caughtAt = curves.map(({ name, y }) => {
  const at = Object.fromEntries(rates.map((rate, k) => [`${100 * rate} %`, y[k]!]));
  return { reader: name, ...at };
});
display(
  table(caughtAt, { title: "spam caught, %, by how many of its words are disguised" }),
);

// %% [markdown]
// To naive Bayes a disguised word is unknown and says nothing, so in the end it has nothing to go by and says what is more frequent: ham. The word reader has at least the order and the signs. The two that read **below** the word lose nothing: `fr`, `.`, `ee` still lie side by side, and digits in the middle of words are a mark of spam anyway.
//
// That last point asks for a control. Do they see *through* the disguise, or do they only *smell* one? We disguise **ham**, as nobody does.

// %%
const alarms = caught.map(({ name, of }) => ({
  reader: name,
  "as written": of(ham),
  "half of the words": of(disguised(ham, 0.5)),
  "all words": of(disguised(ham, 1)),
}));
display(table(alarms, { title: "ham that is blocked, %" }));

// %% [markdown]
// CONTROL
