import assert from "node:assert/strict";
import {
  addingBaseline,
  addingProblem,
  bracketMatching,
  brackets,
  copyMemory,
  copyMemoryBaseline,
  copyMemoryClasses,
  isBalanced,
  isReber,
  nextReberSymbols,
  parityProblem,
  random,
  reberString,
  reberStrings,
  reberSymbols,
  type Tokens,
} from "unroll";

const all = (count: number) => Array.from({ length: count }, (_, i) => i);
const column = (tokens: Tokens, i: number, length = tokens.steps) => all(length).map((t) => tokens.at(t)[i]!);

describe("tasks that are drawn", () => {
  const makers = {
    addingProblem: (seed: number) => addingProblem(6, 50, random(seed)),
    copyMemory: (seed: number) => copyMemory(4, 50, random(seed)),
    parityProblem: (seed: number) => parityProblem(9, 50, random(seed)),
    reberStrings: (seed: number) => reberStrings(50, random(seed)),
    bracketMatching: (seed: number) => bracketMatching(5, 50, random(seed)),
  };

  for (const [name, make] of Object.entries(makers)) {
    it(`are always the same by seed and number, and others by another: ${name}`, () => {
      const [examples, again, other] = [make(1), make(1), make(2)];
      again.batch([7, 3]);
      assert.deepEqual(examples.batch([3]), again.batch([3]));
      assert.notDeepEqual(examples.batch(all(50)), other.batch(all(50)));
      assert.equal(examples.count, 50);
    });
  }

  it("refuse examples that are not there, and counts out of range", () => {
    assert.throws(() => makers.copyMemory(1).batch([50]), /copyMemory: there is no example 50, there are 0 … 49/);
    assert.throws(() => makers.copyMemory(1).batch([]), /a batch of no examples was asked for/);
    assert.throws(() => copyMemory(4, 0, random(1)), /copyMemory: count is 0, expected a whole number ≥ 1/);
    assert.throws(() => copyMemory(4, 2 ** 21 + 1, random(1)), /count is 2097153, expected at most 2097152/);
  });
});

describe("the adding problem", () => {
  const N = 4000;
  const { x, targets } = addingProblem(20, N, random(3)).batch(all(N));

  it("marks one number in each half, and its target is the sum of the two", () => {
    assert.deepEqual([x.steps, x.batch, x.width, x.precision], [20, N, 2, "float32"]);
    const marked = new Set<number>();
    for (let i = 0; i < N; i++) {
      const places = all(20).filter((t) => x.at(t).at(i, 1) === 1);
      assert.ok(places.length === 2 && places[0]! < 10 && places[1]! >= 10, `${places}`);
      for (const place of places) marked.add(place);
      const sum = x.at(places[0]!).at(i, 0) + x.at(places[1]!).at(i, 0);
      assert.equal(targets.at(i, 0), Math.fround(sum));
    }
    assert.equal(marked.size, 20);
  });

  it("costs one sixth when the answer is always 1", () => {
    const error = all(N).reduce((sum, i) => sum + (targets.at(i, 0) - 1) ** 2, 0) / N;
    // five deviations: the squared error of the triangular distribution has variance 1/15 − 1/36
    assert.ok(Math.abs(error - addingBaseline) < 5 * Math.sqrt((1 / 15 - 1 / 36) / N), `${error}`);
    assert.equal(addingBaseline.toFixed(3), "0.167"); // as Le et al. 2015 print it
  });

  it("needs two steps", () => {
    assert.throws(() => addingProblem(1, 5, random(1)), /addingProblem: steps is 1, expected a whole number ≥ 2/);
    assert.throws(() => addingProblem(Number.NaN, 5, random(1)), /steps is NaN/);
  });
});

describe("copy memory", () => {
  it("asks for ten symbols again, T steps after them", () => {
    const { x, targets } = copyMemory(3, 40, random(4)).batch(all(40));
    const seen = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const [input, output] = [column(x, i), column(targets, i)];
      const symbols = input.slice(0, 10);
      assert.deepEqual(input.slice(10), [8, 8, 9, ...new Array(10).fill(8)]);
      assert.deepEqual(output, [...new Array(13).fill(8), ...symbols]);
      for (const symbol of symbols) seen.add(symbol);
    }
    assert.deepEqual([...seen].sort(), all(8));
    assert.equal(copyMemoryClasses, 10);
  });

  it("costs 10·log 8/(T + 20) without memory", () => {
    // Arjovsky et al. 2016, section 5.1
    assert.equal(copyMemoryBaseline(500), (10 * Math.log(8)) / 520);
    assert.throws(() => copyMemoryBaseline(0), /blanks is 0, expected a whole number ≥ 1/);
    assert.throws(() => copyMemory(0.5, 1, random(1)), /copyMemory: blanks is 0.5/);
  });
});

describe("parity", () => {
  it("is whether the ones of a sequence are an odd number, padding aside", () => {
    const examples = parityProblem(12, 300, random(5), { minSteps: 3 });
    const { x, labels, lengths } = examples.batch(all(300));
    for (let i = 0; i < 300; i++) {
      const bits = all(x.steps).map((t) => x.at(t).at(i, 0));
      assert.ok(bits.every((bit) => bit === 0 || bit === 1));
      assert.equal(labels[i], bits.filter((bit) => bit === 1).length % 2); // biome-ignore format: one line
      assert.ok(bits.slice(lengths[i]).every((bit) => bit === 0));
      assert.equal(examples.lengthOf(i), lengths[i]);
    }
    assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [3, 12]);
    // five deviations of 300 fair coins
    assert.ok(Math.abs(labels.reduce((a, b) => a + b) - 150) < 5 * Math.sqrt(75));
  });

  it("needs lengths in order", () => {
    assert.throws(() => parityProblem(0, 5, random(1)), /parityProblem: steps is 0, expected a whole number ≥ 1/);
    assert.throws(() => parityProblem(5, 5, random(1), { minSteps: 6 }), /minSteps is 6, expected at most steps = 5/);
  });
});

describe("the Reber grammar", () => {
  it("has the strings that its graph writes, and no others", () => {
    // walked by hand along the graph of Hochreiter & Schmidhuber 1997, figure 3
    for (const text of ["BTXSE", "BPVVE", "BTSSXXTVVE", "BPTTVPXVPSE", "BTSSXXVPSE", "BPTVVE"]) {
      assert.ok(isReber(text), text);
    }
    for (const text of ["", "B", "BTXS", "BTXSEE", "BTPSE", "BTSXE", "BPTVPSX", "btxse", "BTXSE?"]) {
      assert.ok(!isReber(text), text);
    }
  });

  it("says which symbols may follow", () => {
    const follow: [string, string][] = [
      ["", "B"],
      ["B", "TP"],
      ["BT", "SX"],
      ["BTX", "XS"],
      ["BTXX", "TV"],
      ["BPV", "PV"],
      ["BTXSE", ""],
    ];
    for (const [prefix, next] of follow) assert.equal(nextReberSymbols(prefix), next, prefix);
    assert.throws(() => nextReberSymbols("BTT"), /nextReberSymbols: no Reber string begins with "BTT"/);
  });

  it("embedded, has the second symbol again before the last", () => {
    const embedded = { embedded: true };
    for (const text of ["BTBTXSETE", "BPBPVVEPE", "BTBPVVETE"]) assert.ok(isReber(text, embedded), text);
    for (const text of ["BTBTXSEPE", "BPBPVVETE", "BTXSE", "BTBTXSET", "BTBTXSETEE", "BSBTXSESE", "TTBTXSETE"]) {
      assert.ok(!isReber(text, embedded), text);
    }
    const follow: [string, string][] = [
      ["", "B"],
      ["B", "TP"],
      ["BP", "B"],
      ["BPBT", "SX"],
      ["BPBTXSE", "P"],
      ["BTBTXSE", "T"],
      ["BPBTXSEP", "E"],
      ["BPBTXSEPE", ""],
    ];
    for (const [prefix, next] of follow) assert.equal(nextReberSymbols(prefix, embedded), next, prefix);
    assert.throws(() => nextReberSymbols("BPBTXSET", embedded), /no embedded Reber string begins with "BPBTXSET"/);
  });

  for (const embedded of [false, true]) {
    it(`generates strings of its own, each next symbol as the grammar allows${embedded ? ", embedded" : ""}`, () => {
      const next = random(6);
      const texts = all(500).map(() => reberString(next, { embedded }));
      for (const text of texts) assert.ok(isReber(text, { embedded }), text);
      // the shortest string, and a share of long ones
      assert.equal(Math.min(...texts.map((text) => text.length)), embedded ? 9 : 5);
      assert.ok(texts.some((text) => text.length > 15));

      const { x, targets, lengths } = reberStrings(60, random(7), { embedded }).batch(all(60));
      for (let i = 0; i < 60; i++) {
        const [input, output] = [column(x, i, lengths[i]), column(targets, i, lengths[i])];
        const word = (ids: number[]) => ids.map((id) => reberSymbols[id]).join("");
        assert.ok(isReber(`${word(input)}E`, { embedded }));
        assert.equal(word(output), `${word(input)}E`.slice(1));
      }
    });
  }
});

describe("bracket matching", () => {
  it("knows balanced strings", () => {
    for (const text of ["", "()", "([]{})<>", "(((())))"]) assert.ok(isBalanced(text), text);
    for (const text of ["(", ")", ")(", "([)]", "(()", "())"]) assert.ok(!isBalanced(text), text);
    assert.throws(() => isBalanced("(a)"), /isBalanced: "a" at position 1 is not a bracket, expected \(\)\[\]\{\}<>/);
  });

  it("labels strings by whether they are balanced, and counting brackets does not tell", () => {
    const examples = bracketMatching(6, 400, random(8), { minPairs: 2, kinds: 2 });
    const { x, labels, lengths } = examples.batch(all(400));
    const count = (text: string, bracket: string) => text.split(bracket).length - 1;
    for (let i = 0; i < 400; i++) {
      const text = column(x, i, lengths[i]).map((id) => brackets[id]).join(""); // biome-ignore format: one line
      assert.equal(isBalanced(text), labels[i] === 1, text);
      assert.equal(count(text, "("), count(text, ")"));
      assert.equal(count(text, "["), count(text, "]"));
      assert.ok(text.length >= 4 && text.length <= 12 && /^[()[\]]+$/.test(text), text);
    }
    // five deviations of 400 fair coins
    assert.ok(Math.abs(labels.reduce((a, b) => a + b) - 200) < 5 * 10);
  });

  it("draws each shape of balanced brackets equally often", () => {
    // 5 shapes of 3 pairs (Catalan number), about 2,000 balanced strings
    const N = 4000;
    const { x, labels } = bracketMatching(3, N, random(9), { minPairs: 3, kinds: 1 }).batch(all(N));
    const shapes = new Map<string, number>();
    for (const i of all(N).filter((n) => labels[n] === 1)) {
      const shape = column(x, i).join("");
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    }
    assert.equal(shapes.size, 5);
    // five deviations of a binomial count of N/10
    for (const n of shapes.values()) assert.ok(Math.abs(n - N / 10) < 5 * Math.sqrt(N * 0.1 * 0.9), `${n}`);
  });

  it("needs numbers in range", () => {
    const make = (maxPairs: number, options?: object) => () => bracketMatching(maxPairs, 5, random(1), options);
    assert.throws(make(0), /bracketMatching: maxPairs is 0, expected a whole number ≥ 1/);
    assert.throws(make(3, { minPairs: 4 }), /maxPairs is 3, expected a whole number ≥ 4/);
    assert.throws(make(3, { kinds: 5 }), /kinds is 5, expected at most 4/);
    assert.throws(make(3, { kinds: 0 }), /kinds is 0, expected a whole number ≥ 1/);
  });
});
