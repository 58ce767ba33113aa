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

const every = quick ? Math.ceil(data.train.length / 200) : 1;
const part = (rows: readonly Mail[]) => rows.filter((_, i) => i % every === 0);
const [practice, dev] = [part(data.train), part(data.dev)];
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
const judged = filterNames.map((name) => {
  const blocked = dev.map(({ text }) => filters[name]!(text));
  return measured(dev, blocked);
});

// %%
const four = ({ counts }: (typeof judged)[number]) => ({
  caught: counts.at(1, 1),
  missed: counts.at(1, 0),
  "false alarms": counts.at(0, 1),
});
const lines = judged.map((one, k) => ({
  filter: filterNames[k]!,
  ...four(one),
  ...one.scores,
}));
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
// - **Characters**: a small vocabulary, and hardly anything is unknown; but sequences are several times as long.
// - **Byte pairs** lie between: begin with characters, and put the most frequent pair of neighbours together, again and again. Frequent words become one token, rare ones are spelled in pieces.

// %%
import { bytePairVocabulary, characterVocabulary, wordVocabulary } from "unroll";

const shorten = (text: string) => text.toLowerCase().slice(0, 300);
const special = ["pad", "unk"] as const;
const short = texts.map(shorten);
const mailWords = mails.train.map(({ text }) => splitWords(shorten(text)));
const vocabularies = {
  words: wordVocabulary(short.map(splitWords), { minCount: 2, special }),
  "byte pairs": bytePairVocabulary(short, 500, { special }),
  characters: characterVocabulary(short, { minCount: 3, special }),
  "words of mails": wordVocabulary(mailWords, { minCount: 2, special }),
};
type Unit = keyof typeof vocabularies;
const units = ["words", "byte pairs", "characters"] as const;

// %%
const cutUp = (unit: Unit, text: string) =>
  unit.startsWith("words") ? splitWords(shorten(text)) : shorten(text);
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
// %%
import { bidirectional, dropout, embedding, gru, pooling, stacked } from "unroll";

function layersFor(unit: Unit) {
  const both = bidirectional(gru(32, 32), gru(32, 32));
  const tokens = embedding(vocabularies[unit].size, 32);
  return stacked(tokens, dropout(32, 0.2), both, pooling(64, "max"));
}

// %%
import { classifier, random } from "unroll";

function readerOf(unit: Unit, seed: number) {
  const model = classifier(layersFor(unit), 2);
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
    ...{ epochs: rows.length > 5000 ? 3 : 5, batchSize: 32, bucket: true, clipNorm: 1 },
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
// To naive Bayes a disguised word is unknown and says nothing, so in the end it has nothing to go by and says what is more frequent: ham. The word reader has at least the signs and the order. The two that read **below** the word lose nothing. They even catch *more* than before, and that should make us suspicious: no word gets easier to read by a disguise.
//
// So here is a control. Do they see *through* the disguise, or do they only *smell* one? We disguise **ham**.

// %%
const alarms = caught.map(({ name, of }) => ({
  reader: name,
  "as written": of(ham),
  "half of the words": of(disguised(ham, 0.5)),
  "all words": of(disguised(ham, 1)),
}));
display(table(alarms, { title: "ham that is blocked, %" }));

// %% [markdown]
// They smell it. Half of the innocent messages in disguise are blocked by those two, where naive Bayes blocks hardly any. Digits inside of words, and letters that stand alone, are frequent in spam as it was sent (telephone numbers, prices, codes), so whatever is made of such pieces looks like spam. As a filter that may be welcome: who disguises a message has something to hide. But it is not reading, and a friend who writes *l8r* pays for it.
//
// ## Learning to see through
//
// A reader that shall see *through* a disguise must learn that it says nothing. So we train on messages of which **both** kinds are disguised: beside each message stands a copy with about two thirds of its words disguised, ham as well as spam. The same for naive Bayes, to be fair.

// %%
function withMasks(rows: Rows, seed: number): Mail[] {
  const dice = random(seed);
  const masked = rows.map((row) => ({
    ...row,
    text: obfuscate(row.text, dice, { rate: 0.7 }),
  }));
  return [...rows, ...masked];
}
const trainedOn = withMasks(practice, 8);
const wiseBayes = naiveBayes(
  trainedOn.map(({ text }) => splitWords(text)),
  trainedOn.map(labelOf),
);

// %%
const wise = units.map((unit) => readerOf(unit, 2));
for (const reader of wise) times.push(await learn(reader, trainedOn, 3));

// %%
const mccOf = (rows: Rows, blocked: readonly boolean[]) =>
  measured(rows, blocked).scores.MCC;
const wiseGuesses = [
  {
    reader: "naive Bayes, words",
    blocks: (text: readonly string[]) =>
      text.map((one) => wiseBayes.guess(splitWords(one)) === 1),
  },
  ...wise.map((reader) => ({
    reader: `GRU, ${reader.unit}`,
    blocks: (text: readonly string[]) => beliefs(reader, text).map((p) => p > 0.5),
  })),
];

// %%
const through = wiseGuesses.map(({ reader, blocks }) => {
  const at = [0, 0.5, 1].map((rate) => mccOf(dev, blocks(disguised(devTexts, rate))));
  return { reader, "as written": at[0]!, "half of the words": at[1]!, "all words": at[2]! };
});
display(table(through, { title: "MCC where all messages are disguised (dev)" }));
const allMasked = Object.fromEntries(through.map((row) => [row.reader, row["all words"]]));
display(
  plot.bars(allMasked, { y: "MCC", title: "every word of every message disguised (dev)" }),
);

// %% [markdown]
// Now the disguise says nothing any more, and what is left is to read. Compare the first column with the last. Naive Bayes loses most, though it has seen the same disguises: each word has many, and most of them it meets for the first time. The word reader is in the same trouble, and loses a little less. The byte pairs are ahead everywhere. And the **characters**, the worst reader of messages as they were written, lose least of all, and pass the word reader. That is where they win: where the spelling cannot be trusted. (The dev part has 59 spam messages, so one message more or less is about 0.01.)
//
// **Think:** why not train the word reader on more disguised copies, until it knows all of them?
// <details><summary>Answer</summary>There are too many. A word of seven letters has six places for a dot, a form in digits, and one in spaces, and next week there is another trick. The pieces of a word are few, and they stay the same.</details>
//
// ## The filter
//
// Now the best filter that we can make of this. Three byte-pair readers, which differ only in their first random weights and in their order of examples; their mean says how probable spam is. Above which value is a message blocked? Not by habit at 0.5: the dev messages say which threshold has the best MCC.
//
// **Exercise 13.3.** Find a threshold. You get the score of each message, whether it is spam, and the thresholds to choose from. A message is blocked if its score is *above* the threshold. Return the one with the largest $F_1$, the first of several.

// %%
type Flags = readonly boolean[];

function bestThreshold(
  scores: readonly number[],
  isSpam: Flags,
  from: readonly number[],
): number {
  return Number.NaN; // your turn
}
check("13.3", bestThreshold);

// %% [markdown]
// <details><summary>Solution of 13.3</summary>
//
// ```ts
// function bestThreshold(scores: readonly number[], isSpam: Flags, from: readonly number[]): number {
//   const f1 = (threshold: number): number => {
//     const blocked = scores.map((score) => score > threshold);
//     const caught = blocked.filter((is, i) => is && isSpam[i]).length;
//     const wrong = blocked.filter((is, i) => is !== isSpam[i]).length; // missed and false alarms
//     return caught === 0 ? 0 : (2 * caught) / (2 * caught + wrong);
//   };
//   return from.reduce((best, one) => (f1(one) > f1(best) ? one : best));
// }
// ```
//
// </details>

// %%
const team = [readers[1]!, readerOf("byte pairs", 3), readerOf("byte pairs", 4)];
for (const [k, reader] of team.entries()) {
  if (k > 0) times.push(await learn(reader, practice, 4 + k));
}
function teamSays(texts: readonly string[]): number[] {
  const each = team.map((reader) => beliefs(reader, texts));
  return texts.map((_, i) => each.reduce((sum, p) => sum + p[i]! / each.length, 0));
}

// %%
const onDev = teamSays(devTexts);
const from = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);
const byThreshold = from.map((threshold) =>
  mccOf(
    dev,
    onDev.map((p) => p > threshold),
  ),
);
const top = Math.max(...byThreshold);
const equals = from.filter((_, k) => byThreshold[k] === top);
const threshold = equals[Math.floor(equals.length / 2)]!; // of several, the one in the middle
const mccCurve = [{ name: "dev", x: from, y: byThreshold }];
const curveAxes = { x: "threshold", y: "MCC", title: `best: ${threshold}` };
display(plot.curves(mccCurve, curveAxes));

// %% [markdown]
// All is chosen. Now the test messages, once.

// %%
const test = part(data.test);
const testTexts = test.map(({ text }) => text);
const blocked = teamSays(testTexts).map((p) => p > threshold);
const final = measured(test, blocked);
const counting = measured(test, testTexts.map(bayesSays));
const names = { classes: ["ham", "spam"], title: "unseen messages" };
display(plot.confusion(final.counts, names));
const ends = [
  { filter: "naive Bayes", ...four(counting), ...counting.scores },
  { filter: "three GRUs", ...four(final), ...final.scores },
];
display(table(ends, { title: "unseen messages" }));

// %%
import { result } from "unroll";

const lesson = "13-spam";
const seconds = times.reduce((sum, one) => sum + one, 0);
const isSms = data.name === "sms-spam";
const about = { lesson, unit: "", seconds, data: data.name };
result({
  ...about,
  name: "MCC on unseen messages: three GRUs on byte pairs",
  value: final.scores.MCC,
  expected: isSms ? [0.94, 1] : [0.8, 1],
  baseline: { name: "naive Bayes", value: counting.scores.MCC },
  ...(isSms && { published: { source: "Almeida et al. 2011", value: 0.893 } }),
});

// %%
result({
  ...about,
  name: "F1 of spam on the same messages",
  value: final.scores.F1,
  expected: isSms ? [0.94, 1] : [0.8, 1],
  baseline: { name: "naive Bayes", value: counting.scores.F1 },
});

// %% [markdown]
// (The published figure is that of the best of many classifiers, a support vector machine, trained on 30 % of the messages; there, messages that stand twice had not been removed.) And the spam among the test messages, with every word disguised:

// %%
const testSpam = test.filter(({ isSpam }) => isSpam).map(({ text }) => text);
const inMasks = disguised(testSpam, 1);
const teamCaught = teamSays(inMasks).filter((p) => p > threshold).length;
result({
  ...about,
  name: "spam with every word disguised: caught",
  value: (100 * teamCaught) / testSpam.length,
  unit: "%",
  expected: isSms ? [80, 100] : [0, 100],
  baseline: { name: "naive Bayes", value: blockedByBayes(inMasks) },
});

// %% [markdown]
// ## Mails
//
// Mails are longer than short messages, and there are more kinds of them. We read their first 300 characters, with a word reader; and, as in lesson 12, naive Bayes has its say with an exponent $a$ that the dev mails choose.

// %%
const [mailTrain, mailDev] = [part(mails.train), part(mails.dev)];
const mailTest = part(mails.test);
const mailBayes = naiveBayes(
  mailTrain.map(({ text }) => splitWords(text)),
  mailTrain.map(labelOf),
);
const mailReader = readerOf("words of mails", 1);
const mailSeconds = await learn(mailReader, mailTrain, 2);

// %%
function mailSays(rows: Rows, a: number): boolean[] {
  const network = beliefs(
    mailReader,
    rows.map(({ text }) => text),
  );
  return rows.map(({ text }, i) => {
    const counted = mailBayes.probabilities(splitWords(text));
    const [ham, spam] = [0, 1].map((k) => counted[mailBayes.classes.indexOf(k)]! ** a);
    return network[i]! * spam! > (1 - network[i]!) * ham!;
  });
}

// %%
const exponents = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 1];
const byExponent = exponents.map((a) => mccOf(mailDev, mailSays(mailDev, a)));
const a = exponents[byExponent.indexOf(Math.max(...byExponent))]!;
const mailCurve = [{ name: "dev", x: exponents, y: byExponent }];
display(plot.curves(mailCurve, { x: "exponent a", y: "MCC", title: `best: a = ${a}` }));

// %%
const mailBaseline = mailTest.map(({ text }) => mailBayes.guess(splitWords(text)) === 1);
result({
  ...about,
  name: "MCC on unseen mails: a GRU on words, with naive Bayes",
  value: mccOf(mailTest, mailSays(mailTest, a)),
  expected: [0.85, 1],
  seconds: mailSeconds,
  baseline: { name: "naive Bayes", value: mccOf(mailTest, mailBaseline) },
  data: mails.name,
});

// %% [markdown]
// ## Try your own
//
// Write a message, and disguise what you like. The curve says how probable spam is after each byte pair, and the colours which of them it would miss: a piece is orange where hiding it makes the message look less like spam. The last two examples are the first two in disguise.

// %%
const unknown = vocabularies["byte pairs"].special.unk!;
const holesIn = (ids: readonly number[]) => ids.map((_, t) => ids.with(t, unknown));
function averaged(sequences: readonly (readonly number[])[]): number[] {
  const { tokens, lengths } = padded(sequences);
  const each = team.map(({ model, weights }) =>
    softmax(model.logits(weights, tokens, { lengths })),
  );
  return sequences.map((_, i) =>
    each.reduce((sum, p) => sum + p.at(i, 1) / each.length, 0),
  );
}

// %%
function answer(text: string) {
  const ids = Array.from(encode("byte pairs", text));
  if (ids.length === 0) return "nothing to read yet";
  const [begun, hidden] = [ids.map((_, t) => ids.slice(0, t + 1)), holesIn(ids)];
  const after = averaged(begun);
  const whole = after.at(-1)!;
  const shown = ids.map((id) => vocabularies["byte pairs"].token(id));
  const missing = averaged(hidden).map((p) => whole - p);
  return [
    `${whole > threshold ? "spam" : "ham"}: ${(100 * whole).toFixed(1)} % spam`,
    plot.curves([{ name: "spam", y: after }], { x: "byte pair", y: "probability" }),
    plot.words(shown, missing, { title: "hiding", between: "", says: "lowers it by" }),
  ];
}

// %%
import { tryText } from "unroll";

tryText({
  title: "Spam or ham?",
  label: "A short message",
  examples: [
    "Free entry! Win a cash prize, call now",
    "I am free tonight, shall we go for a pizza?",
    "Fr.ee en7ry! W1n a c a s h pr1ze, c.all n0w",
    "I am fr.ee t0n1gh7, shall we g o for a p1zza?",
  ],
  answer,
});

// %% [markdown]
// ## What to take along
//
// - Where one class is rare, **accuracy** measures how rare it is. Use **F1** and **MCC**, and say what a filter that does nothing would get.
// - **Words, byte pairs, characters**: the smaller the token, the longer the sequence, and the less is unknown. Byte pairs are mostly the best bargain.
// - A word that is written in another way is another word to whoever counts words. Its pieces are still there.
// - A model that catches a disguise may see through it, or only smell it. **A control tells**: disguise what is innocent. Train on both kinds in disguise, and it must learn to read.
// - The **threshold** is a choice. Make it on dev, by the measure that counts.
//
// **Known good:** byte pairs with 500 merges, embedding 32, two GRUs with 32 units, largest value over all tokens, dropout 0.2, word dropout 0.05, Adam with 0.005 falling to 0, five epochs of batches of 32, three where there are twice as many messages.
//
// **Try:** 50 merges, or 3,000. Capital letters (leave out `toLowerCase`): do they help? Give the word reader pairs of words. Let ham cost ten times as much as spam, and choose the threshold by that.
//
// **Read:** Almeida, Gómez Hidalgo & Yamakami (2011), *Contributions to the study of SMS spam filtering*, for the messages. Graham (2002), *A plan for spam*, on how counting words came into mail. Sennrich, Haddow & Birch (2016), *Neural machine translation of rare words with subword units*, for byte pairs. Chicco & Jurman (2020), *The advantages of the Matthews correlation coefficient over F1 score and accuracy*, on what to measure.
