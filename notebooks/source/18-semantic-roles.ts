// %% [markdown]
// # 18 · Semantic roles
//
// **You will be able to** say who did what to whom, whatever the order of the words; tell a tagger which verb is meant; see what a network knows of turns that it never met; and judge roles one by one.
//
// **Time:** 3 minutes to run on two cores, 45 to understand. **Needs:** lesson 17. **Data:** sentences that a small grammar makes; and PropBank on the English Web Treebank, 18,934 predicates to learn from (CC BY-SA 4.0), where it is installed.
//
// ## Who did what to whom?
//
// *Ann gave Tom the book.* *The book was given to Tom by Ann.* Other words come first, another one is the subject, and yet the same has happened. What stays are the **roles**: who gave, what was given, to whom. PropBank (Palmer, Gildea & Kingsbury 2005) has numbers for them: **ARG0** is who does it, **ARG1** what it is done to, **ARG2** (with *give*) who gets it. Roles such as **ARGM-TMP**, when, go with any verb. The verb itself is the **predicate**.

// %%
import { display, plot, quick } from "unroll";

const gave = "Ann gave Tom the book yesterday .".split(" ");
const roles = [
  { role: "ARG0", from: 0, to: 1 },
  { role: "ARG2", from: 2, to: 3 },
  { role: "ARG1", from: 3, to: 5 },
  { role: "ARGM-TMP", from: 5, to: 6 },
];
const arcsOf = (
  predicate: number,
  found: readonly { role: string; from: number; to: number }[],
) => found.map(({ role, from, to }) => ({ at: predicate, from, to, text: role }));
display(plot.arcs(gave, arcsOf(1, roles), { title: "who did what to whom?" }));

// %% [markdown]
// **Exercise 18.1.** A sentence may have several verbs, and each has roles of its own. So the network must be told which verb is meant. We tell it of each word how far it is from there: 0 is the predicate, −1 the word before it; beyond `most` words all is equally far. Write these numbers.

// %%
import { check } from "unroll";

function places(length: number, predicate: number, most: number): number[] {
  return []; // your turn: one number for each of `length` words
}
check("18.1", places);

// %% [markdown]
// <details><summary>Solution of 18.1</summary>
//
// ```ts
// function places(length: number, predicate: number, most: number): number[] {
//   return Array.from({ length }, (_, t) => Math.max(-most, Math.min(most, t - predicate)));
// }
// ```
//
// </details>
//
// **Exercise 18.2.** A frame in words: `{ ARG0: "Ann", ARG2: "Tom", … }`. A role reaches from word `from` to word `to - 1`.

// %%
import type { Role } from "unroll";

function frame(words: readonly string[], found: readonly Role[]): Record<string, string> {
  return {}; // your turn
}
check("18.2", frame);

// %% [markdown]
// <details><summary>Solution of 18.2</summary>
//
// ```ts
// function frame(words: readonly string[], found: readonly Role[]): Record<string, string> {
//   return Object.fromEntries(
//     found.map(({ role, from, to }) => [role, words.slice(from, to).join(" ")]),
//   );
// }
// ```
//
// </details>
//
// ## A grammar with four turns
//
// First a language small enough to know everything about it: twelve verbs of giving, and four turns to say the same. In English one can say *gave the book to Tom* and *gave Tom the book*; and of both there is a passive.

// %%
const turns = {
  active: ["ARG0", "V", "ARG1", "to ARG2"],
  dative: ["ARG0", "V", "ARG2", "ARG1"],
  passive: ["ARG1", "was V", "to ARG2", "by ARG0"],
  "dative passive": ["ARG2", "was V", "ARG1", "by ARG0"],
} as const;
type Turn = keyof typeof turns;
const verbs = `give gave given, show showed shown, send sent sent, sell sold sold,
  hand handed handed, lend lent lent, teach taught taught, offer offered offered,
  promise promised promised, pay paid paid, tell told told, write wrote written`
  .split(",")
  .map((forms) => forms.trim().split(" "));

// %%
import { integer, type Random } from "unroll";

const pick = <T>(list: readonly T[], next: Random) => list[integer(next, list.length)]!;
const words = (text: string) => text.split(" ");
const adjectives = words("old young tall friendly tired famous new strange red long");
const persons = words("teacher neighbour child doctor stranger friend king student");
const objects = words("book letter story ticket picture song secret answer");
const someone = (next: Random) =>
  integer(next, 2) ? pick(["Ann", "Tom", "Mary", "Paul"], next) : described(persons, next);
function described(nouns: readonly string[], next: Random) {
  const adjective = integer(next, 2) ? `${pick(adjectives, next)} ` : "";
  return `${pick(["the", "a", "her", "my"], next)} ${adjective}${pick(nouns, next)}`;
}

// %%
import type { Proposition } from "unroll";

type Frame = Pick<Proposition, "words" | "predicate" | "roles">;

// %%
function built(order: readonly string[], texts: Readonly<Record<string, string>>): Frame {
  const words: string[] = [];
  const roles: Role[] = [];
  for (const slot of order) {
    const role = slot.split(" ").at(-1)!;
    const from = words.length;
    words.push(...slot.replace(role, texts[role]!).split(" "));
    roles.push({ role, from: role === "V" ? words.length - 1 : from, to: words.length });
  }
  const predicate = roles.find(({ role }) => role === "V")!.from;
  return { words: [...words, "."], predicate, roles };
}

// %%
import { random } from "unroll";

const times = ["yesterday", "last week", "on Monday", "in the morning"];
function made(verb: readonly string[], turn: Turn, next: Random): Frame {
  const [past, participle] = verb.slice(1);
  const [ARG0, ARG2] = [someone(next), someone(next)];
  const texts = {
    ...{ ARG0, ARG1: described(objects, next), ARG2 },
    V: turn.endsWith("passive") ? participle! : past!,
    "ARGM-TMP": pick(times, next),
  };
  const time = integer(next, 3); // at the beginning, at the end, or not said
  const [first, last] = [0, 1].map((place) => (place === time ? ["ARGM-TMP"] : []));
  return built([...first!, ...turns[turn], ...last!], texts);
}

// %%
const sameFacts = Object.keys(turns).map((turn) =>
  made(verbs[0]!, turn as Turn, random(4)),
);
const withoutVerb = ({ roles }: Frame) => roles.filter(({ role }) => role !== "V");
const drawn = (one: Frame) => plot.arcs(one.words, arcsOf(one.predicate, withoutVerb(one)));
const byTurn = { by: "turn:", names: Object.keys(turns), title: "the same facts" };
display(plot.withSlider(sameFacts.map(drawn), byTurn));

// %% [markdown]
// **Misconception:** *“The one who does it stands before the verb.”* Let us take that for a rule: all words before the verb, and before a *was*, are ARG0, all words behind it ARG1. How good is it, when all four turns are equally frequent?

// %%
import { predict, spanF1, spans, table } from "unroll";

function ruled({ words, predicate }: Frame): string[] {
  const verb = words[predicate - 1] === "was" ? predicate - 1 : predicate;
  return words.map((word, t) => {
    if ((t >= verb && t <= predicate) || /^[.,?!]$/.test(word)) return "O";
    if (t < verb) return t === 0 ? "B-ARG0" : "I-ARG0";
    return t === predicate + 1 ? "B-ARG1" : "I-ARG1";
  });
}
const rule = predict("Right of all ARG0, by the rule:", 50, { unit: "%" });

// %%
function tagsOf({ words, roles }: Frame, known = (_role: string) => true): string[] {
  const tags = words.map(() => "O");
  for (const { role, from, to } of roles) {
    if (role.endsWith("V") || !known(role)) continue;
    for (let t = from; t < to; t++) tags[t] = `${t === from ? "B" : "I"}-${role}`;
  }
  return tags;
}

// %%
const drawTurns = random(1);
const allTurns = Object.keys(turns) as Turn[];
const mixed = Array.from({ length: 1000 }, () =>
  made(pick(verbs, drawTurns), pick(allTurns, drawTurns), drawTurns),
);
const truthOf = (rows: readonly Frame[]) => rows.map((row) => tagsOf(row));
const f1Of = (rows: readonly Frame[], guesses: readonly string[][]) =>
  spanF1(guesses, truthOf(rows));
const byRule = f1Of(mixed, mixed.map(ruled));
rule.reveal(100 * byRule.types.ARG0!.recall);

// %% [markdown]
// ## The network
//
// It is the tagger of lesson 17: a word is the sum of its parts, LSTMs read from both ends. Each word brings two things more: the parts of the **predicate**, so that all words know which verb it is about, and its **place** as in exercise 18.1. (Numbers of parts must not collide: those of the predicate begin behind those of the words, the places behind both.)

// %%
import { TokenParts, wordParts, wordVocabulary } from "unroll";

const most = 15;
function prepare(rows: readonly Frame[], known = (_role: string) => true) {
  const parts = wordParts([...new Set(rows.map(({ words }) => words))]);
  const tags = wordVocabulary(rows.map((row) => tagsOf(row, known)));
  const names = Array.from({ length: tags.size }, (_, id) => tags.token(id));
  return { parts, tags, names, known, size: 2 * parts.size + 2 * most + 1 };
}
type Task = ReturnType<typeof prepare>;

// %%
type Asked = { readonly words: readonly string[]; readonly predicate?: number };
const within = (place: number) => Math.max(-most, Math.min(most, place));

// %%
function inputs({ parts, size }: Task, rows: readonly Asked[]) {
  const [K, B] = [parts.partCount, rows.length];
  const { tokens, lengths } = parts.encode(rows.map(({ words }) => words));
  const verbs = rows.map(({ words, predicate = -1 }) => [words[predicate] ?? ""]);
  const ofVerbs = parts.encode(verbs).tokens.parts.map((part) => parts.size + part);
  const all = Array.from({ length: tokens.steps * B }, (_, at) => {
    const [t, i] = [Math.floor(at / B), at % B];
    const place = within(t - (rows[i]!.predicate ?? t));
    const own = tokens.parts.subarray(at * K, (at + 1) * K);
    return [...own, ...ofVerbs.subarray(i * K, (i + 1) * K), size - most - 1 + place];
  });
  const numbers = Int32Array.from(all.flat());
  return { x: new TokenParts(tokens.steps, B, 2 * K + 1, numbers), lengths };
}

// %%
import { bidirectional, dropout, lstm, partsEmbedding, stacked, tagger } from "unroll";

function network(task: Task, width: number, layers: number) {
  const D = quick ? 16 : width;
  const both = (inputs: number) =>
    [bidirectional(lstm(inputs, D), lstm(inputs, D)), dropout(2 * D, 0.3)] as const;
  const first = partsEmbedding(task.size, D, 2 * task.parts.partCount + 1, { forget: 0.1 });
  const ear = stacked(first, dropout(D, 0.3), ...both(D));
  const above = Array.from({ length: layers - 1 }, () => both(2 * D)).flat();
  const model = tagger(stacked(ear, ...above), task.tags.size);
  return { task, ear, model, weights: model.init(random(1)) };
}
type Network = ReturnType<typeof network>;

// %%
import { padded, type Vocabulary } from "unroll";

type Tagged = Asked & { readonly tags: readonly string[] };
function examplesOf(task: Task, rows: readonly Tagged[], tags: Vocabulary) {
  const ids = rows.map((row) => tags.encode(row.tags));
  const batch = (indices: ArrayLike<number>) => {
    const some = Array.from(indices);
    const asked = some.map((i) => rows[i]!);
    const targets = padded(some.map((i) => ids[i]!)).tokens;
    return { ...inputs(task, asked), targets };
  };
  const lengthOf = (i: number) => rows[i]!.words.length;
  return { count: rows.length, lengthOf, batch };
}

// %%
import { adam, after, linearDecay, linearWarmup, liveTraining, train } from "unroll";

const schedule = after(linearWarmup(quick ? 1 : 20), linearDecay());
const rates = () => ({
  ...{ batchSize: 32, bucket: true, clipNorm: 1, schedule },
  optimizer: adam({ learningRate: 0.004 }),
});

// %%
const spent: number[] = [];
async function learn(one: Network, rows: readonly Frame[], epochs: number, title: string) {
  const { task, model, weights } = one;
  const tagged = rows.map((row) => ({ ...row, tags: tagsOf(row, task.known) }));
  const examples = examplesOf(task, tagged, task.tags);
  const options = { ...rates(), epochs: quick ? 1 : epochs, random: random(2) };
  const how = { ...options, ...liveTraining({ title }) };
  const { seconds } = await train(model, weights, examples, how);
  spent.push(seconds);
}

// %% [markdown]
// No CRF is trained here, but what cannot be is forbidden all the same (exercise 17.3): when the tags of a sentence are chosen, the best *sequence* without an `I` that goes on with nothing is looked for.

// %%
import { build, crf, type Sequence } from "unroll";

const allowed = (from: string, next: string) =>
  !next.startsWith("I-") || (from !== "O" && from.slice(2) === next.slice(2));
const score = (from: string, next: string) => (allowed(from, next) ? 0 : -1e4);
function bestTags({ names }: Task, emissions: Sequence, lengths: Int32Array) {
  const N = names.length;
  const rules = {
    transitions: build(N, N, (i, j) => score(names[i]!, names[j]!)),
    start: build(1, N, (_, j) => score("O", names[j]!)),
    end: build(1, N, () => 0),
  };
  return crf(N).viterbi(rules, emissions, { lengths }).tags;
}

// %%
import { buckets } from "unroll";

function guess({ task, model, weights }: Network, rows: readonly Asked[]): string[][] {
  const found: string[][] = rows.map(() => []);
  const lengthsOf = rows.map(({ words }) => words.length);
  for (const batch of buckets(lengthsOf, 64, random(3))) {
    const some = Array.from(batch, (i) => rows[i]!);
    const { x, lengths } = inputs(task, some);
    const { ids } = bestTags(task, model.emissions(weights, x, { lengths }), lengths);
    some.forEach(({ words }, k) => {
      found[batch[k]!] = words.map((_, t) => task.names[ids[t * some.length + k]!]!);
    });
  }
  return found;
}

// %% [markdown]
// ## Turns that it never met
//
// Who has heard *Ann lent Tom the book* understands *Tom was lent the book by Ann* at once. Does the network? Two tests. In the first, each verb is practised in three turns, and tested in the **fourth**; which one that is differs from verb to verb. In the second, **no** verb is ever met in the dative passive.

// %%
const lacks = (i: number) => allTurns[i % allTurns.length]!;
const splits: Record<string, (i: number, turn: Turn) => boolean> = {
  "each verb lacks a turn": (i, turn) => turn === lacks(i),
  "a turn is lacking": (_, turn) => turn === "dative passive",
};

// %%
function drawnFor(isTest: boolean, count: number, split: string, next: Random) {
  const hides = splits[split]!;
  const pairs = verbs.flatMap((verb, i) =>
    allTurns.map((turn) => ({ verb, turn, hidden: hides(i, turn) })),
  );
  const allowed = pairs.filter(({ hidden }) => hidden === isTest);
  return Array.from({ length: count }, () => {
    const { verb, turn } = pick(allowed, next);
    return { ...made(verb, turn, next), turn };
  });
}

// %%
const newTurns = predict("F1 of roles, turns new to their verb:", 70, { unit: "%" });

// %%
const small: Network[] = [];
const tests: Record<string, ReturnType<typeof drawnFor>> = {};
for (const name of Object.keys(splits)) {
  const practice = drawnFor(false, quick ? 320 : 6000, name, random(5));
  tests[name] = drawnFor(true, quick ? 100 : 1000, name, random(6));
  const one = network(prepare(practice), 32, 1);
  await learn(one, practice, 1, name);
  small.push(one);
}

// %%
const judged = Object.entries(tests).map(([split, rows], i) => {
  const guesses = guess(small[i]!, rows);
  const { f1, types } = f1Of(rows, guesses);
  const each = Object.entries(types).map(([role, one]) => [role, 100 * one.f1]);
  const rule = 100 * f1Of(rows, rows.map(ruled)).f1;
  return { split, "the rule": rule, network: 100 * f1, ...Object.fromEntries(each) };
});
newTurns.reveal(judged[0]!.network);
display(table(judged, { title: "F1 of roles in turns that were hidden, %" }));

// %%
import { result } from "unroll";

const lesson = "18-semantic-roles";
result({
  ...{ lesson, unit: "%", seconds: spent[0]!, data: "sentences of a grammar" },
  name: "F1 of roles, each verb in the turn it was never met in",
  value: judged[0]!.network,
  expected: [97, 100],
  baseline: { name: "rule", value: judged[0]!["the rule"] },
});

// %%
const lost = tests["a turn is lacking"]!.slice(0, 4);
const rolesIn = (tags: readonly string[]) =>
  spans(tags).map(({ type, from, to }) => ({ role: type, from, to }));
const picture = ({ words, predicate }: Frame, tags: readonly string[]) =>
  plot.arcs(words, arcsOf(predicate, rolesIn(tags)));
const lostGuesses = guess(small[1]!, lost);
const asGuessed = lost.map((row, i) => picture(row, lostGuesses[i]!));
const which = { by: "sentence", title: "the dative passive, never met" };
display(plot.withSlider(asGuessed, which));

// %% [markdown]
// In a turn that is new to its verb, all is right: the network has learned turns, and not verbs. The rule has no idea. In a turn that no verb was met in, the network is lost as well: times are found, but who gets it is not found once.
//
// **Think:** no verb was met in the dative passive. What would the network have to know to understand *Tom was lent the book by Ann* all the same?
// <details><summary>Answer</summary>That <i>by</i> tells who did it, wherever it stands, and that of two things behind a verb either can move to the front. It has met each of these alone. But in its three turns a person at the front has always done it, and what stands behind the verb with no <i>to</i> after it has always got it. Such rules are shorter, they fit all that was seen, and look at the arcs: it follows them.</details>
//
// ## Sentences of the web
//
// Now real ones: PropBank’s roles for 2,135 verbs, nouns and adjectives in blogs, reviews, mails, questions and news.

// %%
import { hasData, semanticRoles } from "unroll";

const isWhole = hasData("srl-ewt");
if (isWhole) display(semanticRoles());

// %% [markdown]
// Where the data pack is not installed, the grammar goes on speaking in their place: everything runs, and nothing of it is judged. (`npx unroll data get srl-ewt pos-ewt`)

// %%
const few = quick ? 40 : 1;
type Part = "train" | "dev" | "test";
function rowsOf(part: Part, most: number, seed: number): readonly Frame[] {
  const count = Math.ceil(most / few);
  if (isWhole) return semanticRoles()[part].slice(0, count);
  const split = "each verb lacks a turn";
  return drawnFor(part !== "train", Math.ceil(count / 6), split, random(seed));
}

// %%
const practice = rowsOf("train", 18_934, 7);
const dev = rowsOf("dev", 2508, 8);
const longer =
  practice.find(({ words, roles }) => words.length < 25 && roles.length > 4) ??
  practice[0]!;
display(drawn(longer));

// %%
const counts = new Map<string, number>();
for (const { role } of practice.flatMap(({ roles }) => roles))
  counts.set(role, (counts.get(role) ?? 0) + 1);
const frequent = [...counts]
  .toSorted((a, b) => b[1] - a[1])
  .filter(([role]) => !role.endsWith("V"));
display(
  plot.bars(Object.fromEntries(frequent.slice(0, 12)), {
    y: "in the training set",
    title: "roles",
  }),
);
const before = predict("Of all ARG1, before their predicate:", 10, {
  unit: "%",
});

// %%
const objectsBefore = practice.flatMap(({ predicate, roles }) =>
  roles.filter(({ role }) => role === "ARG1").map(({ to }) => to <= predicate),
);
before.reveal((100 * objectsBefore.filter(Boolean).length) / objectsBefore.length);

// %% [markdown]
// The baseline is a look-up again: each word at each place gets the tag that it most often had there, and where it was not met, what the place most often had.

// %%
const seenAs = new Map<string, Map<string, number>>();
const keysOf = ({ words, predicate }: Frame, t: number) => {
  const place = Math.max(-6, Math.min(6, t - predicate));
  return [`${place} ${words[t]!.toLowerCase()}`, `${place}`];
};
for (const row of practice) {
  tagsOf(row).forEach((tag, t) => {
    for (const key of keysOf(row, t)) {
      const own = seenAs.get(key) ?? seenAs.set(key, new Map()).get(key)!;
      own.set(tag, (own.get(tag) ?? 0) + 1);
    }
  });
}

// %%
const usual = new Map(
  [...seenAs].flatMap(([key, own]) => {
    const [tag, count] = [...own].reduce((best, one) => (one[1] > best[1] ? one : best));
    return key.includes(" ") && count < 2 ? [] : [[key, tag] as const];
  }),
);
const lookUp = (row: Frame) =>
  row.words.map(
    (_, t) =>
      keysOf(row, t)
        .map((key) => usual.get(key))
        .find((tag) => tag) ?? "O",
  );
const compared = { rule: dev.map(ruled), "look-up": dev.map(lookUp) };

// %% [markdown]
// ### First word classes, then roles
//
// Roles are hard to learn from nothing: is *her* a thing or an owner, where does a group of words end? A network that knows the **parts of speech** knows half of that. So the lowest LSTMs learn the task of lesson 16 first, and a second pair on top of them begins with what they know. (The sentences are those of the same training set.)

// %%
import { copyWeights, webTreebank } from "unroll";

async function learnClasses({ task, ear, weights }: Network, title: string) {
  const rows = webTreebank().train.slice(0, Math.ceil(12_544 / few));
  const classes = wordVocabulary(rows.map(({ tags }) => tags));
  const model = tagger(ear, classes.size);
  const own = model.init(random(7));
  const examples = examplesOf(task, rows, classes);
  const options = { ...rates(), epochs: quick ? 1 : 2, random: random(8) };
  const how = { ...options, ...liveTraining({ title }) };
  const { seconds } = await train(model, own, examples, how);
  spent.push(seconds);
  return { ...weights, layer: { ...weights.layer, layer0: copyWeights(own.layer) } };
}

// %%
const known = (role: string) => (counts.get(role) ?? 0) >= (quick ? 5 : 50);
const begun = network(prepare(practice, known), 96, 2);
const reader =
  isWhole && hasData("pos-ewt")
    ? { ...begun, weights: await learnClasses(begun, "first: parts of speech") }
    : begun;
await learn(reader, practice, 4, "then: who did what to whom?");

// %%
const guesses: Record<string, string[][]> = { ...compared, network: guess(reader, dev) };
const onDev = Object.entries(guesses).map(([name, tags]) => {
  const { precision, recall, f1 } = f1Of(dev, tags);
  return { name, precision: 100 * precision, recall: 100 * recall, F1: 100 * f1 };
});
display(table(onDev, { title: "dev, spans, %" }));

// %% [markdown]
// ### Role by role
//
// One number hides a lot. Each role has its own F1:

// %%
const roleRows = (tags: readonly string[][], rows: readonly Frame[]) =>
  Object.entries(f1Of(rows, tags).types)
    .filter(([, { there }]) => there >= (quick ? 1 : 20))
    .toSorted((a, b) => b[1].there - a[1].there)
    .map(([role, one]) => ({
      role,
      there: one.there,
      "precision, %": 100 * one.precision,
      "recall, %": 100 * one.recall,
      "F1, %": 100 * one.f1,
    }));
display(table(roleRows(guesses.network!, dev), { title: "dev" }));

// %%
const pages = Object.values(guesses).map((tags) => {
  const rows = roleRows(tags, dev).slice(0, 10);
  return plot.bars(Object.fromEntries(rows.map((row) => [row.role, row["F1, %"]])), {
    y: "F1, % (dev)",
  });
});
display(
  plot.withSlider(pages.toReversed(), {
    by: "",
    names: Object.keys(guesses).toReversed(),
    title: "role by role",
  }),
);

// %% [markdown]
// What a word gives away is found best: *not* (ARGM-NEG), *will* or *can* (ARGM-MOD); there a look-up is enough. ARG0 is found more often than ARG1, which can be nearly anything, a whole clause, too. ARG2 means something else with each verb (who gets it, where from, what for), so what was learned of one verb helps little with the next. And for manner (ARGM-MNR) the look-up is still the better one: an average of all roles would have hidden that.
//
// **Exercise 18.3.** A verb has each numbered role at most once; times and places may come several times. Of the roles that were given to a predicate, name the numbered ones that were given more than once, in alphabetical order.

// %%
function twice(found: readonly string[]): string[] {
  return []; // your turn
}
check("18.3", twice);

// %% [markdown]
// <details><summary>Solution of 18.3</summary>
//
// ```ts
// function twice(found: readonly string[]): string[] {
//   const numbered = found.filter((role) => /^ARG\d$/.test(role));
//   return [...new Set(numbered.filter((role, i) => numbered.indexOf(role) !== i))].sort();
// }
// ```
//
// </details>

// %%
const hasTwice = (tags: readonly string[]) => {
  const numbered = spans(tags).flatMap(({ type }) => (/^ARG\d$/.test(type) ? [type] : []));
  return new Set(numbered).size < numbered.length;
};
const shareTwice = (rows: readonly (readonly string[])[]) =>
  (100 * rows.filter(hasTwice).length) / rows.length;
const people = dev.map((row) => tagsOf(row));
display(
  table([{ people: shareTwice(people), network: shareTwice(guesses.network!) }], {
    title: "a numbered role twice, % of predicates",
  }),
);

// %% [markdown]
// People give a numbered role once; the network gives one twice to 6 of 100 predicates. Its tags are chosen with an eye on their neighbours alone, and whether a role was given already is known further away. He et al. (2017) forbid it while they search for the best tags, which then takes longer.
//
// ## One sentence, several stories
//
// The same words, and each predicate looks at them in its own way.

// %% [cover]
const rich = dev.filter(({ words }) => words.length >= 10 && words.length <= 16);
const richest = rich.map(({ words }) => rich.filter((row) => row.words === words));
const story = richest.reduce((best, rows) => (rows.length > best.length ? rows : best));
const stories = guess(reader, story);
const told = story.map((row, i) => picture(row, stories[i]!));
const verbsTold = {
  by: "predicate:",
  names: story.map(({ words, predicate }) => words[predicate]!),
};
display(plot.withSlider(told, { ...verbsTold, title: "who did what to whom?" }));

// %% [markdown]
// ## The test
//
// The test sentences were not looked at until here.

// %%
const unseen = rowsOf("test", 2482, 9);
const final = guess(reader, unseen);
const reached = 100 * f1Of(unseen, final).f1;
const looked = 100 * f1Of(unseen, unseen.map(lookUp)).f1;
display(
  table(roleRows(final, unseen), { title: `test, all roles: ${reached.toFixed(1)} %` }),
);

// %%
if (isWhole)
  result({
    ...{ lesson, unit: "%", data: "PropBank on UD English EWT", headline: true },
    name: "semantic roles, F1 of spans, test",
    value: reached,
    expected: [60, 67],
    seconds: spent.slice(2).reduce((sum, one) => sum + one, 0),
    baseline: { name: "look-up", value: looked },
    published: {
      source: "He et al. 2017, newspapers, eight layers (other data)",
      value: 83.1,
    },
  });

// %% [markdown]
// The published number is of other texts: those of one newspaper, five times as many, and with word vectors that were learned from billions of words.
//
// ## Try your own
//
// Put a star before the predicate that is meant: *She \*sold her house*. Without a star each word is taken that was a predicate in at least half of its places. (In the first example it takes two roles for one. The network of the grammar would not, but it knows nothing else.)

// %%
const asPredicate = new Map<string, number>();
const inAll = new Map<string, number>();
const add = (to: Map<string, number>, word: string) =>
  to.set(word, (to.get(word) ?? 0) + 1);
for (const { words, predicate } of practice)
  add(asPredicate, words[predicate]!.toLowerCase());
for (const words of new Set(practice.map((row) => row.words))) {
  for (const word of words) add(inAll, word.toLowerCase());
}
const isPredicate = (word: string) =>
  2 * (asPredicate.get(word.toLowerCase()) ?? 0) >= (inAll.get(word.toLowerCase()) ?? 1);

// %%
function asked(text: string): { words: string[]; predicates: number[] } {
  const cut = text.match(/\*?[\p{L}\d'’-]+|[^\s\p{L}\d*]/gu)?.slice(0, 40) ?? [];
  const words = cut.map((word) => word.replace("*", ""));
  const placesOf = (is: (word: string) => boolean, list: readonly string[]) =>
    list.flatMap((word, t) => (is(word) ? [t] : []));
  const starred = placesOf((word) => word.startsWith("*"), cut);
  return { words, predicates: starred.length > 0 ? starred : placesOf(isPredicate, words) };
}

// %%
function answer(text: string) {
  const { words, predicates } = asked(text);
  const rows = predicates.map((predicate) => ({ words, predicate, roles: [] }));
  if (rows.length === 0) return "Which predicate? Put a star before it: “She *sold it”.";
  const tags = guess(reader, rows);
  const pictures = rows.map((row, i) => picture(row, tags[i]!));
  const names = predicates.map((t) => words[t]!);
  const title = "who did what to whom?";
  return pictures.length === 1
    ? pictures[0]!
    : plot.withSlider(pictures, { by: "predicate:", names, title });
}

// %%
import { tryText } from "unroll";

const examples = [
  "The committee gave the young author a prize last week .",
  "The money was *stolen by a man in a red car .",
];
tryText({ title: "Who did what to whom?", label: "An English sentence", examples, answer });

// %% [markdown]
// ## What to take along
//
// - Roles stay when the order of words changes; a rule about places does not see that.
// - One sentence has as many frames as predicates: the network must be told which one is meant.
// - It carries a turn over from verb to verb. A turn that it has met with no verb stays foreign to it.
// - What one task has taught (word classes) helps another that has less data.
// - Look at each role. The average is that of the frequent ones.
//
// **Known good:** embeddings of 96, LSTMs of 96 units in each direction, two pairs on top of each other, dropout 0.3; two passes of parts of speech, four of roles; Adam at 0.004 falling to 0, batches of 32 of similar length, gradients clipped at norm 1.
//
// **Try:** leave out the parts of the predicate, or its place: what does each bring? Train without word classes first. Give each network its own seed and let three of them vote.
//
// **Read:** Gildea & Jurafsky (2002), *Automatic labeling of semantic roles*, for the task. Palmer, Gildea & Kingsbury (2005), *The Proposition Bank*, for the roles. Zhou & Xu (2015), *End-to-end learning of semantic role labeling using recurrent neural networks*, for LSTMs that are told the predicate. He et al. (2017), *Deep semantic role labeling: what works and what's next*, for how far that goes. Levin (1993), *English verb classes and alternations*, for verbs and their turns.
