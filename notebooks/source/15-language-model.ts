// %% [markdown]
// # 15 · Language models
//
// **You will be able to** say what a language model computes, and how the probability of a text is a product of such answers; measure one in nats and perplexity, beside a model that only counts; train one on a text without end, with truncated BPTT and a state that is carried; let it write, at a temperature, from the top k or from the nucleus; find units that know where a line ends or whether a quotation is open.
//
// **Time:** 2 minutes to run on two cores, 90 to understand. **Needs:** lessons 3, 7 and 8. **Data:** tiny Shakespeare, 1,115,394 characters (W. Shakespeare, selected by A. Karpathy; public domain); the Brown corpus, a million words of 1961 (W. N. Francis and H. Kučera; redistribution permitted); agreement, beginnings of sentences cut from UD English EWT 2.16 (CC BY-SA 4.0).
//
// ## It writes
//
// A **language model** reads a text and says, after every letter, how probable each letter is as the next one. From this alone it can write: draw a letter, read it, draw the next one. Beside this notebook lie the weights of such a network, a GRU of 640 units that was trained for longer than a lesson may. So it can write at once.

// %%
import { restoreVocabulary } from "unroll";

const alphabet = " etoahsrni\nldumy,wfcgIbp:v.AkTE'ONRSLC;WUHMBG?D!F-YKPVjqxzJQZX3&$";
const kind = "characters";
const stored = { kind, special: [], tokens: [...alphabet], graphemes: false } as const;
const letters = restoreVocabulary(stored);

// %%
import { gru, languageModel, random, storedWeights } from "unroll";

const player = languageModel(65, gru(65, 640));
const playerWeights = player.init(random(1));
const isTrained = storedWeights("15-shakespeare", playerWeights) !== undefined;
console.log(isTrained ? "trained" : "not trained: it will write nonsense");

// %% [markdown]
// `goOn` reads a beginning, and then hands out one drawn letter after the other. Watch it. (Its first lines are what it makes of “ROMEO:”. It has learned nothing but which letter comes next.)

// %%
import { asDecoder, type SamplingOptions, sampleSteps, Tokens } from "unroll";

type Writing = SamplingOptions & { maxLength?: number; seed?: number };
function goOn(beginning: string, { maxLength = 300, seed = 1, ...how }: Writing = {}) {
  const ids = letters.encode(`\n${beginning}`);
  const before = new Tokens(ids.length - 1, 1, ids.slice(0, -1));
  const decoder = asDecoder(
    player,
    playerWeights,
    player.finalState(playerWeights, before),
  );
  const begin = ids.at(-1)!;
  return sampleSteps(decoder, { begin, maxLength, random: random(seed), ...how });
}

// %%
import { live, quick } from "unroll";

let written = "ROMEO:\n";
const sheet = live(() => written, { every: 20 });
for (const { token } of goOn(written, {
  temperature: 0.7,
  maxLength: quick ? 50 : 400,
})) {
  written += letters.token(token);
  sheet.update();
  await new Promise((next) => setTimeout(next, 15));
}

// %% [markdown]
// ## p(next | before)
//
// What did it draw from? After each letter there are 65 probabilities, a softmax over what the state says:
//
// $$p(x_{t+1} \mid x_0 \dots x_t) = \mathrm{softmax}(h_t W_{hy} + b_y), \qquad h_t = \mathrm{cell}(E[x_t],\, h_{t-1})$$
//
// In words: all that was read is in the state $h_t$, and the next letter is read out of it. (↵ is the end of a line, ␣ a blank.) Move the slider through the beginning of a sentence, and guess before you look. Where is it sure, and where not?

// %%
import { display, plot, softmax } from "unroll";

const sentence = "My lord, I will not go";
const readIds = letters.encode(`\n${sentence}`);
const readLogits = player.logits(playerWeights, new Tokens(readIds.length, 1, readIds));
const after = readLogits.data.length / 65;
const probabilities = Array.from(
  { length: after },
  (_, t) => softmax(readLogits.at(t)).toRows()[0]!,
);
const sign = (id: number) => letters.token(id).replace("\n", "↵").replace(" ", "␣");

// %%
const pages = probabilities.map((row, t) => {
  const likely = row.map((p, id) => ({ p, id })).sort((a, b) => b.p - a.p);
  const named = likely.slice(0, 8).map(({ p, id }) => [`“${sign(id)}”`, p] as const);
  const title = `after “↵${sentence.slice(0, t)}”`;
  return plot.bars(Object.fromEntries(named), { y: "p(next | before)", title });
});
const places = [...`↵${sentence}`].map((letter, t) => `${t} ${letter.replace(" ", "␣")}`);
display(plot.withSlider(pages, { by: "after letter", names: places }));

// %% [markdown]
// ## A text is a product
//
// How probable is a whole text? The first letter must come, and then, after it, the second, and so on:
//
// $$p(x_1 \dots x_m \mid x_0) = \prod_{t=1}^{m} p(x_t \mid x_0 \dots x_{t-1})$$
//
// So nothing new must be learned: one number from each step, multiplied. Here is the product, letter by letter, for a sonnet that is **not** in the data. The darker, the more probable the letter was when its turn came. Look where it is light: at the first letters of words. Inside a word, it soon knows.

// %%
const sonnet = `Shall I compare thee to a summer's day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer's lease hath all too short a date:
`;
const sonnetIds = letters.encode(`\n${sonnet}`);
const [m, sonnetTokens] = [sonnet.length, new Tokens(sonnetIds.length, 1, sonnetIds)];
const sonnetLogits = player.logits(playerWeights, sonnetTokens);
const p = Array.from({ length: m }, (_, t) =>
  softmax(sonnetLogits.at(t)).at(0, sonnetIds[t + 1]!),
);
display(plot.firing(sonnet, p, { title: "p of each letter, when it came" }));

// %% [markdown]
// The product itself is a very small number: that is no fault of the text, there are so many texts. Computers add logarithms instead. And to compare long texts with short ones, we take the mean: **nats a letter**, the cross-entropy. $e$ to the power of that is the **perplexity**: among how many equally probable letters it is as undecided.
//
// $$\log p = \sum_t \log p(x_t \mid \dots), \qquad E = -\tfrac{1}{m}\log p, \qquad \text{perplexity} = e^{E}$$
//
// There are 65 characters. Among how many is the network as undecided in the sonnet, on average?

// %%
import { predict } from "unroll";

const undecided = predict("Perplexity of the sonnet, of at most 65?", 20, {
  unit: "letters",
});

// %%
const logP = p.map(Math.log).reduce((sum, log) => sum + log, 0);
const [logProduct] = player.logProbability(playerWeights, sonnetTokens);
const digits = Math.ceil(-logP / Math.LN10);
console.log(`p = 1 in a number of ${digits} digits; log p = ${logP.toFixed(2)}`);
console.log(`the same from the library: ${logProduct!.toFixed(2)}`);
console.log(`${(-logP / m).toFixed(3)} nats a letter`);
undecided.reveal(Math.exp(-logP / m));

// %% [markdown]
// Letter by letter, log p falls by −log p of each letter: a staircase with high steps where a word begins.

// %%
let sum = 0;
const soFar = p.map((value) => {
  sum += Math.log(value);
  return sum;
});
const stairs = { name: "log p of the text so far", y: soFar };
display(plot.curves([stairs], { x: "letter", y: "log p", title: "a product, as a sum" }));

// %% [markdown]
// **Exercise 15.1.** From the probabilities that each token of a text had when it came, compute the text's perplexity.

// %%
import { check } from "unroll";

function perplexityOf(_p: number[]): number {
  return Number.NaN; // your turn
}
check("15.1", perplexityOf);

// %% [markdown]
// <details><summary>Solution of 15.1</summary>
//
// ```ts
// function perplexityOf(p: number[]): number {
//   const sum = p.reduce((total, value) => total + Math.log(value), 0);
//   return Math.exp(-sum / p.length);
// }
// ```
//
// </details>
//
// ## Counting
//
// Before we train anything: how far does one get by counting? An **n-gram model** looks at the last n − 1 letters, and asks what followed them in the text that it has seen. First the data. If the pack is not there, what follows runs on the Brown corpus, the numbers are others, and the lesson's results are not judged.

// %%
import { type BrownSentence, brown, hasData, prose, tinyShakespeare } from "unroll";

const plays = hasData("tiny-shakespeare");
const data = plays ? tinyShakespeare() : brown();
display(data);

// %%
import { characterVocabulary } from "unroll";

const lines = (row: string | BrownSentence) =>
  typeof row === "string" ? row : `${prose(row.words)}\n`;
const most = quick ? 30_000 : 1_000_000;
const asText = (rows: readonly (string | BrownSentence)[]) =>
  rows.map(lines).join("").slice(0, most);
const [trainText, devText, testText] = [data.train, data.dev, data.test].map(asText) as [
  string,
  string,
  string,
];
const symbols = characterVocabulary([trainText, devText, testText]);
console.log(`${symbols.size} characters; the train part begins:`);
console.log(trainText.slice(0, 250));

// %% [markdown]
// A context of many letters says much, if it was ever seen. One of few letters was surely seen. So models of different length are mixed: a long context speaks, and a part of its vote it hands down to the shorter one:
//
// $$p_k(x \mid h) = \frac{c(h, x) + u(h)\; p_{k-1}(x \mid h')}{c(h) + u(h)}$$
//
// In words: $h$ was seen $c(h)$ times, $c(h, x)$ times with $x$ behind it, and $u(h)$ **different** letters came behind it. Where many different ones came, another new one is likely: so the shorter context $h'$ gets $u(h)$ votes (Witten & Bell 1991). The shortest context of all hands down to $p_0 = 1/V$.
//
// **Exercise 15.2.** Write that mixture. `shorter` is what the shorter context says, $p_{k-1}(x \mid h')$.

// %%
function mixed(_count: number, _total: number, _types: number, _shorter: number): number {
  return Number.NaN; // your turn
}
check("15.2", mixed);

// %% [markdown]
// <details><summary>Solution of 15.2</summary>
//
// ```ts
// function mixed(count: number, total: number, types: number, shorter: number): number {
//   return (count + types * shorter) / (total + types);
// }
// ```
//
// </details>
//
// The longer the context, the better? We count with n = 1, 2, … 8 on the train part, and measure on the dev part.

// %%
const bestOrder = predict("Which n is best on unseen text?", 8, { unit: "letters" });

// %%
import { nGram } from "unroll";

const orders = quick ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8];
const [trainIds, devIds] = [symbols.encode(trainText), symbols.encode(devText)];
const counting = orders.map((order) =>
  nGram(trainIds, { order, vocabularySize: symbols.size }),
);
const onSeen = counting.map((model) => model.nats(trainIds.subarray(0, 50_000)));
const onUnseen = counting.map((model) => model.nats(devIds));
const countingBest = orders[onUnseen.indexOf(Math.min(...onUnseen))]!;
bestOrder.reveal(countingBest);

// %%
const seenAndUnseen = [
  { name: "text it has counted", x: orders, y: onSeen },
  { name: "unseen text (dev)", x: orders, y: onUnseen },
];
const nats = "nats a character";
display(plot.curves(seenAndUnseen, { x: "n", y: nats, title: "n-gram models" }));
const known = counting.map(({ order, contexts }) => `${order}: ${contexts}`);
console.log(`contexts that it has counted, by n: ${known.join(", ")}`);
console.log(
  `best on dev: n = ${countingBest}, ${Math.min(...onUnseen).toFixed(3)} ${nats}`,
);

// %% [markdown]
// What it has seen, it knows better and better, and soon by heart. Unseen text is another matter: the number of contexts explodes, most of them were seen once or never, and what was seen once says little. That is the wall that every table runs into: to it, two contexts that differ in one letter have nothing in common. A network has a state in the place of the context, in which similar things can be near each other.
//
// How do they write? Each line is what one model makes from the same random numbers.

// %%
import { sample, table } from "unroll";

const rows = counting.map((model) => {
  const decoder = asDecoder(model, {}, model.initialState(1));
  const how = { begin: symbols.id("\n"), maxLength: 70, random: random(3) };
  const [line] = sample(decoder, how);
  return {
    n: model.order,
    "it writes": symbols.decode(line!.tokens).replaceAll("\n", " / "),
  };
});
display(table(rows, { title: "written by counting" }));

// %% [markdown]
// ## A text without end
//
// How do we train a network on a text of a million letters? BPTT over all of them is out of the question (lesson 3). So:
//
// - The text is cut into B **streams**, as long as each other, read side by side: the batch.
// - Each stream is cut into **windows** of T letters. Gradients go back through one window: truncated BPTT.
// - The **state is carried**: a window begins with the state in which the one before it ended. What was read long ago can still be known; only blame is not sent back that far.
//
// So the windows must come in order, and must not be shuffled.
//
// **Exercise 15.3.** A text has N letters, the last of which is only a target. At which letter (0, 1, …) begins window `window` of stream `stream`?

// %%
function windowStart(
  _N: number,
  _B: number,
  _T: number,
  _stream: number,
  _window: number,
): number {
  return Number.NaN; // your turn
}
check("15.3", windowStart);

// %% [markdown]
// <details><summary>Solution of 15.3</summary>
//
// ```ts
// function windowStart(N: number, B: number, T: number, stream: number, window: number): number {
//   return stream * Math.floor((N - 1) / B) + window * T;
// }
// ```
//
// </details>
//
// Is the carrying worth it? Two networks, the same but for this: one begins each window with what it knows, the other with nothing. The windows are short here, 16 letters, so that it matters.

// %%
import { adam, carried, languageModelStream, linearDecay, train } from "unroll";

const small = languageModel(symbols.size, gru(symbols.size, 96));
const some = trainIds.subarray(0, quick ? 10_000 : 400_000);
const short = languageModelStream(some, { batch: 32, steps: 16 });
const inOrder = { batchSize: 1, shuffle: false, clipNorm: 1, schedule: linearDecay() };
async function learn(carry: boolean, see: (step: number, loss: number) => void) {
  const weights = small.init(random(1));
  const model = carry ? carried(small, { stream: true }) : small;
  const onStep = (now: { step: number; loss: number }) => see(now.step, now.loss);
  const optimizer = adam({ learningRate: 0.005 });
  await train(model, weights, short, { ...inOrder, optimizer, random: random(2), onStep });
  return weights;
}

// %%
const two = ["state carried", "every window from nothing"].map((name) => {
  return { name, x: [] as number[], y: [] as number[] };
});
const race = live(() => plot.curves(two, { x: "step", y: nats, title: "windows of 16" }));
const pair = [];
for (const [i, { x, y }] of two.entries()) {
  const last: number[] = [];
  const see = (step: number, loss: number) => {
    if (last.push(loss) < 20) return;
    x.push(step);
    y.push(last.splice(0).reduce((sum, value) => sum + value, 0) / 20);
    race.update();
  };
  pair.push(await learn(i === 0, see));
}

// %%
const unseenWindows = languageModelStream(devIds, { batch: 8, steps: 16 });
const grid = pair.map((weights, i) => {
  const read = (stream: boolean) =>
    Math.log(small.perplexity(weights, unseenWindows, { stream }));
  return {
    trained: two[i]!.name,
    "read with the state carried": read(true),
    "read from nothing": read(false),
  };
});
display(table(grid, { title: `unseen text, ${nats}` }));

// %% [markdown]
// The best place is above on the left: carried in training and in use. The first letters of a window are cheap only for who knows what stood before it. Below on the left: a network that began every window from nothing gains less when the state is carried into it afterwards. It has never met the states in which it now finds itself.
//
// **Think:** gradients go back 16 letters at most. Can the first network have learned to remember something for 40 letters?
// <details><summary>Answer</summary>Yes, if what must be done is the same at every step. That a gate stays open (lesson 7) can be learned from short distances, and then it keeps for long ones, too. What cannot be learned is something that pays only after more than 16 letters.</details>
//
// ## Training
//
// Now the network of this lesson: a GRU of 256 units, windows of 64 letters, four times through the text. How it is trained was chosen on the dev part, trained on the train part. The network below learns from both, and is then measured, once, on the **test** part: the last tenth. So is the counting.

// %%
import { liveTraining } from "unroll";

const bothIds = symbols.encode(trainText + devText);
const stream = languageModelStream(bothIds, { batch: 32, steps: 64 });
const writer = languageModel(symbols.size, gru(symbols.size, 256));
const writerWeights = writer.init(random(1));
const training = await train(carried(writer, { stream: true }), writerWeights, stream, {
  ...inOrder,
  epochs: quick ? 1 : 4,
  optimizer: adam({ learningRate: 0.003 }),
  random: random(2),
  ...liveTraining({ title: "letters", loss: nats }),
});

// %%
const testIds = symbols.encode(testText);
const testWindows = languageModelStream(testIds, { batch: 8, steps: 256 });
const measured = Math.log(writer.perplexity(writerWeights, testWindows, { stream: true }));
const fiveGram = nGram(bothIds, { order: 5, vocabularySize: symbols.size }).nats(testIds);
const oneGram = nGram(bothIds, { order: 1, vocabularySize: symbols.size }).nats(testIds);
const beside = { "1-gram": oneGram, "5-gram": fiveGram, "GRU, 256 units": measured };
const published = plays ? { published: 1.4697 } : {};
const heading = { y: nats, title: "the last tenth", baseline: fiveGram, ...published };
display(plot.bars(beside, heading));

// %%
import { result } from "unroll";

const headline = {
  lesson: "15-language-model",
  name: "tiny Shakespeare, last 10 %, GRU of 256 units",
  value: measured,
  unit: nats,
  expected: [1.51, 1.61] as const,
  seconds: training.seconds,
  baseline: { name: "5-gram", value: fiveGram },
  published: { source: "Karpathy 2022, nanoGPT (10 million weights)", value: 1.4697 },
  data: data.name,
};
if (plays) result({ ...headline, headline: true });
else console.log(`${measured.toFixed(3)} ${nats} on ${data.name}, not judged`);

// %% [markdown]
// The dotted line is what a Transformer with ten million weights reaches on the same tenth (Karpathy 2022, nanoGPT, three minutes on a large GPU). Mind that it was measured on pieces of 256 letters, each read from nothing; our GRU carries its state through the whole tenth. What does our GRU lack? Time and size: the network that wrote at the top of this lesson had more of both. It is two networks, in truth. Each learned alone, with a tenth of its outputs missing, others at each step (`dropout`), so that it does not learn the text by heart. Then the two were written side by side, as one GRU: between the halves all weights are 0, and its logits are the mean of theirs. Two that learned apart do not err in the same places. This is what is stored of it:

// %%
import { longRun } from "unroll";

longRun("15-shakespeare");

// %% [markdown]
// ## Choosing letters
//
// The model gives probabilities. What to do with them is up to us:
//
// - **Temperature** τ: divide the logits by τ before the softmax. Below 1, the probable becomes more probable. At 0, only the most probable letter is left.
// - **Top k**: draw among the k most probable letters only.
// - **Nucleus**, or top p: draw among the fewest letters that have the share p of the probability together. Where the model is sure, these are few; where it is not, many.
//
// Move the slider: what each makes of the letters after “The king ”.

// %%
import { samplingProbabilities } from "unroll";

const kingIds = letters.encode("\nThe king ");
const kingLogits = player
  .logits(playerWeights, new Tokens(kingIds.length, 1, kingIds))
  .at(kingIds.length - 1);
const hows: Record<string, SamplingOptions> = {
  "as they are": {},
  "τ = 0.5": { temperature: 0.5 },
  "τ = 1.5": { temperature: 1.5 },
  "τ = 0": { temperature: 0 },
  "top 5": { topK: 5 },
  "nucleus 0.8": { topP: 0.8 },
};

// %%
const plain = softmax(kingLogits).toRows()[0]!;
const order = [...plain.keys()].sort((a, b) => plain[b]! - plain[a]!).slice(0, 16);
const cuts = Object.entries(hows).map(([name, how]) => {
  const row = samplingProbabilities(kingLogits, how).toRows()[0]!;
  const named = order.map((id) => [`“${sign(id)}”`, row[id]!] as const);
  return plot.bars(Object.fromEntries(named), { y: "drawn with", title: name });
});
display(plot.withSlider(cuts, { by: "", names: Object.keys(hows) }));

// %% [markdown]
// **Exercise 15.4.** The same from probabilities: make them those at temperature τ.

// %%
function tempered(_p: number[], _tau: number): number[] {
  return [Number.NaN]; // your turn
}
check("15.4", tempered);

// %% [markdown]
// <details><summary>Solution of 15.4</summary>
//
// ```ts
// function tempered(p: number[], tau: number): number[] {
//   const raised = p.map((value) => value ** (1 / tau));
//   const total = raised.reduce((sum, value) => sum + value, 0);
//   return raised.map((value) => value / total);
// }
// ```
//
// </details>
//
// **Exercise 15.5.** How many tokens has the nucleus: the fewest that have the share `share` of the probability together?

// %%
function nucleusSize(_p: number[], _share: number): number {
  return Number.NaN; // your turn
}
check("15.5", nucleusSize);

// %% [markdown]
// <details><summary>Solution of 15.5</summary>
//
// ```ts
// function nucleusSize(p: number[], share: number): number {
//   const sorted = [...p].sort((a, b) => b - a);
//   let [inside, total] = [0, 0];
//   while (inside < sorted.length && total < share) total += sorted[inside++]!;
//   return inside;
// }
// ```
//
// </details>
//
// **Misconception:** *“The best text is the most probable one: take the most probable letter each time.”* Let us see. Move the slider from τ = 0 upwards. The colour is how probable the letter was. (/ is the end of a line.)

// %%
const temperatures = [0, 0.3, 0.5, 0.7, 0.9, 1.1, 1.4];
const length = quick ? 60 : 250;
const texts = temperatures.map((temperature) => {
  const drawn = [...goOn("The king ", { temperature, maxLength: length, seed: 4 })];
  const text = drawn.map(({ token }) => letters.token(token).replace("\n", "/"));
  return { text, p: drawn.map(({ token, probabilities: p }) => p[token]!) };
});
const sheets = texts.map(({ text, p: sure }, i) =>
  plot.firing(text, sure, { columns: 50, title: `τ = ${temperatures[i]}` }),
);
display(plot.withSlider(sheets, { by: "temperature", names: temperatures.map(String) }));

// %% [markdown]
// Now with numbers. We let it write longer at each temperature, and measure two things: how many of its **words** are words of the data, and how many of its pieces of 12 letters are **new**, and not a repetition of itself.

// %%
const dictionary = new Set(sonnet.split(/[^A-Za-z']+/));
for (const word of (trainText + devText).split(/[^A-Za-z']+/)) dictionary.add(word);
const judged = temperatures.map((temperature) => {
  const how = { temperature, maxLength: quick ? 100 : 1500, seed: 5 };
  const text = letters.decode([...goOn("The king ", how)].map(({ token }) => token));
  const words = text.split(/[^A-Za-z']+/).filter(Boolean);
  const pieces = Array.from({ length: text.length - 12 }, (_, i) => text.slice(i, i + 12));
  const real = words.filter((word) => dictionary.has(word)).length / words.length;
  return { real: 100 * real, fresh: (100 * new Set(pieces).size) / pieces.length };
});

// %%
const measures = [
  { name: "real words", x: temperatures, y: judged.map(({ real }) => real) },
  { name: "new pieces", x: temperatures, y: judged.map(({ fresh }) => fresh) },
];
const whatChanges = "what the temperature does";
display(plot.curves(measures, { x: "temperature", y: "%", title: whatChanges }));
console.log(
  temperatures.map((t, i) => `τ ${t}: ${judged[i]!.fresh.toFixed(0)} % new`).join(", "),
);

// %% [markdown]
// At τ = 0 nearly all words are right, and it says the same again and again: the most probable letter leads to the most probable phrase, and that leads back to itself. High temperatures are always new, and soon no language. In between lies what people like to read. A text by a person is **not** the most probable one either: now and then it takes an improbable turn (Holtzman et al. 2020).
//
// ## What its units know
//
// To say what comes next, it helps to know where one is: how long the line already is, or whether a quotation is open. Nobody told the network. Does it know? Karpathy, Johnson & Fei-Fei (2015) looked at the units of such networks one by one, and found some that a person can understand. We let the computer look: for each unit, the **correlation** of its value with a property of the text, letter by letter. The best unit is chosen on one half of an unseen text, and its correlation, r, is measured on the other half.

// %%
import { correlation, type Matrix } from "unroll";

function bestUnit(states: Matrix, property: number[]) {
  const { rows } = states;
  const half = Math.floor(rows / 2);
  const here = correlation(states.rowRange(0, half), property.slice(0, half)).map(Math.abs);
  const unit = here.indexOf(Math.max(...here));
  const column = states.columns(unit, unit + 1);
  const there = correlation(column.rowRange(half, rows), property.slice(half))[0]!;
  const sign = Math.sign(there); // orange shall be where the property is high
  const values = Array.from({ length: rows }, (_, t) => sign * column.at(t, 0));
  return { unit, sign, r: Math.abs(there), values, half };
}

// %% [markdown]
// First, the length of the line, in Shakespeare. (Without the pack, what the network itself writes takes the place of the unseen text.)

// %%
const ownWords = () => [...goOn("KING:", { maxLength: quick ? 300 : 4000 })];
const stage = plays
  ? testText.slice(0, quick ? 2000 : 20_000)
  : letters.decode(ownWords().map(({ token }) => token));
const stageIds = letters.encode(stage);
const stageStates = player
  .states(playerWeights, new Tokens(stageIds.length, 1, stageIds))
  .flat();
let since = 0;
const inLine = [...stage].map((letter) => {
  since = letter === "\n" ? 0 : since + 1;
  return since;
});
const lineUnit = bestUnit(stageStates, inLine);

// %% [cover]
const from = stage.indexOf("\n", lineUnit.half + 40) + 1;
const excerpt = stage.slice(from, from + 420);
const lineValues = lineUnit.values.slice(from, from + 420);
const counter = `unit ${lineUnit.unit} counts letters in the line (r = ${lineUnit.r.toFixed(2)})`;
display(plot.firing(excerpt, lineValues, { title: counter }));

// %% [markdown]
// Quotations are not to be found in Shakespeare's plays. So here is a second network, trained in the same way on the prose of the Brown corpus, one sentence a line. In what it reads, an opening and a closing quotation mark look the same. So to know which is meant, it must remember.

// %%
const keys = Array.from({ length: 95 }, (_, k) => String.fromCharCode(32 + k));
const typewriter = characterVocabulary(["\n", ...keys]);
const typist = languageModel(typewriter.size, gru(typewriter.size, 400));
const typistWeights = typist.init(random(1));
storedWeights("15-brown", typistWeights);
longRun("15-brown");

// %%
const sentences = brown().test.slice(0, quick ? 400 : 800);
const story = sentences.map(({ words }) => `${prose(words)}\n`).join("");
const storyIds = typewriter.encode(story);
const storyTokens = new Tokens(storyIds.length, 1, storyIds);
const storyStates = typist.states(typistWeights, storyTokens).flat();
let open = false;
const quoted = [...story].map((letter) => {
  if (letter === '"') open = !open;
  if (letter === "\n") open = false;
  return Number(open);
});
const quoteUnit = bestUnit(storyStates, quoted);

// %%
const opens = Math.max(60, quoted.indexOf(1, quoteUnit.half + 100)) - 60;
const quoteValues = quoteUnit.values.slice(opens, opens + 420);
const knows = `unit ${quoteUnit.unit}: is a quotation open? (r = ${quoteUnit.r.toFixed(2)})`;
display(plot.firing(story.slice(opens, opens + 420), quoteValues, { title: knows }));

// %%
let bracket = 0;
const bracketed = [...story].map((letter) => {
  if ("()\n".includes(letter)) bracket = Number(letter === "(");
  return bracket;
});
const rareUnit = bestUnit(storyStates, bracketed);
console.log(`the best unit for brackets, ${rareUnit.unit}: r = ${rareUnit.r.toFixed(2)}`);

// %% [markdown]
// And brackets? The best unit for them hardly knows. The Brown corpus has few brackets, and what is rare pays little. In a language that is full of brackets, it should pay. So we make one up, of formulas, and train a small network on it for a few seconds. Then we look for a unit that knows how **deep** in brackets it is, and for one that knows whether the **innermost** one is square.

// %%
const dice = random(9);
const draw = (of: string) => of[Math.floor(of.length * dice())]!;
function formula(depth: number): string {
  if (depth > 5 || (depth > 0 && dice() < 0.45)) return draw("abcxyz");
  const [left, right] = [formula(depth + 1), formula(depth + 1)];
  return dice() < 0.3 ? `[${left},${right}]` : `(${left}${draw("+-*")}${right})`;
}
const expressions = Array.from({ length: quick ? 1000 : 20_000 }, () => formula(0));
const algebraText = expressions.join("\n");
const signs = characterVocabulary(algebraText);
const algebraIds = signs.encode(algebraText);
console.log(expressions.slice(0, 4).join("\n"));

// %%
const algebra = languageModel(signs.size, gru(signs.size, 64));
const algebraWeights = algebra.init(random(1));
const held = quick ? 5000 : 20_000;
const lessons = algebraIds.subarray(0, -held);
const algebraStream = languageModelStream(lessons, { batch: 32, steps: 32 });
const algebraTrainer = carried(algebra, { stream: true });
const algebraTraining = await train(algebraTrainer, algebraWeights, algebraStream, {
  ...inOrder,
  optimizer: adam({ learningRate: 0.01 }),
  random: random(2),
  ...liveTraining({ title: "formulas", loss: nats }),
});
console.log(`${algebraTraining.steps} steps`);

// %%
const newFormulas = [...algebraText.slice(-held)];
let brackets: string[] = [];
const inside = newFormulas.map((letter) => {
  if (letter === "\n") brackets = [];
  if ("([".includes(letter)) brackets.push(letter);
  if (")]".includes(letter)) brackets.pop();
  return { deep: brackets.length, square: Number(brackets.at(-1) === "[") };
});
const newTokens = new Tokens(held, 1, algebraIds.slice(-held));
const algebraStates = algebra.states(algebraWeights, newTokens).flat();

// %%
for (const what of ["deep", "square"] as const) {
  const property = inside.map((place) => place[what]);
  const { unit, r, values, half } = bestUnit(algebraStates, property);
  const title = `unit ${unit}: ${what} (r = ${r.toFixed(2)})`;
  const at = newFormulas.indexOf("\n", half) + 1;
  const excerptOf = newFormulas.slice(at, at + 260);
  const options = { title, columns: 60 };
  display(plot.firing(excerptOf, values.slice(at, at + 260), options));
}

// %% [markdown]
// Nobody asked for such units: the loss asked for letters, and this helped. But mind two things. A correlation of 1 would be a perfect detector, and these are not. And a property that no single unit shows may still be known, by many units together.
//
// ## Words
//
// The same with words as tokens: a little more than half of the Brown corpus's texts to train on, some of each kind, in small letters, with the 2,000 most frequent words (all others are `<unk>`). The embedding is the read-out, too (`tied`, Press & Wolf 2017). Half a minute of training:

// %%
import { wordVocabulary } from "unroll";

const inWords = (rows: readonly BrownSentence[]) =>
  rows.flatMap(({ words }) => [...words.map((word) => word.toLowerCase()), "<end>"]);
const corpus = brown();
const isTaken = ({ document }: BrownSentence) => Number(document.slice(2)) % 5 < 3;
const wordText = inWords(corpus.train.filter(isTaken).slice(0, quick ? 500 : undefined));
const lexicon = wordVocabulary([wordText], {
  special: ["unk"],
  maxSize: quick ? 100 : 2000,
});
const wordIds = lexicon.encode(wordText);
const unseenWords = lexicon.encode(inWords(corpus.test.slice(0, quick ? 100 : undefined)));
console.log(`${wordIds.length} words to train on, ${unseenWords.length} unseen ones`);

// %%
import { dropout, stacked } from "unroll";

const V = lexicon.size;
const reader = stacked(gru(128, 128), dropout(128, 0.2));
const byWord = languageModel(V, reader, { tied: true });
const byWordWeights = byWord.init(random(1));
const wordStream = languageModelStream(wordIds, { batch: 32, steps: 32 });
const wordTrainer = carried(byWord, { stream: true });
const wordTraining = await train(wordTrainer, byWordWeights, wordStream, {
  ...inOrder,
  optimizer: adam({ learningRate: 0.005 }),
  random: random(2),
  ...liveTraining({ title: "words", loss: "nats a word" }),
});

// %%
import { perplexity } from "unroll";

const wordWindows = languageModelStream(unseenWords, { batch: 8, steps: 64 });
const neural = byWord.perplexity(byWordWeights, wordWindows, { stream: true });
const tables = [2, 3, 5].map((order) => nGram(wordIds, { order, vocabularySize: V }));
const counted = tables.map((model) => perplexity(model.nats(unseenWords)));
const [bigram, trigram, fivegram] = counted as [number, number, number];
const perplexities = {
  "2-gram": bigram,
  "3-gram": trigram,
  "5-gram": fivegram,
  "GRU, 128 units": neural,
};
display(plot.bars(perplexities, { y: "perplexity", title: "words of unseen texts" }));

// %% [markdown]
// The network read its text once, and is ahead of the tables, which counted the same text. A table knows each word by its number alone. The network has an embedding: what it learns about one word, it can use for another one that is like it. But do the two err in the same places? Let both vote: we mix the probabilities of the 2-gram and of the network half and half, word by word.

// %%
const few = unseenWords.subarray(0, quick ? 500 : 10_000);
const fewLogits = byWord.logits(byWordWeights, new Tokens(few.length, 1, few));
const natsMixed = { "2-gram": 0, network: 0, "half and half": 0 };
for (let t = 0; t + 1 < few.length; t++) {
  const byNetwork = softmax(fewLogits.at(t)).at(0, few[t + 1]!);
  const byCounts = tables[0]!.probability(few.subarray(t, t + 1), few[t + 1]!);
  const share = 1 / (few.length - 1);
  natsMixed["2-gram"] -= share * Math.log(byCounts);
  natsMixed.network -= share * Math.log(byNetwork);
  natsMixed["half and half"] -= share * Math.log((byCounts + byNetwork) / 2);
}
const mixedWords = Object.entries(natsMixed).map(([name, e]) => [name, perplexity(e)]);
display(plot.bars(Object.fromEntries(mixedWords), { y: "perplexity", title: "a vote" }));

// %%
result({
  lesson: "15-language-model",
  name: "Brown corpus, 2,000 words, GRU of 128 units",
  value: neural,
  unit: "perplexity",
  expected: [42, 56],
  seconds: wordTraining.seconds,
  baseline: { name: "3-gram", value: trigram },
  data: corpus.name,
});

// %% [markdown]
// ## Far apart
//
// “The **keys** to the old wooden cabinet … **are**”: the verb agrees with a noun far before it, and other nouns stand between them. Nouns of the other number (the cabinet) are called **attractors**: who only looks at the last noun falls for them. Linzen, Dupoux & Goldberg (2016) asked whether an LSTM does. We ask it of real sentences: a GRU reads the beginning of one, letter by letter, and says whether the verb will be singular or plural. Two baselines: always the more frequent answer, and a rule that looks at the last word alone: plural if it ends in “s”.

// %%
import { type Agreement, agreement } from "unroll";

const beginnings = hasData("agreement") ? agreement() : undefined;
if (beginnings) display(beginnings);
else console.log("npx unroll data get agreement brings the data; this section is skipped");
const firstWords = ({ prefix }: Agreement) => `^${prefix.join(" ")}`.slice(-80);
const numberOf = ({ number }: Agreement) => number;
const part = quick ? 300 : undefined;
const toRead = beginnings?.train.slice(0, part) ?? [];
const toJudge = beginnings?.test.slice(0, part) ?? [];

// %%
import { classifier, embedding, labelledTexts } from "unroll";

const someLetters = { special: ["pad", "unk"] as const, minCount: 3 };
const marks = characterVocabulary(["a a a", ...toRead.map(firstWords)], someLetters);
const kinds = ["singular", "plural"];
const asExamples = (rows: readonly Agreement[]) =>
  labelledTexts(rows.map(firstWords), rows.map(numberOf), marks, kinds);
const judge = classifier(stacked(embedding(marks.size, 24), gru(24, 64)), 2);
const judgeWeights = judge.init(random(1));
let judgeSeconds = 0;
const learning = { epochs: quick ? 1 : 7, batchSize: 32, bucket: true, clipNorm: 1 };

// %%
if (beginnings) {
  const { seconds } = await train(judge, judgeWeights, asExamples(toRead), {
    ...learning,
    optimizer: adam({ learningRate: 0.005 }),
    schedule: linearDecay(),
    random: random(2),
    ...liveTraining({ title: "singular or plural" }),
  });
  judgeSeconds = seconds;
}

// %%
import { argmax } from "unroll";

function answered(row: Agreement): string {
  const { x, lengths } = asExamples([row]).batch([0]);
  return kinds[argmax(judge.logits(judgeWeights, x, { lengths }))[0]!]!;
}
const ruled = ({ prefix }: Agreement) =>
  /[^s]s$/.test(prefix.at(-1)!) ? "plural" : "singular";
const share = (rows: readonly Agreement[], answer: (row: Agreement) => string) =>
  (100 * rows.filter((row) => answer(row) === row.number).length) /
  Math.max(1, rows.length);
const answerers = { majority: () => "singular", "ends in s": ruled, GRU: answered };

// %%
const groups: Record<string, (row: Agreement) => boolean> = {
  all: () => true,
  "distance 0": ({ distance }) => distance === 0,
  "distance 1 to 3": ({ distance }) => distance >= 1 && distance <= 3,
  "distance 4 or more": ({ distance }) => distance >= 4,
  "no attractor": ({ attractors, distance }) => attractors === 0 && distance > 0,
  attractors: ({ attractors }) => attractors > 0,
};
const byGroup = Object.entries(groups).map(([group, belongs]) => {
  const rows = toJudge.filter(belongs);
  const of = Object.entries(answerers).map(([name, by]) => [name, share(rows, by)]);
  return { group, sentences: rows.length, ...Object.fromEntries(of) };
});
if (beginnings) display(table(byGroup, { title: "right, %, on the test part" }));

// %%
const asBars = byGroup.map((row) => {
  const values = Object.fromEntries(
    Object.keys(answerers).map((name) => [name, row[name]]),
  );
  const title = `${row.group}: ${row.sentences} sentences`;
  return plot.bars(values, { y: "right, %", baseline: byGroup[0]!.majority, title });
});
if (beginnings) display(plot.withSlider(asBars, { by: "", names: Object.keys(groups) }));

// %%
if (beginnings)
  result({
    lesson: "15-language-model",
    name: "number of the verb, from the sentence before it",
    value: byGroup[0]!.GRU,
    unit: "%",
    expected: [87, 95],
    seconds: judgeSeconds,
    baseline: { name: "always singular", value: byGroup[0]!.majority },
    data: beginnings.name,
  });

// %% [markdown]
// How many sentences a group has stands above its bars: of the hard ones there are few, so one sentence more or less is several per cent. In all, the GRU is better than both baselines. But look at the groups! Where the subject is the last word (distance 0), it is as good as the rule, and that is most sentences. Where there are attractors, it is hardly better than who looks at the last noun. What it has learned from 3,327 sentences is to read the number of a noun; to carry the right noun over others it has not learned. Linzen, Dupoux & Goldberg (2016) trained on about a million sentences, and there the LSTM made few errors, and more with each attractor. An average over easy cases hides such things: so look at the hard ones.
//
// ## Try your own
//
// Type a beginning, and the network from the top of this lesson goes on. In the first picture, the colour is its **doubt** before each letter (0: sure; 1: all letters alike). In the second, it is the unit that counts letters. Begin with a name in capitals and a colon, with a line of a poem, or with something that Shakespeare could never have said.

// %%
function look(text: string) {
  const ids = letters.encode(`\n${text}`);
  const x = new Tokens(ids.length, 1, ids);
  const [logits, states] = [
    player.logits(playerWeights, x),
    player.states(playerWeights, x),
  ];
  const doubt = Array.from(text, (_, t) => {
    const row = softmax(logits.at(t)).toRows()[0]!;
    return -row.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q) : 0), 0) / Math.log(65);
  });
  const { unit, sign } = lineUnit;
  const fires = Array.from(text, (_, t) => sign * states.at(t + 1).at(0, unit));
  return { doubt, fires };
}

// %%
import { tryText } from "unroll";

tryText({
  title: "Go on, Shakespeare",
  label: "A beginning",
  examples: ["JULIET:\nO ", "To be, or not to be", "My computer is "],
  answer: (beginning) => {
    const typed = [...beginning].filter((letter) => alphabet.includes(letter)).join("");
    const more = [...goOn(typed, { temperature: 0.7, maxLength: 160, seed: 2 })];
    const text = typed + letters.decode(more.map(({ token }) => token));
    const { doubt, fires } = look(text);
    const counts = plot.firing(text, fires, { title: `unit ${lineUnit.unit}` });
    return [text, plot.firing(text, doubt, { title: "doubt" }), counts];
  },
});

// %% [markdown]
// ## What to take along
//
// - A language model says p(next | before). A text's probability is the product of these, its cross-entropy the mean of −log p, its perplexity e to the power of that.
// - Counting is the baseline, and a good one. It ends where contexts become rare; a state does not.
// - A text without end is trained in windows, in order, with the state carried. Gradients end at the window; memory does not.
// - Which letter to take is our choice: at temperature 0 it repeats itself, at a high one it babbles; the nucleus cuts off what is improbable.
// - Single units can be read: the length of a line, an open quotation. Look for them by correlation, and measure on text that was not used to find them.
//
// **Known good:** letters: GRU of 256 units, embedding as wide as there are characters, batch 32, windows of 64, Adam at 0.003 falling to 0, gradients clipped at norm 1, no dropout for a few passes; longer: two networks of 320 units, dropout 0.1, 8 passes, the mean of their logits. Writing: temperature 0.7 … 0.9.
//
// **Try:** let the network of 256 units write (`writer` in the place of `player`). Train with windows of 16 and of 128 letters. Take the LSTM. Make holes in the recurrent weights while it learns (`weightDropped`): does it pay in so few passes? Give the 5-gram a vote in the place of the 2-gram. Look for a unit that knows of names in capitals.
//
// **Read:** Mikolov et al. (2010), *Recurrent neural network based language model*, where it began. Karpathy, Johnson & Fei-Fei (2015), *Visualizing and understanding recurrent networks*, for units that can be read. Holtzman et al. (2020), *The curious case of neural text degeneration*, for the nucleus. Linzen, Dupoux & Goldberg (2016), *Assessing the ability of LSTMs to learn syntax-sensitive dependencies*. Chen & Goodman (1999), *An empirical study of smoothing techniques for language modeling*, for counting done well.
