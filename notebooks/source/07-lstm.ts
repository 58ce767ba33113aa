// %% [markdown]
// # 7 · LSTM
//
// **You will be able to** compute an LSTM with a pencil, gate by gate; read its equations in any paper, whatever the letters; say why the forget gate starts with a bias of 1; and see in a trained LSTM what its gates do with a text.
//
// **Time:** 1 minute to run on two cores, 45 to understand. **Needs:** lesson 6. **Data:** a nursery rhyme, in print since 1755 (public domain); it stands in the lesson.
//
// ## From the memory cell to the LSTM
//
// The memory cell of lesson 6 stores a number behind three gates: keep, write, read. **Long short-term memory** is this cell with two changes. What may be written is not the bare input but a **candidate**, computed from the input *and* from what was read last, and squashed by tanh. And what is read goes through a tanh, too. So however much is stored, the rest of the network sees −1 … 1.
//
// The gates have other names: keep is called *forget*, write *update*, read *result*. We take one cell that stores one number, and compute one step of it, one equation at a time. Before the step, the memory holds $c_{t-1} = 0.5$ and shows $h_{t-1} = 0.3$. The input is $x_t = 0.8$. All that is to be decided is decided from these two, side by side:
//
// $$X = x_t \mathbin{\Vert} h_{t-1}$$

// %%
import { display, plot } from "unroll";

const [x, h, c] = [0.8, 0.3, 0.5];
const known = { x, hPrevious: h, cPrevious: c, X: [x, h] };
display(plot.cellDiagram(plot.lstmPlan, known, { title: "before the step" }));

// %% [markdown]
// **The forget gate** decides how much of the old number stays: $f = \sigma(X\,W_f + b_f)$. Its weights here are 1 for the input and 0.5 for the old result, its bias is 1.

// %%
const sigma = (a: number) => 1 / (1 + Math.exp(-a));
const f = sigma(x * 1 + h * 0.5 + 1);
console.log(`f = ${f.toFixed(3)}, kept: f·c = ${(f * c).toFixed(3)}`);
display(plot.cellDiagram(plot.lstmPlan, { ...known, f }, { title: "forget gate" }));

// %% [markdown]
// **The candidate** is the new itself: $X' = \tanh(X\,W_c + b_c)$. It is a vanilla recurrent unit, the one of lesson 2.

// %%
const candidate = Math.tanh(x * -1.5 + h * 0.5 + 0);
console.log(`X' = ${candidate.toFixed(3)}`);
const two = { ...known, f, candidate };
display(plot.cellDiagram(plot.lstmPlan, two, { title: "candidate" }));

// %% [markdown]
// **The update gate** decides how much of it comes in: $u = \sigma(X\,W_u + b_u)$. (We leave the old memory blank for a moment, so that the drawing does not run ahead.)

// %%
const u = sigma(x * 1.5 + h * -1 + 0);
console.log(`u = ${u.toFixed(3)}, written: u·X' = ${(u * candidate).toFixed(3)}`);
const three = { x, hPrevious: h, X: [x, h], f, candidate, u };
display(plot.cellDiagram(plot.lstmPlan, three, { title: "update gate" }));

// %% [markdown]
// **The result gate** decides how much will be shown: $r = \sigma(X\,W_r + b_r)$. All four have now looked at the same $X$, each with weights of its own.

// %%
const r = sigma(x * 0.5 + h * 1 + 0.5);
console.log(`r = ${r.toFixed(3)}`);
const four = { ...three, r };
display(plot.cellDiagram(plot.lstmPlan, four, { title: "result gate" }));

// %% [markdown]
// **The memory** is what is kept plus what is written: $c_t = f * c_{t-1} + u * X'$.

// %%
const cNext = f * c + u * candidate;
console.log(
  `c = ${(f * c).toFixed(3)} − ${(-u * candidate).toFixed(3)} = ${cNext.toFixed(3)}`,
);
const stores = { ...known, f, candidate, u };
display(plot.cellDiagram(plot.lstmPlan, stores, { title: "the new memory" }));

// %% [markdown]
// **The result** is what the gate lets out of it, through a tanh: $h_t = r * \tanh(c_t)$.

// %%
const hNext = r * Math.tanh(cNext);
console.log(`h = ${r.toFixed(3)} · tanh(${cNext.toFixed(3)}) = ${hNext.toFixed(3)}`);
const whole = { ...stores, r };
display(plot.cellDiagram(plot.lstmPlan, whole, { title: "the step is done" }));

// %% [markdown]
// That is the whole LSTM: three sigmoids, two tanh, three products, one sum. The thick line on top is the memory's own way through time. Nothing on it but a product with $f$ and a sum. For the library, the weights of all four stand side by side in one matrix, with the columns $f, u, r, X'$.

// %%
import { lstm, matrix } from "unroll";

const cell = lstm(1, 1);
const weights = {
  W: matrix([
    [1, 1.5, 0.5, -1.5],
    [0.5, -1, 1, 0.5],
  ]),
  b: matrix([[1, 0, 0.5, 0]]),
};
const before = { h: matrix([[h]]), c: matrix([[c]]) };
const { state } = cell.forward(weights, matrix([[x]]), before);
console.log(`off by ${Math.abs(state.c.at(0, 0) - cNext).toExponential(1)} in c`);
console.log(`off by ${Math.abs(state.h.at(0, 0) - hNext).toExponential(1)} in h`);

// %% [markdown]
// **Think:** $h$ is always between −1 and 1. Is $c$, too?
// <details><summary>Answer</summary>No. With f, u and the candidate all near 1, c grows by nearly 1 at each step, for as long as one likes: an LSTM can count. That is why tanh(c) and not c is shown.</details>
//
// **Exercise 7.1.** Write the step as a function. Each of the four has three numbers: the weight of the input, the weight of the old result, and the bias.

// %%
import { check } from "unroll";

type Unit = readonly [fromX: number, fromH: number, bias: number];
type Units = {
  readonly f: Unit;
  readonly u: Unit;
  readonly r: Unit;
  readonly candidate: Unit;
};

function lstmStep(x: number, h: number, c: number, units: Units): [h: number, c: number] {
  return [Number.NaN, Number.NaN]; // your turn: the new h and the new c
}
check("7.1", lstmStep);

// %% [markdown]
// <details><summary>Solution of 7.1</summary>
//
// ```ts
// function lstmStep(x: number, h: number, c: number, units: Units): [h: number, c: number] {
//   const sum = ([fromX, fromH, bias]: Unit) => x * fromX + h * fromH + bias;
//   const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
//   const kept = sigmoid(sum(units.f)) * c;
//   const written = sigmoid(sum(units.u)) * Math.tanh(sum(units.candidate));
//   const next = kept + written;
//   return [sigmoid(sum(units.r)) * Math.tanh(next), next];
// }
// ```
//
// </details>
//
// ## One cell, many names
//
// The LSTM has been described so often that each of its parts has several names. The equations are the same.
//
// | here | Hochreiter & Schmidhuber (1997) | Gers et al. (2000) | Greff et al. (2017) | PyTorch | Keras |
// |---|---|---|---|---|---|
// | forget gate f | – (none: always 1) | forget gate yᵠ | forget gate f | f | f |
// | update gate u | input gate yⁱⁿ | input gate yⁱⁿ | input gate i | i | i |
// | result gate r | output gate yᵒᵘᵗ | output gate yᵒᵘᵗ | output gate o | o | o |
// | candidate X′ | cell input g(net) | cell input g(net) | block input z | g | c (candidate) |
// | memory c | internal state s | internal state s | cell c | c (cell state) | c (carry) |
// | result h | cell output y | cell output y | block output y | h (hidden state) | h |
//
// Take the drawing along and change its letters: the slider speaks three dialects.

// %%
const dialects: Record<string, Record<string, string>> = {
  ours: {},
  "PyTorch, Keras": { u: "i", candidate: "g", r: "o" },
  Greff: { u: "i", candidate: "z", r: "o", hPrevious: "y", h: "y" },
};
const spoken = Object.values(dialects).map((names) => {
  const parts = Object.entries(plot.lstmPlan.parts).map(([name, part]) => {
    return [name, { ...part, text: names[name] ?? part.text }];
  });
  const plan = { ...plot.lstmPlan, parts: Object.fromEntries(parts) };
  return plot.cellDiagram(plan, whole);
});
const names = Object.keys(dialects);
display(plot.withSlider(spoken, { by: "names of", names, title: "the same step" }));

// %% [markdown]
// Libraries also store the four in different orders. If you load weights, this matters more than the letters: a block in the wrong place gives no error, only nonsense. The library knows both ways. In a new LSTM every bias is 0, except that of the forget gate, which is 1. So we can see where it goes.

// %%
import { random, table, toKeras, toPytorch } from "unroll";

const fresh = cell.init(random(1));
const biases = {
  "here: f, u, r, X′": fresh.b,
  "PyTorch: i, f, g, o": toPytorch("lstm", fresh).bias_ih_l0!,
  "Keras: i, f, c, o": toKeras("lstm", fresh).bias,
};
const places = Object.entries(biases).map(([order, b]) => {
  const [first, second, third, fourth] = b.toRows()[0]!;
  return { order, first, second, third, fourth };
});
display(table(places, { title: "the four biases of a new LSTM with one unit" }));

// %% [markdown]
// **Exercise 7.2.** You get a row of PyTorch's, four blocks of $H$ numbers each in the order i, f, g, o. Bring it into our order f, u, r, X′.

// %%
function toOurOrder(theirs: readonly number[]): number[] {
  return []; // your turn: H is theirs.length / 4
}
check("7.2", toOurOrder);

// %% [markdown]
// <details><summary>Solution of 7.2</summary>
//
// ```ts
// function toOurOrder(theirs: readonly number[]): number[] {
//   const H = theirs.length / 4;
//   const block = (k: number) => theirs.slice(k * H, (k + 1) * H);
//   return [...block(1), ...block(0), ...block(3), ...block(2)]; // f, i, o, g
// }
// ```
//
// </details>
//
// ## What does a forget gate of 1 do?
//
// **Misconception:** *“A forget gate of 1 forgets.”* Its name says so. We hold the gate at a fixed value (no weights, only a bias), write a 1 at the first step, and then leave the cell alone. The slider sets the gate.

// %%
import { buildSequence, unroll } from "unroll";

function stored(forget: number) {
  const bias = forget === 1 ? 40 : Math.log(forget / (1 - forget));
  const W = matrix([
    [0, 20, 0, 20],
    [0, 0, 0, 0],
  ]); // the input opens the update gate, and is what is written
  const held = { W, b: matrix([[bias, -10, 40, 0]]) };
  const impulse = buildSequence(31, 1, 1, (t) => (t === 0 ? 1 : 0));
  return unroll(cell, held, impulse).states.map(({ c }) => c.at(0, 0));
}

// %%
const openings = [0.01, 0.5, 0.9, 0.99, 1];
const lives = openings.map((forget) => {
  const axes = { x: "steps since it was written", y: "c" };
  return plot.curves([{ name: "what is stored", y: stored(forget) }], axes);
});
const gate = { by: "forget gate =", names: openings.map(String) };
display(plot.withSlider(lives, { ...gate, title: "what becomes of a 1" }));
const later = openings.map((f) => ({
  "forget gate": f,
  "left after 30 steps": stored(f)[30],
}));
display(table(later));

// %% [markdown]
// A forget gate of 1 **keeps** all, and one near 0 forgets at once. It should be called *keep gate*, as in lesson 6. (Gers et al. (2000), who invented it, called it by what it made possible.)
//
// ## The bias of the forget gate
//
// That has a consequence for the first minute of training. A new network has small weights, so a new gate is about $\sigma(b_f)$. With $b_f = 0$ that is 0.5, and after 30 steps $0.5^{30}$ of everything is left: nothing. What is not there has no gradient either. Here is a task that lives on memory: 30 symbols of 4 kinds, and at the end the network shall say **the first one**. Guessing is right in 25 % of the cases.

// %%
import { integer, type Random } from "unroll";

function firstOf(count: number, draw: Random, T = 30) {
  const texts = Array.from({ length: count }, () =>
    Array.from({ length: T }, () => integer(draw, 4)),
  );
  const batch = (indices: ArrayLike<number>) => {
    const some = Array.from(indices, (i) => texts[i]!);
    const is = (t: number, i: number, kind: number) => Number(some[i]![t] === kind);
    const x = buildSequence(T, some.length, 4, is, "float32");
    return { x, labels: some.map(([first]) => first!) };
  };
  return { count, batch };
}

// %% [markdown]
// One LSTM begins with a forget bias of 1. After 6 rounds through 2,000 such sequences it says the first symbol of nearly all new ones. How many of 100 does the same LSTM get right that begins with 0?

// %%
import { predict } from "unroll";

const withZero = predict("Forget bias 0: how many of 100 are right?", 90, { unit: "%" });

// %%
import { adam, classifier, quick, type TrainingStep, train } from "unroll";

type OnStep = (step: TrainingStep) => void;

async function race(forgetBias: number, onStep: OnStep) {
  const model = classifier(lstm(4, 32, { forgetBias }), 4);
  const weights = model.init(random(1));
  const optimizer = adam({ learningRate: 0.005 });
  const lessons = firstOf(2000, random(7));
  const order = { batchSize: 50, epochs: quick ? 1 : 6, random: random(3) };
  const { seconds } = await train(model, weights, lessons, { ...order, optimizer, onStep });
  const exam = firstOf(500, random(8)).batch([...Array(500).keys()]);
  return { right: 100 * model.lossAndGradients(weights, exam).accuracy, seconds };
}

// %%
const starts = [0, 1, 3];
const curves = starts.map((bias) => ({ name: `forget bias ${bias}`, y: [] as number[] }));
const look = {
  x: "step of training",
  y: "right, % (running mean)",
  title: "the first of 30",
};
const outcomes: Awaited<ReturnType<typeof race>>[] = [];

// %%
import { live } from "unroll";

const view = live(() => plot.curves(curves, look), { every: 300 });
for (const [i, bias] of starts.entries()) {
  const drawn: OnStep = ({ accuracy }) => {
    const { y } = curves[i]!; // a running mean, from chance on
    y.push(0.9 * (y.at(-1) ?? 25) + 0.1 * 100 * accuracy);
    view.update();
  };
  outcomes.push(await race(bias, drawn));
}

// %%
withZero.reveal(outcomes[0]!.right);
const right = outcomes.map(({ right }, i) => [`bias ${starts[i]}`, right]);
const ends = { y: "right, %", baseline: 25, title: "500 new sequences" };
display(plot.bars(Object.fromEntries(right), ends));

// %%
const shares = starts.map((b) => ({
  "forget bias": b,
  "gate at the start": sigma(b),
  "left after 30 steps": sigma(b) ** 30,
}));
display(table(shares));

// %%
import { result } from "unroll";

result({
  lesson: "07-lstm",
  name: "first of 30 symbols recalled, forget bias 1 (guessing: 25 %, forget bias 0: chance)",
  value: outcomes[1]!.right,
  unit: "%",
  expected: [95, 100],
  seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
});

// %% [markdown]
// Same cell, same weights but one row of biases, same lessons: one learns it, the other does not even begin. With bias 1 less than a ten-thousandth is left of the first symbol, but that is enough to feel which way to go; then the gates open further by themselves. Gers et al. (2000) began with positive biases, and Jozefowicz et al. (2015) found that an LSTM is much better for it. The library's `lstm` starts at 1.
//
// **Exercise 7.3.** A trained cell has another forget gate at each step. Given the gates $f_1 … f_T$ of one unit, say for each step $t$ which share of what was stored after it is there in the end, after step $T$. (After the last step all of it is there: the last number is 1.)

// %%
function shareLeft(f: readonly number[]): number[] {
  return []; // your turn
}
check("7.3", shareLeft);

// %% [markdown]
// <details><summary>Solution of 7.3</summary>
//
// ```ts
// function shareLeft(f: readonly number[]): number[] {
//   const shares = f.map(() => 1);
//   for (let t = f.length - 2; t >= 0; t--) shares[t] = shares[t + 1]! * f[t + 1]!;
//   return shares;
// }
// ```
//
// </details>
//
// ## Gates over a real text
//
// What do gates do when they have learned? We need a text that rewards memory, and is short. This rhyme does: each verse begins with something new and then says all that came before. To know what comes behind “that”, one must know *whose* “that” it is.

// %%
const parts = [
  "the malt that lay in",
  "the rat that ate",
  "the cat that killed",
  "the dog that worried",
  "the cow with the crumpled horn that tossed",
  "the maiden all forlorn that milked",
  "the man all tattered and torn that kissed",
  "the priest all shaven and shorn that married",
  "the cock that crowed in the morn that waked",
  "the farmer sowing his corn that kept",
];

// %%
import { characterVocabulary, nextTokens, padded } from "unroll";

const verses = ["the house that Jack built."];
for (const part of parts) verses.push(`${part} ${verses.at(-1)}`);
const texts = verses.map((verse) => `\nThis is ${verse}\n`);
const characters = characterVocabulary(texts);
const batch = (indices: ArrayLike<number>) => {
  const some = Array.from(indices, (i) => characters.encode(texts[i]!));
  const { tokens, lengths } = padded(some);
  return nextTokens(tokens, { lengths });
};
const rhyme = { count: texts.length, batch };
console.log(`${rhyme.count} verses, ${characters.size} characters. The fourth:${texts[3]}`);

// %% [markdown]
// A language model with 32 LSTM units reads it character by character, and says after each which one comes next. It learns the rhyme by heart.

// %%
import { languageModel, linearDecay, liveTraining } from "unroll";

const model = languageModel(characters.size, lstm(16, 32));
const reader = model.init(random(1));
const learnt = await train(model, reader, rhyme, {
  epochs: quick ? 40 : 400,
  batchSize: 11,
  optimizer: adam({ learningRate: 0.015 }),
  schedule: linearDecay(),
  clipNorm: 1,
  random: random(2),
  ...liveTraining({ title: "by heart" }),
});

// %%
const recital = rhyme.batch([...Array(11).keys()]);
const byHeart = 100 * model.lossAndGradients(reader, recital).accuracy;
console.log(`after ${learnt.steps} rounds: ${byHeart.toFixed(1)} % of the characters`);

// %% [markdown]
// Now it reads the last verse, which has everything in it, and we look at the gates: first at the mean of each over its 32 units.

// %%
import { embedding, stack, Tokens } from "unroll";

const last = texts.at(-1)!.slice(0, -1);
const ids = Int32Array.from(characters.encode(last));
const read = embedding(characters.size, 16).forward(
  reader.embedding,
  new Tokens(ids.length, 1, ids),
);
const inside = unroll(lstm(16, 32), reader.layer, read.y);
const gateOf = (name: "f" | "u" | "r") => stack(inside.caches.map((cache) => cache[name]));
const [forget, update, shown] = [gateOf("f"), gateOf("u"), gateOf("r")];

// %%
const [from, to] = [1, 91];
const tokens = [...last.slice(from, to)];
const means = {
  "forget gate": forget.slice(from, to),
  "update gate": update.slice(from, to),
  "result gate": shown.slice(from, to),
};
display(plot.gates(means, { tokens, step: "character", title: "the means of 32 units" }));

// %% [markdown]
// The means say little: always some units open and some shut. So let us look at the units by themselves. A bright line is a unit that keeps what it has; a dark spot is a moment of forgetting. The slider shows the other two gates.

// %%
const options = { tokens, step: "character", show: "units" } as const;
const maps = Object.entries(means).map(([name, units]) => {
  return plot.gates({ [name]: units }, options);
});
const which = { by: "", names: Object.keys(means), title: "32 units, one row each" };
display(plot.withSlider(maps, which));

// %% [markdown]
// Some units forget in a rhythm. Whose rhythm? We compare each unit's forget gate at blanks with that at letters, and take the one with the largest difference.

// %%
const gateAt = (unit: number, wanted: RegExp) => {
  const open = [...last].flatMap((c, t) =>
    wanted.test(c) ? [forget.at(t).at(0, unit)] : [],
  );
  return open.reduce((sum, f) => sum + f, 0) / open.length;
};

// %%
const habits = Array.from({ length: 32 }, (_, unit) => {
  const [letters, blanks] = [gateAt(unit, /[a-z]/i), gateAt(unit, / /)];
  return {
    "forget gate of unit": unit,
    "open at letters": letters,
    "open at blanks": blanks,
    difference: blanks - letters,
  };
});
habits.sort((a, b) => a.difference - b.difference);
display(table(habits.slice(0, 4), { title: "forget gates that shut at a blank" }));

// %% [cover]
const wordUnit = habits[0]!["forget gate of unit"];
const letters = last.slice(from, 257);
const keeping = Array.from(letters, (_, t) => forget.at(from + t).at(0, wordUnit));
const title = `forget gate of unit ${wordUnit}: orange keeps, white forgets`;
display(plot.firing(letters, keeping, { title }));

// %% [markdown]
// This unit keeps what it has while a word goes on, and lets go of it at the blank: a memory for **the present word**. Nobody told the network that there are words. It found that what one must know to spell a word is of no use behind it.
//
// Other units keep longer. From the mean of $\log f$ follows after how many characters half of what a unit stores is gone.

// %%
const everyLife = Array.from({ length: 32 }, (_, unit) => {
  const logs = inside.caches.map(({ f }) => Math.log(f.at(0, unit)));
  return (Math.log(0.5) * logs.length) / logs.reduce((sum, log) => sum + log, 0);
});

// %%
const halfLives = everyLife.toSorted((a, b) => a - b);
const remembered = [{ name: "half is gone after", y: halfLives }];
const time = {
  x: "units, the most forgetful first",
  y: "characters",
  yScale: "log",
} as const;
display(plot.curves(remembered, { ...time, title: "how long units remember" }));
console.log(`from ${halfLives[0]!.toFixed(1)} to ${halfLives[31]!.toFixed(1)} characters`);

// %% [markdown]
// ## Which gate is missed most?
//
// We take one gate of the trained network and freeze it: each of its units stays at its own mean over the verse, whatever is read. All else is as it was. What is the rhyme like then?

// %%
const choices = ["forget gate", "update gate", "result gate"];
const missed = predict("Which frozen gate does most harm?", "forget gate", { choices });

// %%
import { copyInto, copyWeights, lstmGates, zeros } from "unroll";

function frozen(name: "f" | "u" | "r", gate: typeof forget) {
  const changed = copyWeights(reader);
  const { W, b } = lstmGates(changed.layer)[name];
  copyInto(W, zeros(W.rows, W.cols));
  for (let unit = 0; unit < 32; unit++) {
    let sum = 0;
    for (let t = 0; t < gate.steps; t++) sum += gate.at(t).at(0, unit);
    const mean = sum / gate.steps;
    b.set(0, unit, Math.log(mean / (1 - mean)));
  }
  return 100 * model.lossAndGradients(changed, recital).accuracy;
}

// %%
const harm = {
  "nothing frozen": byHeart,
  "forget gate": frozen("f", forget),
  "update gate": frozen("u", update),
  "result gate": frozen("r", shown),
};
const worst = choices.reduce((a, b) =>
  harm[a as keyof typeof harm] < harm[b as keyof typeof harm] ? a : b,
);
missed.reveal(worst);
display(plot.bars(harm, { y: "characters right, %", title: "one gate frozen" }));

// %% [markdown]
// The result gate! A memory that is shown alike at every moment confuses the read-out, and through $h$ all the other gates: what is stored for later must be *hidden* until then. Next comes the forget gate. The update gate is missed least, perhaps because what was written in vain can still be forgotten.
//
// Careful with the conclusion: this is one network on one rhyme, and a network that had been *trained* without a gate would have found other ways. Greff et al. (2017) did that, with 5,400 experiments; they found the forget gate and the tanh behind $c$ the hardest to do without.
//
// ## What to take along
//
// - $f, u, r = \sigma(X\,W + b)$, candidate $X' = \tanh(X\,W_c + b_c)$, memory $c_t = f * c_{t-1} + u * X'$, result $h_t = r * \tanh(c_t)$.
// - A forget gate of 1 keeps. Begin with a forget bias of 1 or more, or long memories are never learned.
// - Letters and orders differ between papers and libraries, equations do not. Mind the order i, f, g, o when you load weights.
// - Gates are there to be looked at: units have habits, and time scales of their own.
//
// **Known good:** first of 30: 32 units, forget bias 1, Adam with learning rate 0.005, 6 epochs of 2,000 sequences, batches of 50. Rhyme: 32 units, embedding of 16, learning rate 0.015 that falls to 0, 400 rounds.
//
// **Try:** make the sequences 60 long (`firstOf(2000, random(7), 60)`, in both places): is a bias of 1 still enough? Look for units that shut behind “that”, or at the end of the verse. Print what the model writes with the result gate frozen.
//
// **Read:** Hochreiter & Schmidhuber (1997), *Long short-term memory*, still without a forget gate. Gers, Schmidhuber & Cummins (2000), *Learning to forget: continual prediction with LSTM*, which adds it. Jozefowicz, Zaremba & Sutskever (2015), *An empirical exploration of recurrent network architectures*, for the forget bias. Greff et al. (2017), *LSTM: a search space odyssey*, for what each part is worth. Karpathy, Johnson & Fei-Fei (2015), *Visualizing and understanding recurrent networks*, for units with habits.
