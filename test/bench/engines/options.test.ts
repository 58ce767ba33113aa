import assert from "node:assert/strict";
import { HELP, readOptions } from "./options.js";

describe("the options of the bench", () => {
  it("are everything where nothing is said", () => {
    const options = readOptions([]);
    assert.deepEqual(options?.shapes, ["XS", "S", "C", "L", "P"]);
    assert.deepEqual(options?.cells, ["rnn", "lstm", "gru"]);
    assert.deepEqual(options?.tasks, ["train", "generate"]);
    assert.deepEqual(options?.engines, ["native", "simd", "tensorflow", "reference"]);
    assert.deepEqual(options?.peers, ["pytorch", "tfjs-wasm", "tfjs-node"]);
    assert.equal(options?.named, false);
  });

  it("narrow it, in any order and case", () => {
    const options = readOptions(
      ["--shapes", "c,S", "--engines", "simd,native", "--cells", "LSTM", "--nodes", "22", "--rounds", "3"].concat([
        "--peers",
        "none",
        "--tasks",
        "train",
      ]),
    );
    assert.deepEqual(options?.shapes, ["S", "C"]);
    assert.deepEqual(options?.engines, ["native", "simd"]);
    assert.deepEqual(options?.cells, ["lstm"]);
    assert.deepEqual(options?.nodes, ["22"]);
    assert.deepEqual(options?.peers, []);
    assert.deepEqual(options?.tasks, ["train"]);
    assert.equal(options?.rounds, 3);
    assert.equal(options?.named, true);
  });

  const wrong: [words: string[], sentence: RegExp][] = [
    [["--shapes", "XL"], /--shapes: there is no "xl", take XS, S, C, L, P\./],
    [["--engines", "gpu"], /--engines: there is no "gpu", take native, simd, tensorflow, reference\./],
    [["--rounds", "2.5"], /--rounds is "2\.5", expected a whole number ≥ 1\./],
    [["--seconds", "0"], /--seconds is "0", expected a number > 0\./],
    [["--nodes", "new"], /--nodes: "new" is no version, expected one such as 22\./],
    [["--fast"], /--fast/],
  ];
  for (const [words, sentence] of wrong)
    it(`refuse ${words.join(" ")} in one sentence`, () => {
      assert.throws(() => readOptions(words), sentence);
    });

  it("are all explained by --help", () => {
    assert.equal(readOptions(["--help"]), undefined);
    const { shapes, cells, tasks, engines, peers, nodes, rounds, seconds, python, more, readme, json } = {
      ...readOptions([]),
    };
    for (const name of Object.keys({
      shapes,
      cells,
      tasks,
      engines,
      peers,
      nodes,
      rounds,
      seconds,
      python,
      more,
      readme,
      json,
    }))
      assert.match(HELP, new RegExp(`--${name} `));
  });
});
