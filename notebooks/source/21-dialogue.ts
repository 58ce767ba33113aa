// %% [markdown]
// # 21 · Dialogue
//
// **You will be able to** train a network that answers; say why it gives the dullest answer of all, and measure how dull it is; draw replies instead of searching for the best one; and choose the reply that says most about its prompt.
//
// **Time:** 3 minutes to run on two cores, 45 to understand. **Needs:** lessons 15 and 19. **Data:** Self-dialogue Corpus, 32,000 prompts with their replies (Fainberg et al.; BSD 3-Clause); where it is not installed, 84 exchanges written for this course (Apache 2.0).
//
// ## Prompt and reply
//
// People were paid to make up a talk about films, music or sport, and to play both sides. A **prompt** is one turn, its **reply** the next one.

// %%
import { display, selfDialogue } from "unroll";

const talks = selfDialogue();
display(talks);

// %% [markdown]
// Without the data pack the lesson runs on the small set: everything works, nothing is judged. (`npx unroll data get self-dialogue`.) A token is a word or a mark, in small letters.

// %%
import { quick } from "unroll";

type Words = readonly string[];
const wordsOf = (text: string): Words =>
  text.toLowerCase().match(/[a-z0-9']+|\S/g) ?? ["…"];

function turnsOf(part: "train" | "dev" | "test", most: number) {
  const some = talks[part].slice(0, quick ? Math.ceil(most / 30) : most);
  return some.map(({ prompt, reply }) => [wordsOf(prompt), wordsOf(reply)] as const);
}
const practice = turnsOf("train", 30_000);
const dev = turnsOf("dev", 500);

// %%
import { prose, table } from "unroll";

const inText = dev.slice(0, 5).map(([prompt, reply]) => {
  return { prompt: prose(prompt), reply: prose(reply) };
});
display(table(inText));

// %% [markdown]
// To a network this is translation (lesson 19): an encoder reads the prompt, a decoder writes the reply and looks back at the prompt while it does. One thing is different. A sentence has a few good translations. How many good replies has *“Do you like films?”*

// %%
import { wordVocabulary } from "unroll";

const special = ["pad", "unk", "begin", "end"] as const;
const vocabulary = wordVocabulary(practice.flat(), { special });
console.log(`${vocabulary.size} tokens, ${practice.length} pairs to learn from`);

// %%
import { bidirectional, dropout, embedding, gru, stacked } from "unroll";

function reader(H: number) {
  const bothWays = bidirectional(gru(H / 2, H / 2), gru(H / 2, H / 2));
  return stacked(embedding(vocabulary.size, H / 2), dropout(H / 2, 0.2), bothWays);
}

// %%
import { encoderDecoder, multiplicativeAttention } from "unroll";

function network(H: number) {
  const attention = multiplicativeAttention(H, H);
  return encoderDecoder(reader(H), gru(H / 2, H), vocabulary, { attention, asks: "after" });
}
type Network = ReturnType<typeof network>;

// %%
import { adam, linearDecay, liveTraining, random, sentencePairs, train } from "unroll";

type Pair = readonly [from: Words, to: Words];
const times: number[] = [];
const steps = { batchSize: 128, bucket: true, clipNorm: 1, schedule: linearDecay() };
async function learn(model: Network, pairs: readonly Pair[], most: number, title: string) {
  const weights = model.init(random(1));
  const epochs = quick ? 5 : talks.isWhole ? most : 40;
  const how = { epochs, ...steps, random: random(2), ...liveTraining({ title }) };
  const optimizer = adam({ learningRate: 0.003 });
  const examples = sentencePairs(pairs, vocabulary, vocabulary);
  times.push((await train(model, weights, examples, { ...how, optimizer })).seconds);
  return weights;
}

// %%
const H = quick ? 64 : 256;
const talker = network(H);
const weights = await learn(talker, practice, 3, "from prompt to reply");
type Trained = typeof weights;

// %% [markdown]
// How good is it? We ask how probable it holds the replies that people gave, and compare with two models that do not read the prompt: one that counts words, and one that counts three words in a row (lesson 15). We shall need the second one again: it knows what is said often, **whatever the prompt**.

// %%
function logP(model: Network, own: Trained, pairs: readonly Pair[]): number[] {
  const examples = sentencePairs(pairs, vocabulary, vocabulary);
  const found: number[] = [];
  for (let i = 0; i < pairs.length; i += 250) {
    const some = Array.from(pairs.slice(i, i + 250), (_, k) => i + k);
    found.push(...model.logProbability(own, examples.batch(some)));
  }
  return found;
}

// %%
import { nGram } from "unroll";

const idsOf = (reply: Words) => [...vocabulary.encode(["<begin>", ...reply, "<end>"])];
const allReplies = practice.flatMap(([, reply]) => idsOf(reply));
const vocabularySize = vocabulary.size;
const [ones, threes] = [1, 3].map((order) => nGram(allReplies, { order, vocabularySize }));
/** log p(reply), without a prompt. */
const alone = (reply: Words, model = threes!) =>
  -model.nats(idsOf(reply), { from: 1 }) * (reply.length + 1);

// %%
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const tokens = sum(dev.map(([, reply]) => reply.length + 1));
const replying = sum(logP(talker, weights, dev));
const perplexities = {
  "words counted": Math.exp(-sum(dev.map(([, reply]) => alone(reply, ones))) / tokens),
  "three in a row": Math.exp(-sum(dev.map(([, reply]) => alone(reply))) / tokens),
  "the network": Math.exp(-replying / tokens),
};
const perWord = Object.entries(perplexities).map(([model, perplexity]) => ({
  model,
  perplexity,
}));
display(table(perWord, { title: "people's replies, dev: perplexity of a word" }));

// %% [markdown]
// ## What it says
//
// We write as in lesson 19, with a beam of 4: the most probable reply that can be found.

// %%
import { type Hypothesis, padded } from "unroll";

type Ready = ReturnType<typeof talker.start>;
function inParts<T>(prompts: readonly Words[], write: (decoder: Ready) => T[]): T[] {
  const written: T[] = [];
  for (let i = 0; i < prompts.length; i += 100) {
    const part = prompts.slice(i, i + 100).map((prompt) => vocabulary.encode(prompt));
    const { tokens, lengths } = padded(part);
    written.push(...write(talker.start(weights, tokens, { lengths })));
  }
  return written;
}
const said = ({ tokens }: Hypothesis): Words => wordsOf(vocabulary.decode(tokens));
const ends = { begin: talker.begin, end: talker.end, maxLength: 12 };

// %%
import { beamSearch } from "unroll";

function byBeam(to: readonly Words[]): Words[] {
  const write = (decoder: Ready) => beamSearch(decoder, { ...ends, width: 4 });
  return inParts(to, write).map(([best]) => said(best!));
}

// %%
const prompts = dev.map(([prompt]) => prompt);
const people = dev.map(([, reply]) => reply);
const beam = byBeam(prompts);
const talk = prompts.slice(0, 12).map((prompt, i) => {
  return {
    prompt: prose(prompt),
    "the network": prose(beam[i]!),
    people: prose(people[i]!),
  };
});
display(table(talk));

// %% [markdown]
// None of these is wrong, and hardly one says anything. Let us count: to how many of the prompts does it give one of its five favourite replies?

// %%
import { predict } from "unroll";

const favourites = predict("Prompts that get one of the network's five favourites?", 10, {
  unit: "%",
});

// %%
/** Which replies were given, and how often; the favourites first. */
function counted(replies: readonly Words[]) {
  const counts = new Map<string, number>();
  for (const reply of replies.map(prose)) counts.set(reply, (counts.get(reply) ?? 0) + 1);
  const rows = [...counts].map(([reply, times]) => ({ reply, times }));
  return rows.sort((a, b) => b.times - a.times);
}
/** How many prompts the n favourite replies answer, in %. */
function answered(replies: readonly Words[], n: number): number {
  const favourites = counted(replies).slice(0, n);
  return (100 * sum(favourites.map(({ times }) => times))) / replies.length;
}
favourites.reveal(answered(beam, 5));
display(table(counted(beam).slice(0, 5), { title: `of ${beam.length} replies` }));

// %% [markdown]
// Why? Suppose that of a hundred people five say *“I don't know”*, and the other 95 say 95 different things. Then *“I don't know”* is the most probable reply, although 95 of 100 people would not give it. The network is not stupid: it has learned how people's replies are spread, and we asked it for the summit of a plain. The next line counts the replies of all that were trained.

// %%
const inPractice = counted(practice.map(([, reply]) => reply));
const once = inPractice.filter(({ times }) => times === 1).length;
const [top] = inPractice;
const percent = (count: number) => `${((100 * count) / practice.length).toFixed(1)} %`;
console.log(`${percent(once)} of the replies are given once`);
console.log(`${percent(top!.times)} are the most frequent one, “${top!.reply}”`);

// %% [markdown]
// ## How dull is that?
//
// **distinct-n** (Li et al. 2016): put all replies together, and divide the number of different n-grams by the number of n-grams.
//
// **Exercise 21.1.** Write it. Each reply is a list of words; an n-gram does not go on in the next reply.

// %%
import { check } from "unroll";

function distinctOf(replies: readonly Words[], n: number): number {
  return Number.NaN; // your turn
}
check("21.1", distinctOf);

// %% [markdown]
// <details><summary>Solution of 21.1</summary>
//
// ```ts
// function distinctOf(replies: readonly Words[], n: number): number {
//   const all = replies.flatMap((words) =>
//     words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(" ")),
//   );
//   return new Set(all).size / all.length;
// }
// ```
//
// </details>
//
// distinct-n does not see how *often* each is used. The **entropy** does: $H = -\sum_w p_w \log p_w$, where $p_w$ is the share of the word $w$ among all words that were said. It is 0 where there is one word, and largest where all are as frequent.
//
// **Exercise 21.2.** Compute it from the counts of the words, in nats.

// %%
function wordEntropy(counts: readonly number[]): number {
  return Number.NaN; // your turn
}
check("21.2", wordEntropy);

// %% [markdown]
// <details><summary>Solution of 21.2</summary>
//
// ```ts
// function wordEntropy(counts: readonly number[]): number {
//   const total = counts.reduce((sum, count) => sum + count, 0);
//   return counts.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
// }
// ```
//
// </details>

// %%
import { distinct, ngramEntropy } from "unroll";

const dullness = (replies: readonly Words[]) => ({
  "five favourites, %": answered(replies, 5),
  "distinct-1, %": 100 * distinct(replies, 1),
  "distinct-2, %": 100 * distinct(replies, 2),
  "entropy, nats": ngramEntropy(replies, 1),
  "words a reply": sum(replies.map(({ length }) => length)) / replies.length,
});
const versus = Object.entries({ "beam of 4": beam, people }).map(([who, replies]) => {
  return { who, ...dullness(replies) };
});
display(table(versus, { title: "dev" }));

// %% [markdown]
// **Think:** two systems answer 100 and 10,000 prompts. Why must you not compare their distinct-2?
// <details><summary>Answer</summary>The line below grows with every word, the one above ever more slowly, since there are only so many pairs: the more is said, the smaller the share. All numbers here are of equally many prompts.</details>
//
// ## Is it an answer?
//
// **Misconception:** *“The higher distinct-2, the better the replies.”* Who shall be best? We let two more answer: one that draws each **word** from all words that people said, as many as they did; and one that gives each prompt **another's** reply, taken from some other place of the data.

// %%
const guess = predict("Who has the highest distinct-2?", "people", {
  choices: ["beam of 4", "people", "random words", "of others"],
});

// %%
import { integer } from "unroll";

const chance = random(4);
const anyOf = <T>(list: readonly T[]): T => list[integer(chance, list.length)]!;
const everyWord = practice.flatMap(([, reply]) => reply);
const randomWords = people.map((reply) => reply.map(() => anyOf(everyWord)));
const ofOthers = people.map(() => anyOf(practice)[1]);

// %%
const four = {
  "beam of 4": beam,
  people,
  "random words": randomWords,
  "of others": ofOthers,
};
const ranking = Object.entries(four).map(([who, replies]) => ({
  who,
  ...dullness(replies),
}));
ranking.sort((a, b) => b["distinct-2, %"] - a["distinct-2, %"]);
guess.reveal(ranking[0]!.who);
display(table(ranking));

// %% [markdown]
// So we need a second measure, and we build it. Another network learns **the way back**: it reads a reply and says what its prompt was. It is the judge. It gets a prompt, the reply to it, and nine replies of the same author to other prompts. From which of the ten does it hold the prompt most probable? If that is the reply to this prompt, then the prompt is **found**. Who says the same to all is found in 1 of 10 cases, and so is who says just anything.

// %%
const judge = network(H / 2);
const back = practice.map(([prompt, reply]) => [reply, prompt] as const);
const judging = await learn(judge, back, 2, "the judge: from reply to prompt");

// %%
function found(replies: readonly Words[], to: readonly Words[]): number {
  const N = replies.length;
  const ten = Array.from({ length: 10 }, (_, k) => k);
  const asked = to.flatMap((prompt, i) => {
    return ten.map((k) => [replies[(i + 37 * k) % N]!, prompt] as const);
  });
  const p = logP(judge, judging, asked);
  const wins = to.map((_, i) => {
    const row = p.slice(10 * i, 10 * i + 10);
    const best = ten.filter((k) => row[k]! > Math.max(...row) - 1e-4);
    return best.includes(0) ? 1 / best.length : 0; // equals share
  });
  return (100 * sum(wins)) / N;
}

// %%
type Report = ReturnType<typeof dullness> & { who: string; "prompt found, %": number };
const reports: Report[] = [];
function report(who: string, replies: readonly Words[]): Report {
  const row = { who, ...dullness(replies), "prompt found, %": found(replies, prompts) };
  reports.push(row);
  return row;
}
const judged = Object.entries(four).map(([who, replies]) => report(who, replies));
display(table(judged, { title: "dev" }));

// %%
import { plot } from "unroll";

const measures = ["distinct-2, %", "prompt found, %"] as const;
const twoWays = measures.map((y) => {
  return plot.bars(Object.fromEntries(judged.map((row) => [row.who, row[y]])), { y });
});
const places = { by: "measure:", names: ["distinct-2", "prompt found"] };
display(plot.withSlider(twoWays, { ...places, title: "two measures" }));

// %% [markdown]
// By distinct-2 a box of dice is the best talker. The judge is not deceived: for words at random, and for replies to something else, it finds about one prompt in ten. From here on we look at **both** numbers.
//
// Look at the first two rows, too: it finds *more* prompts from the network's replies than from people's. A network understands a network; people speak of things that it cannot know. So this number compares machines with machines, not with people.
//
// ## First cure: draw
//
// Do not search for the summit, draw from the plain (lesson 15). At temperature 1 each word has the probability that the network gives it. Then a rare word comes up now and then that makes no sense, and the rest of the reply goes on from it. So draw more carefully: at a lower **temperature**; only among the **k** most probable words; or only from the **nucleus**, the fewest words that together have a share $p$ of the probability (Holtzman et al. 2020).
//
// **Exercise 21.3.** Cut a distribution down to its nucleus: keep the most probable words until they have at least `share` together, put 0 in the place of the others, and let the rest sum to 1 again.

// %%
function nucleus(p: readonly number[], share: number): number[] {
  return []; // your turn
}
check("21.3", nucleus);

// %% [markdown]
// <details><summary>Solution of 21.3</summary>
//
// ```ts
// function nucleus(p: readonly number[], share: number): number[] {
//   const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
//   const kept = new Set<number>();
//   let total = 0;
//   for (const i of order) {
//     if (total >= share) break;
//     kept.add(i);
//     total += p[i]!;
//   }
//   return p.map((value, i) => (kept.has(i) ? value / total : 0));
// }
// ```
//
// </details>

// %%
import { type SamplingOptions, sample } from "unroll";

const drawn = (to: readonly Words[], options: SamplingOptions, seed = 5) => {
  const own = { ...ends, ...options, random: random(seed) };
  return inParts(to, (decoder) => sample(decoder, own));
};
const ways: Record<string, SamplingOptions[]> = {
  temperature: [0.5, 1].map((temperature) => ({ temperature })),
  "k words": [5, 20].map((topK) => ({ topK })),
  nucleus: [0.5, 0.9].map((topP) => ({ topP })),
};

// %%
const byWay = Object.entries(ways).map(([name, settings]) => {
  const rows = settings.map((options) => {
    const who = `${name} ${Object.values(options).join("")}`;
    return report(who, drawn(prompts, options).map(said));
  });
  const x = rows.map((row) => row["distinct-2, %"]);
  return { name, x, y: rows.map((row) => row["prompt found, %"]) };
});
const axes = { x: "distinct-2, %", y: "prompt found, %" };
display(
  plot.curves(byWay, { ...axes, title: "drawn replies: further right is less dull" }),
);
display(table(reports.slice(4)));

// %% [markdown]
// From the left to the right in each line: what is won in variety is paid for in replies that are beside the point.
//
// ## Second cure: ask for information
//
// A reply may be probable for two reasons: because it fits this prompt, or because people say it all the time. Only the first is worth something. Divide by the second (Li et al. 2016):
//
// $$\hat{y} = \operatorname{argmax}_y\; \log p(y \mid x) - \lambda \log p(y)$$
//
// For $\lambda = 1$ that is how much *more* probable the reply is with the prompt than without it, the **mutual information** of the two; hence the name, maximum mutual information (MMI). For $\lambda = 0$ it is the dull search from above. We know both parts: $\log p(y \mid x)$ is the network's, and $\log p(y)$ is that of the model that counts three words in a row.
//
// **Exercise 21.4.** Choose from a list of candidates. `given` is $\log p(y \mid x)$, `alone` is $\log p(y)$.

// %%
type Candidate = { readonly reply: string; readonly given: number; readonly alone: number };

function mostInformative(candidates: readonly Candidate[], lambda: number): string {
  return ""; // your turn
}
check("21.4", mostInformative);

// %% [markdown]
// <details><summary>Solution of 21.4</summary>
//
// ```ts
// function mostInformative(candidates: readonly Candidate[], lambda: number): string {
//   const score = ({ given, alone }: Candidate) => given - lambda * alone;
//   return candidates.reduce((a, b) => (score(b) > score(a) ? b : a)).reply;
// }
// ```
//
// </details>
//
// Where do the candidates come from? A beam of 10 finds ten, but they are brothers: one beginning takes up all the room. A **sibling penalty** (Li, Monroe & Jurafsky 2016) lets others in: of the continuations of one beginning the second best is put back by $2\gamma$, the third by $3\gamma$, and so on. Or we draw eight from the nucleus.

// %%
function scored(one: Hypothesis) {
  const reply = said(one);
  return { reply, given: one.logProbability, alone: alone(reply) };
}
type Scored = ReturnType<typeof scored>;
function byWideBeam(to: readonly Words[], siblingPenalty: number): Scored[][] {
  const options = { ...ends, width: 10, siblingPenalty };
  const lists = inParts(to, (decoder) => beamSearch(decoder, options));
  return lists.map((list) => list.map(scored));
}
function byDrawing(to: readonly Words[], count = 8): Scored[][] {
  const each = to.flatMap((prompt) => Array.from({ length: count }, () => prompt));
  const all = drawn(each, { topP: 0.8 }, 6).map(scored);
  return to.map((_, i) => all.slice(count * i, count * (i + 1)));
}

// %%
const sources: Record<string, Scored[][]> = {
  "beam of 10": byWideBeam(prompts, 0),
  "beam, γ = 2": byWideBeam(prompts, 2),
  "eight drawn": byDrawing(prompts),
};
const variety = Object.entries(sources).map(([candidates, lists]) => {
  const first = lists.map((list) => new Set(list.map(({ reply }) => reply[0])).size);
  return { candidates, "different first words": sum(first) / lists.length };
});
display(table(variety, { title: "of the candidates for a prompt" }));

// %%
const asked = 3; // one of the dev prompts
const rows = Array.from({ length: 6 }, (_, i) =>
  Object.fromEntries(
    Object.entries(sources).map(([name, lists]) => [name, prose(lists[asked]![i]!.reply)]),
  ),
);
display(table(rows, { title: prose(prompts[asked]!) }));

// %% [markdown]
// Now choose among them, with four values of $\lambda$.

// %%
function informative(list: readonly Scored[], lambda: number): Words {
  const score = ({ given, alone }: Scored) => given - lambda * alone;
  return list.reduce((a, b) => (score(b) > score(a) ? b : a)).reply;
}
const lambdas = [0, 0.25, 0.5, 1];
const ranked = Object.entries(sources).map(([name, lists]) => {
  const reports = lambdas.map((lambda) =>
    report(
      `${name}, λ = ${lambda}`,
      lists.map((list) => informative(list, lambda)),
    ),
  );
  return { name, reports };
});
display(table(ranked.flatMap(({ reports }) => reports)));

// %%
const pages = ranked.map(({ reports }) => {
  const curve = (name: (typeof measures)[number]) => {
    return { name, x: lambdas, y: reports.map((row) => row[name]) };
  };
  return plot.curves(measures.map(curve), { x: "λ", y: "%" });
});
const names = ranked.map(({ name }) => name);
const brings = "what λ brings, by where the candidates come from";
display(plot.withSlider(pages, { by: "candidates:", names, title: brings }));

// %% [markdown]
// Look at the two beams first: $\lambda$ hardly changes their distinct-2. Why?

// %%
const favouritesAt = (lambda: number) => {
  const chosen = sources["beam of 10"]!.map((list) => informative(list, lambda));
  return counted(chosen).map(({ reply, times }) => `${reply} (${times})`);
};
const [plain, asking] = [favouritesAt(0), favouritesAt(1)];
const five = Array.from({ length: 5 }, (_, i) => {
  return { "λ = 0": plain[i] ?? "", "λ = 1": asking[i] ?? "" };
});
display(table(five, { title: "favourites among the candidates of a beam" }));

// %% [markdown]
// It has put dull questions in the place of dull statements: they are longer and so less frequent, and they fit many prompts, too. What $\lambda = 0.5$ does for a beam stands in the last column: more prompts are found. A beam holds the most probable replies and nothing else; there is little to choose from. Drawn candidates are another matter. The next figure shows both measures at once: up is to the point, right is not dull. Beyond a distinct-2 of 40 %, eight candidates and a choice are better than any way of drawing once.

// %%
const reranked = ranked.at(-1)!.reports;
const line = {
  name: "drawn, re-ranked",
  x: reranked.map((row) => row["distinct-2, %"]),
  y: reranked.map((row) => row["prompt found, %"]),
};
const merits = "choosing among eight is better than drawing once";
display(plot.curves([...byWay, line], { ...axes, title: merits }));

// %% [markdown]
// ### What no number sees
//
// How large may $\lambda$ be? Read.

// %%
const reading = prompts.slice(0, 12).map((prompt, i) => ({
  prompt: prose(prompt),
  ...Object.fromEntries(
    lambdas
      .slice(1)
      .map((lambda) => [
        `λ = ${lambda}`,
        prose(informative(sources["eight drawn"]![i]!, lambda)),
      ]),
  ),
}));
display(table(reading, { title: "of eight drawn, dev" }));

// %% [markdown]
// With $\lambda = 1$ a reply may win that is hardly English: nobody ever says it, so $\log p(y)$ is very low, and that is rewarded. distinct-2 likes such replies best, and the judge finds as many prompts as with $\lambda = 0$. We have read them, and take 0.5.

// %% [markdown]
// ## Side by side
//
// The settings are chosen, on dev: eight drawn from the nucleus, $\lambda = 0.5$. Now the 1,000 test prompts, once.

// %%
const test = turnsOf("test", 1_000);
const unseen = test.map(([prompt]) => prompt);
const dull = byBeam(unseen);
const better = byDrawing(unseen).map((list) => informative(list, 0.5));
const given = test.map(([, reply]) => reply);
const sideBySide = unseen.slice(0, 20).map((prompt, i) => ({
  prompt: prose(prompt),
  "beam of 4": prose(dull[i]!),
  "re-ranked": prose(better[i]!),
}));
display(table(sideBySide, { title: "test" }));

// %%
const nucleusDrawn = drawn(unseen, { topP: 0.5 }).map(said);
const last = {
  "beam of 4": dull,
  "re-ranked": better,
  nucleus: nucleusDrawn,
  people: given,
};
const final = Object.entries(last).map(([who, replies]) => {
  return { who, ...dullness(replies), "prompt found, %": found(replies, unseen) };
});
display(table(final, { title: `test, ${unseen.length} prompts` }));

// %% [markdown]
// The first two rows are the bargain of this lesson: many more different pairs of words, more entropy, fewer favourites; and the judge finds some prompts less. Who draws once from the nucleus has even fewer favourites, but less distinct-2 and less entropy, and pays more.

// %% [cover]
const upTo = Array.from({ length: 50 }, (_, k) => k + 1);
const covering = Object.entries(last).map(([name, replies]) => {
  return { name, x: upTo, y: upTo.map((n) => answered(replies, n)) };
});
const shares = { x: "favourite replies", y: "prompts that get one of them, %" };
display(plot.curves(covering, { ...shares, title: "how few replies are enough" }));

// %%
import { result } from "unroll";

const about = { lesson: "21-dialogue", data: "Self-dialogue", seconds: sum(times) };
const [before, after] = [final[0]!, final[1]!];
type Measure = "distinct-1, %" | "distinct-2, %" | "entropy, nats" | "prompt found, %";
function compared(measure: Measure, expected: [number, number], headline = false) {
  const [what, unit] = measure.split(", ") as [string, string];
  const name =
    what === "prompt found" ? "the price: prompts found" : `${what} of the replies`;
  const baseline = { name: "beam of 4", value: before[measure] };
  const whole = { ...about, unit, expected, baseline, headline };
  if (talks.isWhole) result({ ...whole, name: `${name}, test`, value: after[measure] });
}

// %%
compared("distinct-2, %", [24, 44], true);
compared("distinct-1, %", [5, 14]);
compared("entropy, nats", [4, 4.7]);
compared("prompt found, %", [44, 60]);

// %%
const { "three in a row": baseline, "the network": reached } = perplexities;
if (talks.isWhole)
  result({
    ...{ ...about, unit: "", expected: [16, 19.5], value: reached },
    name: "perplexity of a word of people's replies, dev",
    baseline: { name: "three words in a row, counted", value: baseline },
  });

// %% [markdown]
// ## Try your own
//
// It draws eight replies and gives the one that says most about your words. Below it are the three best, with both parts of the score.

// %%
function answer(text: string) {
  const [list] = byDrawing([wordsOf(text).slice(0, 30)]);
  const score = ({ given, alone }: Scored) => given - 0.5 * alone;
  const best = list!.toSorted((a, b) => score(b) - score(a)).slice(0, 3);
  const rows = best.map((one) => ({
    reply: prose(one.reply),
    "log p(y|x)": one.given,
    "log p(y)": one.alone,
    score: score(one),
  }));
  return [prose(best[0]!.reply), table(rows)];
}

// %%
import { tryChat } from "unroll";

const examples = ["Hello!", "What kind of music do you like?", "I saw a great movie."];
tryChat({ title: "Talk with it", examples, answer });

// %% [markdown]
// It knows nothing of what was said before: each prompt is answered for itself. It knows about 1,200 words; others it reads as `<unk>`.
//
// ## What to take along
//
// - A prompt has many good replies. The most probable one is the one that fits all prompts.
// - distinct-n and entropy measure how dull replies are, and nothing else: words at random do as well as people, or better.
// - Drawing makes replies less dull; maximum mutual information makes them say more about their prompt.
// - Re-ranking can only choose from what it is given: candidates must differ.
// - A judge that is a network has the taste of a network. Read what your system says.
//
// **Known good:** GRUs with 256 units, attention asked after the step, 3 passes in batches of 128, learning rate 0.003 falling to 0.
//
// **Try:** the judge as a part of the score, $\log p(y \mid x) + \lambda \log p(x \mid y)$. Which number do you then no longer believe, and why?
//
// **Read:** Li, Galley, Brockett, Gao & Dolan (2016), *A diversity-promoting objective function for neural conversation models*, for MMI and distinct-n. Li, Monroe & Jurafsky (2016), *A simple, fast diverse decoding algorithm for neural generation*, for the sibling penalty. Holtzman et al. (2020), *The curious case of neural text degeneration*, for the nucleus, and for why people's texts are not the most probable ones. Vinyals & Le (2015), *A neural conversational model*, for where it began. Fainberg et al. (2018), *Talking to myself: self-dialogues as data for conversational agents*, for the data.
