import assert from "node:assert/strict";
import { digitScenes, emoji, Images, imagesOf, mnist, Picture, pictureCaptions, random, wordVocabulary } from "unroll";

describe("scenes of digits", () => {
  const { test } = mnist();
  const scenes = digitScenes(test, 300, random(1));

  it("are the same ones for the same seed, whatever their number", () => {
    const again = digitScenes(test, 10, random(1));
    assert.deepEqual(again, scenes.slice(0, 10));
    assert.notDeepEqual(digitScenes(test, 10, random(2)), again);
  });

  it("have one sentence of the grammar each, which names the digits in its order", () => {
    const names = "(a (zero|one|two|three|four|five|six|seven|nine)|an eight)";
    const grammar = new RegExp(
      `^${names} (left of|above) ${names}$|^${names} (left|right) of ${names} , (above|below) ${names}$`,
    );
    const digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    for (const { caption, digits: shown } of scenes) {
      assert.match(caption, grammar);
      assert.deepEqual(
        caption.split(" ").filter((word) => digits.includes(word)),
        shown.map((d) => digits[d]),
      );
    }
    assert.ok(scenes.some(({ digits: { length } }) => length === 2));
    assert.ok(scenes.some(({ digits: { length } }) => length === 3));
  });

  it("show each digit where the sentence says, whole and apart from the others", () => {
    // digits that can be told apart: all pixels of digit k are 20·k bright
    const bytes = Uint8Array.from({ length: 10 * 784 }, (_, p) => 20 * Math.floor(p / 784) + 20);
    const flat = new Images(
      28,
      28,
      bytes,
      Uint8Array.from({ length: 10 }, (_, k) => k),
    );
    for (const scene of digitScenes(flat, 300, random(3))) {
      const { picture, caption, digits } = scene;
      if (new Set(digits).size < digits.length) continue;
      const centres = digits.map((digit) => centreOf(picture, 20 * digit + 20));
      const [first, second, third] = centres;
      const relation = /left of|right of|above|below/.exec(caption)![0];
      assert.ok(holds(relation, first!, second!), caption);
      const centred = scene.corners.map(({ top, left }) => ({ row: top + 6.5, col: left + 6.5 }));
      assert.deepEqual(centres, centred);
      if (third) assert.ok(holds(/, (above|below)/.exec(caption)![1]!, first!, third), caption);
    }
  });

  it("refuse digits of another size, and none", () => {
    const small = new Images(2, 2, new Uint8Array(4), Uint8Array.of(1));
    assert.throws(() => digitScenes(small, 1, random(1)), /1 digits of 2×2, expected some of 28×28/);
    assert.throws(() => digitScenes(test, 0, random(1)), /digitScenes: count is 0/);
  });
});

type Point = { row: number; col: number };

function centreOf({ width, bytes }: Picture, brightness: number): Point {
  const inside = [...bytes.keys()].filter((p) => bytes[p] === brightness);
  assert.ok(inside.length > 100, "a digit is seen");
  const mean = (of: (p: number) => number) => inside.reduce((sum, p) => sum + of(p), 0) / inside.length;
  return { row: mean((p) => Math.floor(p / width)), col: mean((p) => p % width) };
}

function holds(relation: string, a: Point, b: Point): boolean {
  const isBeside = Math.abs(a.row - b.row) < 6;
  const isOver = Math.abs(a.col - b.col) < 6;
  if (relation === "left of") return isBeside && a.col < b.col - 10;
  if (relation === "right of") return isBeside && a.col > b.col + 10;
  if (relation === "above") return isOver && a.row < b.row - 10;
  return isOver && a.row > b.row + 10;
}

describe("emoji", () => {
  const { train, dev, test, describe: inWords } = emoji({ size: 8 });
  const all = [...train, ...dev, ...test];

  it("are 3,700 pictures, each with another caption", () => {
    assert.equal(all.length, 3700);
    assert.equal(new Set(all.map(({ caption }) => caption)).size, 3700);
    assert.ok(dev.length > 200 && test.length > 200);
    assert.match(inWords(), /CC BY 4\.0/);
    assert.match(inWords(), /Twemoji by Twitter/);
  });

  it("have captions in small letters, of words alone", () => {
    for (const { caption } of all) assert.match(caption, /^[^\sA-Z:,.!“”"()]+( [^\sA-Z:,.!“”"()]+)*$/);
    const dark = all.find(({ caption }) => caption === "man health worker medium-dark skin tone")!;
    assert.deepEqual([dark.person, dark.tones], ["health worker", ["medium-dark"]]);
    const mirrored = all.find(({ caption }) => caption === "woman running dark skin tone facing right")!;
    assert.deepEqual([mirrored.person, mirrored.tones], ["running", ["dark"]]);
    assert.equal(all.find(({ caption }) => caption === "grinning face")!.person, undefined);
  });

  it("hold pairs of person and skin tone out whole: each part was seen, never both", () => {
    const seenPersons = new Set(train.map(({ person }) => person));
    const seenTones = new Set(train.flatMap(({ tones }) => tones));
    const pairs = (rows: typeof train) =>
      new Set(rows.flatMap(({ person, tones }) => tones.map((tone) => `${person} ${tone}`)));
    const trained = pairs(train);
    for (const part of [dev, test]) {
      for (const { person, tones } of part) {
        assert.ok(seenPersons.has(person));
        assert.ok(tones.length > 0 && tones.every((tone) => seenTones.has(tone)));
        assert.ok(tones.some((tone) => !trained.has(`${person} ${tone}`)));
      }
    }
    const devPersons = new Set(dev.map(({ person }) => person));
    assert.ok(test.every(({ person }) => !devPersons.has(person)));
  });

  it("use no word in what is held out that training lacks", () => {
    const words = new Set(train.flatMap(({ caption }) => caption.split(" ")));
    for (const { caption } of [...dev, ...test])
      for (const word of caption.split(" ")) assert.ok(words.has(word), word);
  });

  it("are drawn in colour on white, in the size that is asked for", () => {
    const heart = all.find(({ caption }) => caption === "red heart")!.picture;
    assert.deepEqual([heart.height, heart.width, heart.channels], [8, 8, 3]);
    const pixel = (row: number, col: number) => [...heart.bytes.subarray(3 * (8 * row + col), 3 * (8 * row + col) + 3)];
    assert.deepEqual(pixel(7, 0), [255, 255, 255]);
    const [red, green, blue] = pixel(3, 3);
    assert.ok(red! > 200 && green! < 80 && blue! < 100);
    assert.throws(() => emoji({ size: 0 }), /emoji: size is 0/);
  });
});

describe("pictures with captions", () => {
  const dot = new Picture({ height: 1, width: 2, channels: 1 }, Uint8Array.of(255, 0));
  const line = new Picture({ height: 1, width: 2, channels: 1 }, Uint8Array.of(255, 51));
  const rows = [
    { picture: dot, caption: "a dot" },
    { picture: line, caption: "a line of dots" },
  ];
  const words = wordVocabulary(
    rows.map(({ caption }) => caption),
    { special: ["pad", "begin", "end"] },
  );

  it("become batches of pixels and of words between begin and end", () => {
    const examples = pictureCaptions(rows, words);
    const { images, target, targetLengths } = examples.batch([1, 0]);
    assert.deepEqual(images.toRows(), [
      [1, Math.fround(0.2)],
      [1, 0],
    ]);
    assert.deepEqual([...targetLengths], [6, 4]);
    const column = (i: number) => Array.from({ length: target.steps }, (_, t) => words.token(target.at(t)[i]!));
    assert.deepEqual(column(0), ["<begin>", "a", "line", "of", "dots", "<end>"]);
    assert.deepEqual(column(1), ["<begin>", "a", "dot", "<end>", "<pad>", "<pad>"]);
    assert.equal(examples.lengthOf(0), 4);
  });

  it("refuse pictures of different shapes, a vocabulary without marks, and none", () => {
    const tall = new Picture({ height: 2, width: 1, channels: 1 }, Uint8Array.of(0, 0));
    assert.throws(
      () => pictureCaptions([...rows, { picture: tall, caption: "a dot" }], words),
      /picture 2 is 2×1×1, the first is 1×2×1/,
    );
    assert.throws(() => imagesOf([dot, tall]), /picture 1 is 2×1×1, the first is 1×2×1/);
    assert.throws(() => imagesOf([]), /there are no pictures/);
    assert.throws(() => pictureCaptions(rows, wordVocabulary("a dot")), /the vocabulary has no <begin>/);
    assert.throws(() => pictureCaptions([], words), /pictureCaptions: there are no examples/);
    assert.throws(
      () => new Picture({ height: 1, width: 1, channels: 2 }, Uint8Array.of(0, 0)),
      /channels is 2, expected 1/,
    );
    assert.throws(
      () => new Picture({ height: 1, width: 1, channels: 3 }, Uint8Array.of(0)),
      /1×1×3 needs 3 bytes, got 1/,
    );
  });
});
