// %% [markdown]
// # 19 · Sequence to sequence
//
// **You will be able to** build an encoder–decoder and follow each of its steps; say what a single vector between the two cannot carry, and how attention gets around it; turn spelling into sound; tell teacher forcing from writing freely; and search with a beam.
//
// **Time:** 3 minutes to run on two cores, 50 to understand. **Needs:** lessons 7 and 8. **Data:** The CMU Pronouncing Dictionary, 124,791 English words with their sounds (Carnegie Mellon University; BSD 2-Clause).
//
// ## Two networks and a vector
//
// A tagger gives one answer for each word that it reads. A translation has no such order: it is shorter or longer than its source, and its first word may depend on the last one that was read. So we take two networks. The **encoder** reads the source to its end. Its last state goes through a matrix, $s_0 = h_S\,W + b$, and this is where the **decoder** begins. At each step the decoder reads the token that was written last, and says what comes next. It begins with the token `<begin>` and stops when it writes `<end>`.
//
// Three warm-ups, with digits: turn a number around, sort its digits, add two numbers. (Numbers that are added are written as one adds on paper, from the right: 71+64 is 17 + 46 and makes 36, which is 63.)

// %%
import { integer, type Random, random, table } from "unroll";

type Task = (n: number, next: Random) => [source: string, target: string];
const digits = (n: number, next: Random) =>
  Array.from({ length: n }, () => integer(next, 10)).join("");
const changed = (change: (digits: string[]) => string[]): Task => {
  return (n, next) => {
    const source = digits(n, next);
    return [source, change([...source]).join("")];
  };
};
const reversing = changed((list) => list.toReversed());
const sorting = changed((list) => list.toSorted());

// %%
import { display } from "unroll";

const adding: Task = (n, next) => {
  const [a, b] = [digits(n, next), digits(n, next)];
  const backwards = (text: string) => [...text].reverse().join("");
  return [`${a}+${b}`, backwards(String(Number(backwards(a)) + Number(backwards(b))))];
};
const some = Object.entries({ reversing, sorting, adding }).map(([task, make]) => {
  const [source, target] = make(4, random(1));
  return { task, source, target };
});
display(table(some));

// %% [markdown]
// Encoder and decoder are GRUs with 64 units. Sources have 1 to 10 digits; all are drawn at random, so that the test meets words it has hardly ever seen. (Of two numbers with two digits, which it will add, most pairs are seen in training.)

// %%
import { characterVocabulary, embedding, gru, stacked } from "unroll";

const alphabet = characterVocabulary("0123456789+", { special: ["pad", "begin", "end"] });
const encoder = stacked(embedding(alphabet.size, 16), gru(16, 64));

// %%
import { encoderDecoder, multiplicativeAttention } from "unroll";

function make(looks: boolean) {
  const attention = multiplicativeAttention(64, 64); // for the next section
  const options = looks ? { attention, asks: "after" as const } : undefined;
  return encoderDecoder(encoder, gru(16, 64), alphabet, options);
}
const bottleneck = make(false);
type Model = typeof bottleneck;

// %%
import { adam, linearDecay, liveTraining, quick, sentencePairs, train } from "unroll";

async function learn(model: Model, task: Task, most: number, title: string) {
  const next = random(1);
  const draw = () => task(1 + integer(next, most), next);
  const pairs = Array.from({ length: quick ? 2_000 : 20_000 }, draw);
  const weights = model.init(random(2));
  const how = { epochs: quick ? 1 : 3, batchSize: 64, bucket: true, clipNorm: 1 };
  const rates = { optimizer: adam({ learningRate: 0.005 }), schedule: linearDecay() };
  const options = { ...how, ...rates, random: random(3), ...liveTraining({ title }) };
  await train(model, weights, sentencePairs(pairs, alphabet, alphabet), options);
  return weights;
}

// %%
const start = performance.now();
const reversed = await learn(bottleneck, reversing, 10, "reversing, one vector");

// %% [markdown]
// ### Every step
//
// The encoder reads `4071`, digit by digit. Nobody asks it anything on the way. What stands in its last state is all that the decoder will get.

// %%
import { type EmbeddingWeights, padded, plot } from "unroll";

const source = padded([alphabet.encode("4071")]).tokens;
const { y: states } = encoder.forward(reversed.encoder, source);
const E = (reversed.encoder.layer0 as EmbeddingWeights).E;
const reading = [...source.ids].map((id, t) => ({
  x: E.rowRange(id, id + 1),
  h: states.at(t),
  token: alphabet.token(id),
}));
display(plot.unrolledGraph(reading, { title: "the encoder reads: means of its 64 units" }));

// %%
import { argmax, softmax } from "unroll";

const decoder = bottleneck.start(reversed, source);
function writeNext(state: typeof decoder.initialState, read: number) {
  const step = decoder.step(state, Int32Array.of(read));
  const p = softmax(step.logits).toRows()[0]!;
  const [said] = argmax(step.logits);
  const x = reversed.embedding.E.rowRange(read, read + 1);
  const node = { x, h: step.state.cell.h, y: p[said!]!, token: alphabet.token(read) };
  return { node, p, said: said!, state: step.state };
}

// %%
const writing = [writeNext(decoder.initialState, bottleneck.begin)];
while (writing.at(-1)!.said !== bottleneck.end && writing.length < 8) {
  const { state, said } = writing.at(-1)!;
  writing.push(writeNext(state, said));
}
const nodes = writing.map(({ node }) => node);
const drawing = { initialState: decoder.initialState.cell.h };
const certain = "the decoder writes; y is how certain it is";
display(plot.unrolledGraph(nodes, { ...drawing, title: certain }));

// %%
const told = writing.map(({ node, p }, i) => {
  const [best, second] = [...p.keys()].toSorted((a, b) => p[b]! - p[a]!);
  return {
    step: i + 1,
    reads: node.token,
    writes: alphabet.token(best!),
    "with probability": p[best!]!,
    "next best": alphabet.token(second!),
  };
});
display(table(told, { title: "4071, written backwards" }));

// %% [markdown]
// Below each node of the decoder stands what it reads: its own last word. The state changes at every step, as it has to know what is still to be written.
//
// ## The bottleneck
//
// The vector has 64 numbers, whatever is read. Does it hold ten digits? And what of texts longer than any in training? Of words of 10 digits, how many does it turn around without a mistake?

// %%
import { predict } from "unroll";

const tenDigits = predict("10 digits through one vector: how many are right?", 80, {
  unit: "%",
});

// %%
import { greedy } from "unroll";

type Trained = typeof reversed;
function write(model: Model, weights: Trained, sources: readonly string[]) {
  const { tokens, lengths } = padded(sources.map((text) => alphabet.encode(text)));
  const { begin, end } = model;
  return greedy(model.start(weights, tokens, { lengths }), { begin, end, maxLength: 24 });
}

// %%
function right(model: Model, weights: Trained, task: Task, n: number) {
  const tests = Array.from({ length: 100 }, (_, i) => task(n, random(1000 * n + i)));
  const sources = tests.map(([source]) => source);
  const texts = write(model, weights, sources).map(({ tokens }) => alphabet.decode(tokens));
  return texts.filter((text, i) => text === tests[i]![1]).length;
}

// %%
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const through = upTo(20).map((n) => right(bottleneck, reversed, reversing, n));
tenDigits.reveal(through[9]!);

// %% [markdown]
// **Attention** is the way around. The encoder leaves *all* of its states $k_1 … k_S$ lying there, and the decoder looks at them at each step. Its state is the question; each state of the encoder gets a score, a softmax makes weights of the scores, and the mean with these weights is the answer:
//
// $$e_s = h_t^\top W\,k_s, \qquad \alpha = \mathrm{softmax}(e), \qquad c_t = \sum_s \alpha_s\,k_s$$
//
// The next token is read from $h_t$ and $c_t$ side by side. Nothing has to be kept that can be looked up.
//
// **Exercise 19.1.** Write one look: scores are plain products (as if $W$ were 1), `query` has D numbers, `memory` has S rows of D. Return the context.

// %%
import { check } from "unroll";

function look(query: readonly number[], memory: readonly (readonly number[])[]): number[] {
  return []; // your turn: D numbers
}
check("19.1", look);

// %% [markdown]
// <details><summary>Solution of 19.1</summary>
//
// ```ts
// function look(query: readonly number[], memory: readonly (readonly number[])[]): number[] {
//   const scores = memory.map((k) => k.reduce((sum, value, j) => sum + value * query[j]!, 0));
//   const powers = scores.map((score) => Math.exp(score));
//   const total = powers.reduce((sum, power) => sum + power, 0);
//   return query.map((_, j) => memory.reduce((sum, k, s) => sum + (powers[s]! / total) * k[j]!, 0));
// }
// ```
//
// </details>
//
// The same GRUs, the same words, the same steps of training, and attention.

// %%
const looking = make(true);
const reversedLooking = await learn(looking, reversing, 10, "reversing, with attention");
const [example] = write(looking, reversedLooking, ["40715826"]);
const names = (text: string) => [...text];
const title = "where it looks while it turns around";
display(
  plot.attention(example!.attention!, {
    source: names("40715826"),
    target: example!.tokens.map((id) => alphabet.token(id)),
    title,
  }),
);

// %% [markdown]
// From right to left: nobody has told it so. Now all three tasks, with one vector and with attention, by length. Left of the longest that was trained the test asks for what was practised; right of it nothing was ever practised.

// %%
type Line = { name: string; x: number[]; y: number[] };
async function linesOf(task: Task, most: number, known: (Trained | undefined)[]) {
  const lines: Line[] = [];
  for (const [i, model] of [bottleneck, looking].entries()) {
    const name = model === looking ? "with attention" : "one vector";
    const weights = known[i] ?? (await learn(model, task, most, name));
    const x = upTo(2 * most);
    lines.push({ name, x, y: x.map((n) => right(model, weights, task, n)) });
  }
  return lines;
}

// %%
const byLength = [
  {
    name: "reversing",
    most: 10,
    lines: await linesOf(reversing, 10, [reversed, reversedLooking]),
  },
  { name: "sorting", most: 10, lines: await linesOf(sorting, 10, []) },
  { name: "adding", most: 2, lines: await linesOf(adding, 2, []) },
];

// %%
const figures = byLength.map(({ most, lines }) => {
  const title = `trained up to ${most} digits`;
  return plot.curves(lines, { x: "digits", y: "without a mistake, %", title });
});
const places = { by: "task:", names: byLength.map(({ name }) => name) };
display(plot.withSlider(figures, { ...places, title: "one vector against attention" }));
const warmSeconds = (performance.now() - start) / 1000;

// %%
const lengthRows = byLength.flatMap(({ name, most, lines }) =>
  lines.map((line) => ({
    task: name,
    decoder: line.name,
    "half of what was trained": line.y[most / 2 - 1]!,
    "all of it": line.y[most - 1]!,
    "one more": line.y[most]!,
    "twice as many": line.y.at(-1)!,
  })),
);
display(table(lengthRows, { title: "without a mistake, %" }));

// %% [markdown]
// Attention cures the bottleneck where there is one: ten digits are turned around without a mistake, of which one vector loses nearly all. Sorting had none: how many there are of each digit is less to keep than their order. And adding is not cured, as nothing needs to be looked up there that was forgotten; it has to be computed. Attention does **not** cure the other thing either: beyond the longest text of the training all break down. *Where* to look is learned, too, and a place that was never looked at was never learned.
//
// **Think:** sorting with attention, too, could ignore the places and look for digits. Why may it last a little longer beyond 10 digits than turning around?
// <details><summary>Answer</summary>To turn around, the decoder asks for a place: “the one before the last that I took”, and there are new places beyond 10. To sort, it asks for digits: “is there another 3?”, and the digits are the same at any length. What it has to count is how many equal ones it has already written.</details>
//
// ## From spelling to sound
//
// English is not written as it is spoken: *though*, *through*, *tough*. The dictionary of Carnegie Mellon University says how words sound, in 39 phonemes of American English.

// %%
import { cmudict } from "unroll";

const words = cmudict();
display(words);
const tough = words.train.filter(({ word }) =>
  /^(though|through|tough|thought)$/.test(word),
);
const shown = tough.map(({ word, pronunciations }) => ({
  word,
  sounds: pronunciations.map((sounds) => sounds.join(" ")).join(", or "),
}));
display(table(shown));

// %% [markdown]
// Two measures. The **phoneme error rate** (PER): how many phonemes must be put in, taken out or exchanged, over how many there are. The **word error rate** (WER): how many words are not wholly right. Where the dictionary knows several pronunciations, the nearest one counts.
//
// **Exercise 19.2.** Write the second part: of several pronunciations, return how far away the nearest one is. `editDistance(a, b)` counts the changes between two lists.

// %%
import { editDistance } from "unroll";

type Sounds = readonly string[];

function distanceToNearest(said: Sounds, pronunciations: readonly Sounds[]): number {
  return Number.NaN; // your turn
}
check("19.2", distanceToNearest);

// %% [markdown]
// <details><summary>Solution of 19.2</summary>
//
// ```ts
// function distanceToNearest(said: Sounds, pronunciations: readonly Sounds[]): number {
//   return Math.min(...pronunciations.map((sounds) => editDistance(said, sounds)));
// }
// ```
//
// </details>

// %%
type Row = (typeof words.test)[number];

function errors(rows: readonly Row[], said: readonly Sounds[]) {
  const nearest = rows.map(({ pronunciations }, i) => {
    const all = pronunciations.map((sounds) => ({
      distance: editDistance(said[i]!, sounds),
      length: sounds.length,
    }));
    return all.reduce((best, next) => (next.distance < best.distance ? next : best));
  });
  const changes = nearest.reduce((sum, { distance }) => sum + distance, 0);
  const sounds = nearest.reduce((sum, { length }) => sum + length, 0);
  const wrong = nearest.filter(({ distance }) => distance > 0).length;
  return { PER: (100 * changes) / sounds, WER: (100 * wrong) / rows.length };
}

// %% [markdown]
// First something simple: each letter sounds as it most often does between its two neighbours, counted in words that have as many sounds as letters.

// %%
const counts = new Map<string, Map<string, number>>();
const around = (word: string, i: number) => [`_${word}_`.slice(i, i + 3), word[i]!];
for (const { word, phonemes } of words.train) {
  if (word.length !== phonemes.length) continue;
  for (const [i, sound] of phonemes.entries()) {
    for (const key of around(word, i)) {
      const of = counts.get(key) ?? counts.set(key, new Map()).get(key)!;
      of.set(sound, (of.get(sound) ?? 0) + 1);
    }
  }
}
const mostOften = (of: Map<string, number>) =>
  [...of].reduce((a, b) => (b[1] > a[1] ? b : a))[0];

// %%
function byLetters(word: string): string[] {
  return [...word].flatMap((_, i) => {
    const of = around(word, i)
      .map((key) => counts.get(key))
      .find((found) => found);
    return of ? [mostOften(of)] : [];
  });
}
const test = words.test.slice(0, quick ? 100 : 3_000);
const simple = errors(
  test,
  test.map(({ word }) => byLetters(word)),
);
display(table([{ method: "letter by letter", ...simple }]));

// %% [markdown]
// Nine words in ten are wrong. Now the encoder–decoder: it reads the letters in both directions, and looks back at them. How many of a hundred unseen words will it get wholly right, after two minutes?

// %%
const wholeWords = predict(
  "Unseen words wholly right, after two minutes of training?",
  50,
  {
    unit: "%",
  },
);

// %%
import { bidirectional, dropout, wordVocabulary } from "unroll";

const letters = characterVocabulary(words.train.map(({ word }) => word));
const special = ["pad", "begin", "end"] as const;
const spoken = words.train.map(({ phonemes }) => phonemes);
const sounds = wordVocabulary(spoken, { special });
const bothWays = bidirectional(gru(64, 80), gru(64, 80));
const reader = stacked(embedding(letters.size, 64), dropout(64, 0.1), bothWays);
const looks = { attention: multiplicativeAttention(160, 160), asks: "after" as const };
const speller = encoderDecoder(reader, gru(64, 160), sounds, {
  ...looks,
  labelSmoothing: 0.1,
});

// %%
const pairs = words.train
  .slice(0, quick ? 1_000 : undefined)
  .map(({ word, phonemes }) => [word, phonemes] as const);
const spelling = speller.init(random(1));

// %%
const begun = performance.now();
const taught = await train(speller, spelling, sentencePairs(pairs, letters, sounds), {
  epochs: quick ? 1 : 4,
  batchSize: 256,
  bucket: true,
  optimizer: adam({ learningRate: 0.003 }),
  schedule: linearDecay(),
  clipNorm: 1,
  random: random(2),
  ...liveTraining({ title: "from spelling to sound" }),
});
console.log(`${taught.steps} steps of 256 words`);

// %%
import { beamSearch, type Hypothesis } from "unroll";

function pronounced(texts: readonly string[], width = 1): Hypothesis[] {
  const said: Hypothesis[] = [];
  const { begin, end } = speller;
  for (let i = 0; i < texts.length; i += 250) {
    const part = padded(texts.slice(i, i + 250).map((word) => letters.encode(word)));
    const ready = speller.start(spelling, part.tokens, { lengths: part.lengths });
    said.push(
      ...beamSearch(ready, { begin, end, maxLength: 30, width }).map(([best]) => best!),
    );
  }
  return said;
}
const soundsOf = ({ tokens }: Hypothesis) => sounds.decode(tokens).split(" ");

// %%
const dev = words.dev.slice(0, quick ? 50 : 1_000);
const heard = pronounced(dev.map(({ word }) => word));
const devErrors = errors(dev, heard.map(soundsOf));
wholeWords.reveal(100 - devErrors.WER);
const heardRows = dev.slice(0, 12).map(({ word, phonemes }, i) => ({
  word,
  "the network": soundsOf(heard[i]!).join(" "),
  "the dictionary": phonemes.join(" "),
}));
display(table(heardRows, { title: "words that it has not seen" }));

// %% [markdown]
// ### Which letter makes which sound?
//
// Nobody has said which letters belong to which sound. The attention shows what was found: read each row from left to right. Letters that are not spoken are passed over, and where two letters make one sound, it looks at one of them, or at both.

// %% [cover]
const speak = (word: string) => {
  const [best] = pronounced([word]);
  return plot.attention(best!.attention!, {
    source: [...word],
    target: best!.tokens.map((id) => sounds.token(id)),
    title: `${word}: ${soundsOf(best!).join(" ")}`,
  });
};
display(speak("physicist"));

// %%
const spelled = ["enough", "knights", "queueing", "psychology", "unroll", "zorblax"];
const more = { by: "word:", names: spelled };
display(
  plot.withSlider(spelled.map(speak), { ...more, title: "which letter for which sound" }),
);

// %% [markdown]
// ## Taught, and left alone
//
// In training the decoder reads the *true* sounds so far: **teacher forcing**. When it is used there is no truth, and it reads its own. So it meets something it has never practised: its own mistakes.
//
// **Misconception:** *“It gets nine sounds of ten right in training, so nine words of ten will be right.”* Two things stand in between. A word is right only if *all* of its sounds are. And after one wrong sound the next is harder. Let us measure both.

// %%
const devPairs = dev.map(({ word, phonemes }) => [word, phonemes] as const);
const devBatch = sentencePairs(devPairs, letters, sounds).batch([...dev.keys()]);
const taughtLogits = speller.logits(spelling, devBatch);
const judged = dev.map(({ phonemes }, i) => {
  const truth = [...phonemes, "<end>"];
  const withTeacher = truth.map((sound, t) => {
    const [id] = argmax(taughtLogits.at(t).rowRange(i, i + 1));
    return sounds.token(id!) === sound;
  });
  const free = truth.map((sound, t) => sounds.token(heard[i]!.tokens[t] ?? 0) === sound);
  return { taught: withTeacher, free };
});

// %%
const share = (list: readonly boolean[]) =>
  (100 * list.filter(Boolean).length) / list.length;
const ofSounds = share(judged.flatMap(({ taught }) => taught));
const soundsAWord = judged.flatMap(({ taught }) => taught).length / judged.length;
const ofWords = share(judged.map(({ free }) => free.every(Boolean)));
const afterMistake = judged.flatMap(({ taught, free }) => {
  const t = free.indexOf(false) + 1; // up to the first mistake both have read the same
  return t > 0 && t < free.length ? [{ taught: taught[t]!, free: free[t]! }] : [];
});

// %%
const forcing = {
  "sounds, taught": ofSounds,
  "that, to the power of sounds a word": 100 * (ofSounds / 100) ** soundsAWord,
  "words, left alone": ofWords,
  "after a mistake, taught": share(afterMistake.map(({ taught }) => taught)),
  "after a mistake, left alone": share(afterMistake.map(({ free }) => free)),
};
const forcingRows = Object.entries(forcing).map(([what, right]) => ({
  what,
  "right, %": right,
}));
display(table(forcingRows));

// %%
display(plot.bars(forcing, { y: "right, %", title: "taught, and left alone" }));

// %% [markdown]
// The first two lines are the arithmetic: a share of right sounds to the power of the number of sounds in a word. Real words do better than that, as mistakes come in company: one hard word takes several of them. The last two lines are the teacher. After a mistake it takes the truth back up; left alone, the decoder goes on from what it has said. (A sound too many moves all the others by one place, and that counts here, too: this is why the PER is measured with edit distances.)
//
// **Scheduled sampling** (Bengio et al., 2015) lets the decoder read its own words now and then while it learns. We go on with the decoder that turns numbers around through one vector, for a few hundred steps: once with the teacher, and once with every fourth token its own.

// %%
import { copyWeights, scheduledSampling } from "unroll";

async function goOn(rate: number) {
  const next = random(4);
  const count = quick ? 320 : 9_600;
  const drawn = Array.from({ length: count }, () => reversing(1 + integer(next, 10), next));
  const weights = copyWeights(reversed);
  const how = { batchSize: 32, bucket: true, clipNorm: 1, random: random(5) };
  const optimizer = adam({ learningRate: 0.001 });
  const model = scheduledSampling(bottleneck, rate);
  const examples = sentencePairs(drawn, alphabet, alphabet);
  await train(model, weights, examples, { optimizer, ...how, schedule: linearDecay() });
  return upTo(12).map((n) => right(bottleneck, weights, reversing, n));
}

// %%
const schools = [
  { name: "before", x: upTo(12), y: through.slice(0, 12) },
  { name: "teacher", x: upTo(12), y: await goOn(0) },
  { name: "a quarter its own", x: upTo(12), y: await goOn(0.25) },
];
const axes = { x: "digits", y: "without a mistake, %" };
display(plot.curves(schools, { ...axes, title: "turning around, 300 steps later" }));
const schoolRows = schools.map(({ name, y }) => {
  const [at6, at8, at10] = [y[5]!, y[7]!, y[9]!];
  return { school: name, "6 digits": at6, "8 digits": at8, "10 digits": at10 };
});
display(table(schoolRows, { title: "without a mistake, %" }));

// %% [markdown]
// Here it makes things worse. One run, and not a law; but digits drawn at random are a hard place for the method: a wrong one says nothing about the next, so there is little to mend, and the decoder has less truth to learn from. It was made for sentences, where one wrong word leads the next astray.
//
// ## More than one beginning: the beam
//
// *Greedy* writing takes the most probable sound at each step, and never takes it back. But what counts is the probability of the *whole*: $\log p = \sum_t \log p(y_t \mid y_1 … y_{t-1}, x)$. A **beam** keeps the best `width` beginnings at each step.
//
// **Exercise 19.3.** Write a step of the beam. You get beginnings with their log-probabilities, and for each beginning the log-probabilities of what may come next. Return the best `width` continuations, the best first.

// %%
type Beginning = { readonly text: string; readonly logP: number };

function beamStep(
  beginnings: readonly Beginning[],
  next: readonly Readonly<Record<string, number>>[],
  width: number,
): Beginning[] {
  return []; // your turn: { text: text + symbol, logP: … }
}
check("19.3", beamStep);

// %% [markdown]
// <details><summary>Solution of 19.3</summary>
//
// ```ts
// function beamStep(
//   beginnings: readonly Beginning[],
//   next: readonly Readonly<Record<string, number>>[],
//   width: number,
// ): Beginning[] {
//   const all = beginnings.flatMap(({ text, logP }, i) =>
//     Object.entries(next[i]!).map(([symbol, more]) => ({ text: text + symbol, logP: logP + more })),
//   );
//   return all.toSorted((a, b) => b.logP - a.logP).slice(0, width);
// }
// ```
//
// </details>

// %%
const widths = [1, 2, 4];
const devWords = dev.map(({ word }) => word);
const searches = widths.map((width) => {
  const found = width === 1 ? heard : pronounced(devWords, width);
  const logP = found.reduce((sum, { logProbability }) => sum + logProbability, 0);
  const rates = errors(dev, found.map(soundsOf));
  return { width, ...rates, "log p of a word": logP / dev.length };
});
display(table(searches, { title: "beam width, on dev" }));

// %%
const beams = (["PER", "WER"] as const).map((name) => ({
  name,
  x: widths,
  y: searches.map((search) => search[name]),
}));
const brings = "what a wider beam brings";
display(plot.curves(beams, { x: "beam width", y: "wrong, %", title: brings }));

// %% [markdown]
// A wider beam finds what the model holds more probable: the last column cannot fall by much, and mostly rises. Whether it is also more *right* is another question, and the errors answer it: most of what is to be had comes with the second beginning.
//
// ## The test
//
// The test words were not looked at until here. We write with a beam of 4.

// %%
const testWords = test.map(({ word }) => word);
const final = pronounced(testWords, 4).map(soundsOf);
const reached = errors(test, final);
const seconds = warmSeconds + (performance.now() - begun) / 1000;
const lesson = "19-sequence-to-sequence";
const about = { lesson, unit: "%", seconds, data: "CMUdict" };
const others = "encoder–decoder LSTM, Yao & Zweig 2015";

// %%
import { result } from "unroll";

result({
  ...about,
  name: "phonemes wrong, unseen words, after two minutes of training",
  value: reached.PER,
  expected: [8, 14],
  baseline: { name: "letter by letter", value: simple.PER },
  published: { source: others, value: 7.6 },
  headline: true,
});

// %%
result({
  ...about,
  name: "words not wholly right, after two minutes of training",
  value: reached.WER,
  expected: [35, 52],
  baseline: { name: "letter by letter", value: simple.WER },
  published: { source: others, value: 28.6 },
});

// %% [markdown]
// Published numbers are of another split of an older edition of the dictionary, and of a network with two layers of 500 LSTM units: near enough to see where we stand, not a race. (With alignments between letters and sounds given, the same authors come to 5.45 and 23.55 %.) Two longer runs are stored: a wider network that has read the dictionary 16 times, and what it says together with a second one, whose encoder has two layers. Both were tested on all 12,597 test words:

// %%
import { longRun } from "unroll";

longRun("19-spelling-to-sound");

// %%
longRun("19-together");

// %% [markdown]
// ## Try your own word
//
// A name, a word in another language, a word that nobody has ever written. Hyphens and apostrophes may be there; all else but letters is left out.

// %%
function answer(text: string) {
  const letter = text.toLowerCase().replaceAll(/[^a-z'-]/g, "");
  const word = letter.slice(0, 25);
  if (!/[a-z]/.test(word)) return "There is no letter from a to z in it.";
  const known = words.train.find((row) => row.word === word)?.phonemes.join(" ");
  const seen = `In the dictionary, and seen in training: ${known}`;
  return [speak(word), known ? seen : "It has never seen this word."];
}

// %%
import { tryText } from "unroll";

tryText({
  title: "How is it spoken?",
  label: "A word, also one that you make up",
  examples: ["recurrent", "flibbertigibbet", "Worcestershire"],
  answer,
});

// %% [markdown]
// ## What to take along
//
// - An encoder–decoder is two networks and what goes from one to the other. One vector is a bottleneck; attention leaves the whole source open.
// - Attention was trained by nothing but the task, and shows an alignment that one can read.
// - It helps within the lengths of the training; beyond them all break down.
// - A decoder learns from the truth and works from its own words. All tokens of a text must be right for the text to be.
// - A beam of 2 to 4 is cheap. Wider ones find more probable texts, not much better ones.
//
// **Known good:** letters embedded in 64, a GRU of 80 units in each direction, a decoder of 160, general attention asked after the step, label smoothing 0.1, dropout 0.1 on the letters, batches of 256 words of similar length, Adam at 0.003 falling to 0, gradients clipped at norm 1.
//
// **Try:** let the attention be asked *before* the step (`asks: "before"`; the decoder then reads 64 + 160 numbers): what does it cost, what does it bring? Train with all pronunciations instead of the first. Write sounds and read letters: make the speller of the same dictionary.
//
// **Read:** Sutskever, Vinyals & Le (2014), *Sequence to sequence learning with neural networks*, for the vector between two LSTMs. Bahdanau, Cho & Bengio (2015), *Neural machine translation by jointly learning to align and translate*, for attention and its pictures. Luong, Pham & Manning (2015), *Effective approaches to attention-based neural machine translation*, for the form used here. Yao & Zweig (2015), *Sequence-to-sequence neural net models for grapheme-to-phoneme conversion*, and Toshniwal & Livescu (2016), *Jointly learning to align and convert graphemes to phonemes with neural attention models*, for this task. Bengio et al. (2015), *Scheduled sampling for sequence prediction with recurrent neural networks*.
