// %% [markdown]
// # 4 · Training without BPTT
//
// **You will be able to** build an echo-state network, train it by solving one linear system, choose the spectral radius of its reservoir, and say which tasks it solves and which need back-propagation through time.
//
// **Time:** 1 minute to run on two cores, 40 to understand. **Needs:** lessons 2 and 3; you know least squares. **Data:** the Mackey–Glass series and noisy sine waves, both computed here (no licence needed).
//
// ## A pond and a stone
//
// Lesson 3 sent errors back through every step to find out how each weight should change. That is much work. Here is the lazy alternative: **do not train the recurrent weights at all.** Draw them at random, leave them alone, and train only what reads the state.
//
// Why should that work? Throw a stone into a pond. Nobody designed the waves, but whoever looks at them can tell when the stone fell, and where. A random recurrent network is such a pond, called a **reservoir**: what comes in goes round in it for a while. Our stone is a single 1, followed by zeros.

// %%
import { buildSequence, display, plot, random, reservoir, stack, unroll } from "unroll";

const stone = buildSequence(50, 1, 1, (t) => (t === 0 ? 1 : 0));
function waves(spectralRadius: number) {
  const pond = reservoir(1, 40, { spectralRadius });
  const { states } = unroll(pond, pond.init(random(1)), stone);
  return stack(states.map(({ h }) => h));
}
const title = "40 units after one stone, spectral radius 0.9";
display(plot.stateMap(waves(0.9), { title }));

// %% [markdown]
// At step 0 every unit hears the stone with a weight of its own. Then the units hear each other, each in its own way, and what is left becomes weaker. By how much is set by one number, the **spectral radius** ρ: the size of the largest eigenvalue of $W_{hh}$. A product with $W_{hh}$ makes what goes round last longest about ρ times as large, so that after $t$ steps about
//
// $$\rho^{\,t}$$
//
// is left of it. In words: an echo is a savings account with interest, and here the interest is negative.

// %%
import { predict } from "unroll";

const howLong =
  "Radius 0.9: after how many steps is less than a hundredth left of the state?";
const fading = predict(howLong, 100, { unit: "steps" });

// %%
import { globalNorm } from "unroll";

const radii = [0.5, 0.8, 0.9, 1, 1.2];
const sizes = radii.map((radius) => {
  const h = waves(radius);
  const norms = Array.from({ length: 50 }, (_, t) => globalNorm({ h: h.at(t) }));
  return { name: `radius ${radius}`, y: norms.map((norm) => norm / norms[0]!) };
});
fading.reveal(sizes[2]!.y.findIndex((share) => share < 0.01));
const axes = { x: "steps after the stone", y: "share of the state that is left" };
display(plot.curves(sizes, { ...axes, yScale: "log", title: "how an echo fades" }));

// %%
import { table } from "unroll";

const factors = sizes.map(({ y }, k) => ({
  "spectral radius": radii[k]!,
  "factor a step, steps 20 … 49": (y[49]! / y[20]!) ** (1 / 29),
}));
display(table(factors, { title: "measured" }));
console.log(`0.9^t is below 0.01 from t = ${Math.ceil(Math.log(0.01) / Math.log(0.9))} on`);

// %% [markdown]
// On a logarithmic axis a factor at each step is a straight line, and after some 20 steps its slope is what the radius says. At first the echo fades faster: the formula speaks of the slowest way round the pond, and most of the waves take another one. At 1.2 it does not fade at all: it would grow, but tanh bounds it, and so it stays for ever. Move the slider and look at all 40 units.

// %%
const ponds = radii.map((radius) => plot.stateMap(waves(radius)));
const names = radii.map(String);
const one = "one stone, five spectral radii";
display(plot.withSlider(ponds, { by: "spectral radius", names, title: one }));

// %% [markdown]
// **Exercise 4.1.** How long a reservoir should remember depends on the task. Find a spectral radius with which more than a hundredth is left after 50 steps, and less than a hundredth after 200. Use the formula $\rho^{\,t}$.

// %%
import { check } from "unroll";

const radius = Number.NaN; // your turn
check("4.1", radius);

// %% [markdown]
// <details><summary>Solution of 4.1</summary>
//
// ```ts
// const radius = 0.95; // 0.95 ** 50 = 0.077, 0.95 ** 200 = 0.00004; all between 0.912 and 0.978 will do
// ```
//
// </details>
//
// For slow signals there is a second knob, the **leak** $a$. A unit then takes over only a share of what is new, and keeps the rest of what it was:
//
// $$h_t = (1-a)\,h_{t-1} + a\,\tanh(x_t\,W_{xh} + h_{t-1}\,W_{hh} + b_h)$$
//
// With $a = 1$ it is the network of lesson 2; with a small $a$ each unit is sluggish, like a heavy boat on the pond.

// %%
const slow = [1, 0.5, 0.2].map((leak) => {
  const pond = reservoir(1, 40, { leak });
  const { states } = unroll(pond, pond.init(random(1)), stone);
  const first = globalNorm({ h: states[0]!.h });
  return { name: `leak ${leak}`, y: states.map(({ h }) => globalNorm({ h }) / first) };
});
const leaks = "the same radius, 0.9: leaks fade more slowly";
display(plot.curves(slow, { ...axes, yScale: "log", title: leaks }));
const left = slow.map(({ name, y }) => `${name}: ${y[20]!.toFixed(3)}`).join(", ");
console.log(`left after 20 steps: ${left}`);

// %% [markdown]
// **Exercise 4.2.** Write one step of a reservoir with a single unit: `w` is its weight from the input, `v` its weight to itself, `a` the leak.

// %%
function leaky(x: number, h: number, w: number, v: number, a: number): number {
  return Number.NaN; // your turn
}
check("4.2", leaky);

// %% [markdown]
// <details><summary>Solution of 4.2</summary>
//
// ```ts
// function leaky(x: number, h: number, w: number, v: number, a: number): number {
//   return (1 - a) * h + a * Math.tanh(x * w + h * v);
// }
// ```
//
// </details>
//
// ## Only the read-out is trained
//
// What reads the state is linear, $y_t = h_t\,W_{ho} + b_o$ (the library lets it see $x_t$, too). The states do not depend on it, so we can let the reservoir read the whole series first, put all states below one another into one tall matrix $S$, the wanted outputs into $Y$, and ask for the $W_{ho}$ that comes closest. That is **ridge regression**, least squares that prefer small weights:
//
// $$W_{ho} = (S^\top S + \lambda\,I)^{-1}\,S^\top Y$$
//
// In words: no steps of training, no learning rate, no going back through time. One linear system, and the best read-out there is for this reservoir. $\lambda$ is the price of large weights.
//
// **Exercise 4.3.** With a single unit, $S$ and $Y$ are lists of numbers $s_t$ and $y_t$, and the matrices become sums. Write the weight.

// %%
function ridgeWeight(s: readonly number[], y: readonly number[], lambda: number): number {
  return Number.NaN; // your turn
}
check("4.3", ridgeWeight);

// %% [markdown]
// <details><summary>Solution of 4.3</summary>
//
// ```ts
// function ridgeWeight(s: readonly number[], y: readonly number[], lambda: number): number {
//   const above = s.reduce((sum, value, t) => sum + value * y[t]!, 0);
//   const below = s.reduce((sum, value) => sum + value * value, lambda);
//   return above / below;
// }
// ```
//
// </details>
//
// ## A noisy sine
//
// First series: a wave of 25 steps with noise of deviation 0.1. Given all values so far, say the next one. The error is measured as **NRMSE**, the root mean square error divided by the deviation of the series: 1 is as good as to say the mean all the time. Nobody can foresee the noise, so there is a floor that no network gets below.

// %%
import { noisySine, nrmse } from "unroll";

const noisy = noisySine({ length: 3001, noise: 0.1, random: random(2) });
const heard = noisy.slice(2000, 3000);
const wanted = noisy.slice(2001, 3001);
const lazy = nrmse(heard, wanted);
const floor = 0.1 / Math.sqrt(0.5 + 0.1 ** 2);
console.log(`saying the last value again: ${lazy.toFixed(3)}`);
console.log(`the noise itself, which no one foresees: ${floor.toFixed(3)}`);

// %%
import { countWeights, esn } from "unroll";

const singer = esn(reservoir(1, 100), 1);
const song = singer.init(random(1));
const still = countWeights(song.cell);
const trained = countWeights(song.readout);
console.log(`${still} numbers stay as they were drawn, ${trained} are trained`);

// %% [markdown]
// How many steps of the series does it take? We fit the read-out to more and more of them, and test each time on the same 1,000 that come later. The curve is drawn while it runs.

// %%
import { live } from "unroll";

const amounts = [40, 60, 100, 150, 200, 300, 500, 800, 1200, 2000];
const reached: number[] = [];
const goal = { name: "noise", x: [40, 2000], y: [floor, floor] };
const curve = () => ({ name: "NRMSE", x: amounts.slice(0, reached.length), y: reached });
const how = { x: "steps learned from", y: "NRMSE", xScale: "log", yScale: "log" } as const;
const view = live(() => plot.curves([curve(), goal], { ...how, title: "a noisy sine" }));
for (const n of amounts) {
  const [past, next] = [noisy.slice(0, n), noisy.slice(1, n + 1)];
  singer.fit(song, past, next, { washout: 20, ridge: 0.1 });
  const before = singer.predict(song, noisy.slice(0, 3000)).y;
  reached.push(nrmse(before.slice(2000, 3000), wanted));
  view.update();
}

// %%
const best = reached.at(-1)!;
console.log(
  `from 2000 steps: NRMSE ${best.toFixed(3)}, ${(best / floor).toFixed(2)} × the noise`,
);

// %% [markdown]
// The first 20 steps of the series, the **washout**, are read but not learned from: the reservoir began with a state of zeros, which is not where the series would have brought it. Once that has faded, the state depends on the input alone. This is the **echo state property**, and it gave the network its name.
//
// **Think:** why would an untrained reservoir with radius 1.2 and no input make a bad memory?
// <details><summary>Answer</summary>It hums by itself and never forgets how it began (curve of radius 1.2 above): the same input gives different states, depending on what was there before. Then no read-out can tell what the input was.</details>
//
// ## Chaos: Mackey–Glass
//
// The second series is the classic test. Mackey and Glass (1977) described the number of blood cells by an equation with a delay. With the delay τ = 17 it is chaotic: it nearly repeats itself, and two series that begin almost alike drift apart. We squash it by tanh, as Jaeger (2001) did.

// %%
import { mackeyGlass } from "unroll";

type Options = Parameters<typeof mackeyGlass>[0];
function chaos(options: Options) {
  const { steps, batch, data } = mackeyGlass(options);
  return buildSequence(steps, batch, 1, (t, i) => Math.tanh(data[t * batch + i]! - 1));
}
const known = chaos({ length: 3001, random: random(1011) });
const first = Array.from(known.data.subarray(0, 600));
display(plot.curves([{ name: "Mackey–Glass", y: first }], { title: "600 steps, τ = 17" }));

// %% [markdown]
// A reservoir learns from 3,000 steps to say the next value. Then it must do something harder: **run freely**. It reads 500 steps of a series it has never seen, and from then on it reads what it has said itself. Every small mistake comes back to it as input. After 84 such steps, we compare. There are 25 unseen series.

// %%
import { quick } from "unroll";

const began = performance.now();
const settings = { spectralRadius: 1.15, leak: 0.65, biasScaling: 0.8 };
const network = esn(
  reservoir(1, quick ? 150 : 400, { ...settings, connectivity: 0.0125 }),
  1,
);
const weights = network.init(random(11));
const lesson = [known.slice(0, 3000), known.slice(1, 3001)] as const;
network.fit(weights, ...lesson, { washout: 1000, ridge: 1e-11 });
const seconds = (performance.now() - began) / 1000;
console.log(`${countWeights(weights.readout)} weights trained, in one step`);

// %%
const exam = chaos({ length: 585, batch: 25, random: random(5011) });
const values = Array.from(exam.data);
const mean = values.reduce((sum, v) => sum + v) / values.length;
const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
const deviation = Math.sqrt(square);
const last = nrmse(exam.at(500), exam.at(584), { deviation });
console.log(`saying the last known value: NRMSE ${last.toFixed(2)} after 84 steps`);

// %%
const how84 = "The reservoir runs freely. What is its NRMSE after 84 steps?";
const error84 = predict(how84, 0.1, { unit: "NRMSE after 84 steps", yScale: "log" });

// %%
const { finalState } = network.predict(weights, exam.slice(0, 500));
const going = { initialState: finalState };
const free = network.generate(weights, exam.at(500), 84, going).y;
const after84 = nrmse(free.at(83), exam.at(584), { deviation });
error84.reveal(after84);

// %% [markdown]
// A few parts in ten thousand. How long can that go on? One more unseen series, and 3,000 steps without help. We look for the step at which the two are first apart by more than half a deviation, and draw 300 steps before and after it.

// %% [cover]
const series = chaos({ length: 3501, random: random(77) });
const ready = network.predict(weights, series.slice(0, 500)).finalState;
const alone = { initialState: ready };
const own = network.generate(weights, series.at(500), 3000, alone).y.data;
const real = series.data.subarray(501);
const parted = own.findIndex((v, t) => Math.abs(v - real[t]!) > deviation / 2);
const middle = Math.min(2700, Math.max(300, parted));
const steps = Array.from({ length: 600 }, (_, k) => middle - 300 + k);
const truth = { name: "the series", x: steps, y: steps.map((t) => real[t]!) };
const dream = { name: "the reservoir alone", x: steps, y: steps.map((t) => own[t]!) };
const unknown = { x: "steps without help", title: `together for ${parted} steps` };
display(plot.curves([truth, dream], unknown));

// %%
import { result } from "unroll";

result({
  lesson: "04-training-without-bptt",
  name: "Mackey–Glass, NRMSE 84 steps ahead, running freely",
  value: after84,
  unit: "",
  expected: [0, 0.001],
  seconds,
});

// %% [markdown]
// When Jaeger and Haas published this in *Science* (2004), their abstract claimed an accuracy 2,400 times that of earlier techniques on this benchmark (their network was larger than ours, and their set-up differs in details). No reservoir foresees chaos for ever: where the smallest difference grows, so does the smallest error. But look at the picture again. Even where the two have parted, the reservoir goes on with waves of the right kind. It has learned the law, and not the series.
//
// ## Where the draw matters
//
// **Misconception:** *“Nothing in the reservoir is trained, so it does not matter how its weights are drawn.”* The opposite is true: because nothing corrects them, all depends on the draw. Not on the dice, but on the **scale**. Here are reservoirs of 200 units with six spectral radii, running freely for 84 steps on one of the unseen series. Values beyond ±1.5 are cut off.

// %%
const scales = [0.3, 0.6, 0.9, 1.15, 1.5, 2];
function drawn(spectralRadius: number, seed: number) {
  const H = quick ? 60 : 200;
  const cell = reservoir(1, H, { ...settings, spectralRadius, connectivity: 5 / H });
  const model = esn(cell, 1);
  const w = model.init(random(seed));
  model.fit(w, ...lesson, { washout: 1000, ridge: 1e-9 });
  const { y, finalState } = model.predict(w, exam.slice(0, 500));
  const oneStep = nrmse(y.slice(300, 500), exam.slice(301, 501));
  return { model, w, finalState, oneStep };
}
const draws = scales.map((scale) => drawn(scale, 11));

// %%
const six = "84 steps without help, six spectral radii";
const cut = (v: number) => Math.max(-1.5, Math.min(1.5, v));
const runs = draws.map(({ model, w, finalState }) => {
  const { y } = model.generate(w, exam.at(500), 84, { initialState: finalState });
  const cutOff = Array.from({ length: 84 }, (_, t) => cut(y.at(t).at(0, 0)));
  const so = cutOff.map((_, t) => exam.at(501 + t).at(0, 0));
  const both = [
    { name: "the series", y: so },
    { name: "running freely", y: cutOff },
  ];
  return plot.curves(both, { x: "steps", title: six });
});
const by = "spectral radius";
display(plot.withSlider(runs, { by, names: scales.map(String), title: six }));

// %% [markdown]
// And the dice? Two more seeds for each radius, and the error of saying one step ahead:

// %%
const more = (quick ? [12] : [12, 13]).map((seed) =>
  scales.map((scale) => drawn(scale, seed).oneStep),
);
const errors = [draws.map(({ oneStep }) => oneStep), ...more];
const lines = errors.map((y, i) => ({ name: `seed ${11 + i}`, x: scales, y }));
const scaleAxes = { x: "spectral radius", y: "NRMSE, one step", yScale: "log" } as const;
display(plot.curves(lines, { ...scaleAxes, title: "the scale and the dice" }));

// %%
const ratio = (list: number[]) => Math.max(...list) / Math.min(...list);
const spread = scales.map((scale, k) => {
  const each = errors.map((row) => row[k]!);
  const lowest = Math.min(...each);
  return { "spectral radius": scale, lowest, "highest / lowest": ratio(each) };
});
display(table(spread, { title: "the error for each radius, over the seeds" }));
console.log(`one seed, other radii: up to × ${Math.round(Math.max(...errors.map(ratio)))}`);

// %% [markdown]
// Up to radius 1.15 the dice change the error by a quarter at most; the scale changes it by a factor of ten over the same range, and of hundreds over all. (At radius 2 the reservoir is chaotic itself, and there the dice count, too.) Notice where the error is least: **above** 1, although the echo of a single stone would not fade there. The rule “ρ < 1” is about a pond at rest. Where an input and a bias keep pushing the units into the bends of tanh, each step shrinks differences by more than $W_{hh}$ alone would. Let us check it: two beginnings, one input, radius 1.15.

// %%
import { build, subtract } from "unroll";

const { cell } = draws[3]!.w;
const pond = reservoir(1, cell.b.cols, settings);
const noise = random(8);
const start = { h: build(1, cell.b.cols, () => 2 * noise() - 1) };
const calm = unroll(pond, cell, known.slice(0, 300)).states;
const wild = unroll(pond, cell, known.slice(0, 300), { initialState: start }).states;
const apart = calm.map(({ h }, t) => globalNorm({ h: subtract(h, wild[t]!.h) }));
const meeting = { yScale: "log", x: "step", y: "distance of the states" } as const;

// %%
const twoStarts = { ...meeting, title: "two beginnings, one input" };
display(plot.curves([{ name: "distance", y: apart }], twoStarts));
console.log(
  `at first ${apart[0]!.toFixed(1)}, after 200 steps ${apart[200]!.toExponential(1)}`,
);

// %% [markdown]
// They meet: the echo state property holds. A network trained by BPTT starts from a draw, too, and lesson 5 shows that it can be a bad one; but training can repair it. A reservoir is never repaired.
//
// ## Where BPTT wins
//
// An echo fades: that is what made it useful. Then what about something that must **not** fade? The task **switch**: the input is noise of deviation 0.1 and, rarely, a pulse of +1 or −1. At each step, say which sign the last pulse had.

// %%
import { integer, normal, type Random, Tokens } from "unroll";

function pulses(steps: number, every: number, random: Random) {
  let [sign, age] = [0, 0];
  return Array.from({ length: steps }, (_, t) => {
    const isPulse = t === 0 || integer(random, every) === 0;
    if (isPulse) sign = 2 * integer(random, 2) - 1;
    age = isPulse ? 0 : age + 1;
    return { x: (isPulse ? sign : 0) + 0.1 * normal(random), sign, age };
  });
}
const example = pulses(100, 30, random(3));
const given = { name: "input", y: example.map(({ x }) => x) };
const asked = { name: "wanted", y: example.map(({ sign }) => sign) };
display(plot.curves([given, asked], { x: "step", title: "a switch" }));

// %%
function switches(count: number, steps: number, every: number, random: Random) {
  const rows = Array.from({ length: count }, () => pulses(steps, every, random));
  return {
    count,
    rows,
    batch(of: ArrayLike<number>) {
      const B = of.length;
      const at = (t: number, i: number) => rows[of[i]!]![t]!;
      const x = buildSequence(steps, B, 1, (t, i) => at(t, i).x, "float32");
      const up = x.data.map((_, k) => Number(at(Math.floor(k / B), k % B).sign > 0));
      return { x, targets: new Tokens(steps, B, Int32Array.from(up)) };
    },
  };
}

// %% [markdown]
// Both learn from sequences of 50 steps. Then both are asked about 200 unseen sequences of 200 steps with rarer pulses, and we count separately by how many steps the last pulse lies back. Reservoirs of three sizes first; $W_{ho}$ is fitted to +1 and −1, and the sign of the output is the answer.

// %%
const far = "200 units: how many of 100 answers are right 40 … 44 steps after the pulse?";
const kept = predict(far, 90, { unit: "%" });

// %%
const practice = switches(quick ? 400 : 2000, 50, 15, random(1));
const unseen = switches(200, 200, 60, random(2));
const { x } = unseen.batch([...Array(200).keys()]);

function byAge(isUp: (t: number, i: number) => boolean) {
  const [right, all] = [new Array<number>(20).fill(0), new Array<number>(20).fill(0)];
  unseen.rows.forEach((row, i) => {
    row.forEach(({ sign, age }, t) => {
      if (age >= 100) return;
      all[Math.floor(age / 5)]! += 1;
      right[Math.floor(age / 5)]! += Number(isUp(t, i) === sign > 0);
    });
  });
  return right.map((count, k) => (100 * count) / all[k]!);
}

// %%
function reservoirByAge(units: number) {
  const model = esn(reservoir(1, units, { spectralRadius: 0.95, biasScaling: 0.2 }), 1);
  const w = model.init(random(1));
  const { x: past, targets } = practice.batch([...Array(100).keys()]);
  const signs = buildSequence(50, 100, 1, (t, i) => 2 * targets.at(t)[i]! - 1);
  model.fit(w, past, signs, { ridge: 0.01 });
  const { y } = model.predict(w, x);
  return byAge((t, i) => y.at(t).at(i, 0) > 0);
}
const fromPonds = [50, 100, 200].map((units) => ({ units, right: reservoirByAge(units) }));
kept.reveal(fromPonds[2]!.right[8]!);

// %% [markdown]
// Now a recurrent network of 16 units, trained in full, all its weights, by BPTT.

// %%
import { adam, liveTraining, rnn, tagger, train } from "unroll";

const model = tagger(rnn(1, 16), 2);
const w = model.init(random(1));
const training = await train(model, w, practice, {
  optimizer: adam({ learningRate: 0.01 }),
  batchSize: 20,
  epochs: 3,
  clipNorm: 1,
  random: random(3),
  ...liveTraining({ title: "a switch, by BPTT" }),
});

// %%
const tags = model.tags(w, x);
const fromRnn = byAge((t, i) => tags.at(t)[i] === 1);
const ages = fromRnn.map((_, k) => 5 * k + 2);
const all = [
  ...fromPonds.map(({ units, right }) => ({
    name: `reservoir, ${units}`,
    x: ages,
    y: right,
  })),
  { name: "RNN by BPTT, 16", x: ages, y: fromRnn },
];
const since = { x: "steps since the last pulse", y: "right, %", title: "who still knows?" };
display(plot.curves(all, since));

// %%
const [pond200, rnn16] = [fromPonds[2]!.right, fromRnn].map((y) => Math.min(...y));
console.log(`lowest: 200 units ${pond200!.toFixed(0)} %, RNN ${rnn16!.toFixed(1)} %`);
for (const { units, right } of fromPonds) {
  const until = 5 * right.findIndex((share) => share < 90);
  console.log(`reservoir, ${units}: below 90 % from ${until} steps after a pulse on`);
}
console.log(`${countWeights(w)} weights trained, in ${training.steps} steps`);

// %% [markdown]
// Guessing is right half of the time, and that is where each reservoir ends up: four times as many units gain it a few steps, then the echo drowns in the noise. The trained network does not forget, not even twice as long after a pulse as its lessons were. BPTT has bent it into something that none of our random draws is: a **switch** with two states that it stays in. Look at its units while it reads the example above.

// %%
const input = buildSequence(100, 1, 1, (t) => example[t]!.x, "float32");
const cellRun = unroll(rnn(1, 16), w.layer, input);
const inside = stack(cellRun.states.map(({ h }) => h));
display(plot.stateMap(inside, { title: "16 trained units read the example" }));

// %% [markdown]
// They flip with the pulse of −1, and hold. In short: a reservoir is the right tool where the recent past, richly mixed, is all that is needed, as for a wave or for chaos. Where something must be kept, or chosen and kept, the recurrent weights must be trained. What makes even that fail after many steps is the subject of lesson 5; what helps is the subject of lessons 6 to 9.
//
// ## What to take along
//
// - An echo-state network draws its recurrent weights and trains $W_{ho}$ alone, by one linear system.
// - The spectral radius sets how long it echoes, the leak how sluggish it is. The radius matters by orders of magnitude, the seed hardly, as long as the reservoir is not chaotic itself.
// - Its memory fades by construction. What must last needs trained recurrent weights.
//
// **Known good:** 400 units, spectral radius 1.15, leak 0.65, bias scale 0.8, each unit hears 5 others, washout 1,000 of 3,000 steps, λ = 10⁻¹¹ (there is no noise in the series; with noise, λ is larger: 0.1 for the sine).
//
// **Try:** give the Mackey–Glass reservoir λ = 0.001. Set τ to 30, which is wilder. Let the noisy sine run freely. Give the switch's reservoir a leak of 0.5 and radius 0.99: how many steps further does it remember, and what does it pay for it shortly after a pulse?
//
// **Read:** Jaeger (2001), *The “echo state” approach to analysing and training recurrent neural networks*, for the echo state property. Jaeger & Haas (2004), *Harnessing nonlinearity*, two pages that made it famous. Lukoševičius (2012), *A practical guide to applying echo state networks*, which tells in which order to turn the knobs. Mackey & Glass (1977), *Oscillation and chaos in physiological control systems*.
