import assert from "node:assert/strict";
import {
  agreement,
  compressions,
  type DataSet,
  type DataSetName,
  dataSets,
  hasData,
  namedEntities,
  scientificSummaries,
  selfDialogue,
  semanticRoles,
  sentiment,
  smsSpam,
  snips,
  spans,
  tatoeba,
  tinyShakespeare,
  webTreebank,
} from "unroll";

/** Each data set with the rows that the data pack's README gives, and the first row as the pack has it. */
const sets: Readonly<Record<DataSetName, { read: () => DataSet<unknown>; rows: number[]; first: unknown }>> = {
  sentiment: {
    read: sentiment,
    rows: [12_662, 1500, 1500],
    first: {
      label: "positive",
      words:
        "secretary manages a neat trick , bundling the flowers of perversity , comedy and romance into a strangely tempting bouquet of a movie .".split(
          " ",
        ),
    },
  },
  "sms-spam": {
    read: smsSpam,
    rows: [3660, 500, 1000],
    first: { isSpam: false, text: "I havent lei.. Next mon can?" },
  },
  "tiny-shakespeare": { read: tinyShakespeare, rows: [1, 1, 1], first: undefined },
  "pos-ewt": { read: webTreebank, rows: [12_544, 2001, 2077], first: undefined },
  "ner-gmb": {
    read: namedEntities,
    rows: [12_000, 2000, 3000],
    first: {
      words:
        "The Nobel committee says their research goes far beyond economics to global security and arms control .".split(
          " ",
        ),
      tags: ["O", "B-org", ...new Array(15).fill("O")],
    },
  },
  snips: {
    read: snips,
    rows: [13_095, 689, 700], // 13,784 are published to train on: every twentieth is dev
    first: {
      intent: "AddToPlaylist",
      words: "Add another song to the Cita Romántica playlist.".split(" "),
      tags: ["O", "O", "B-music_item", "O", "O", "B-playlist", "I-playlist", "O"],
    },
  },
  "srl-ewt": { read: semanticRoles, rows: [18_934, 2508, 2482], first: undefined },
  "tatoeba-en-fr": {
    read: tatoeba,
    rows: [30_000, 1500, 1500],
    first: { source: "We don't say that anymore.", targets: ["On ne dit plus ça."] },
  },
  "self-dialogue": {
    read: selfDialogue,
    rows: [30_000, 1000, 1000],
    first: { topic: "thriller", prompt: "Hello.", reply: "Do you enjoy thrillers?" },
  },
  scitldr: { read: scientificSummaries, rows: [1992, 619, 618], first: undefined },
  "ewt-compression": { read: compressions, rows: [4103, 492, 482], first: undefined },
  agreement: {
    read: agreement,
    rows: [3327, 424, 394],
    first: { number: "singular", distance: 2, attractors: 0, prefix: ["The", "MoI", "in", "Iraq"], verb: "is" },
  },
};

// defined where the data is: a user who has none of it has nothing to test
for (const [name, { read, rows, first }] of Object.entries(sets)) {
  if (!hasData(name as DataSetName)) continue;
  describe(`the data set ${name}`, () => {
    let data: DataSet<unknown>;
    before(() => {
      data = read();
    });

    it("has the rows that its README names, in three parts", () => {
      assert.deepEqual([data.train.length, data.dev.length, data.test.length], rows);
      assert.equal(data.isWhole, true);
    });

    it("says its licence, its credit and where it is from", () => {
      const { licence, credit } = dataSets[name as DataSetName];
      for (const fact of [licence, credit, data.origin]) assert.ok(data.describe().includes(fact), fact);
    });

    if (first !== undefined)
      it("begins with the row that it is known to begin with", () => assert.deepEqual(data.train[0], first));
  });
}

if (hasData("sentiment")) {
  it("sentiment has no entity of HTML left, and no capital letter", () => {
    const { train, dev, test } = sentiment();
    const texts = [...train, ...dev, ...test].map(({ words }) => words.join(" "));
    assert.deepEqual(
      texts.filter((text) => /&#\d|&(amp|lt|gt|quot);/.test(text) || text !== text.toLowerCase()),
      [],
    );
    assert.ok(texts.some((text) => text.includes("fiancé")));
  });
}

if (hasData("tiny-shakespeare")) {
  it("tiny Shakespeare's parts are one text: the last tenth is test, the twentieth before it dev", () => {
    const { train, dev, test } = tinyShakespeare();
    assert.ok(train[0]!.startsWith("First Citizen:\nBefore we proceed any further, hear me speak.\n"));
    assert.deepEqual(
      [train, dev, test].map(([text]) => text!.length),
      [948_084, 55_770, 111_540], // of 1,115,394
    );
  });
}

if (hasData("pos-ewt")) {
  it("the web treebank has as many tags as words, of 17 parts of speech", () => {
    const { train, test } = webTreebank();
    for (const { words, tags, fineTags } of [...train, ...test]) {
      assert.ok(words.length === tags.length && words.length === fineTags.length);
    }
    assert.equal(new Set(train.flatMap(({ tags }) => tags)).size, 17);
    assert.deepEqual(train[0]!.words.slice(0, 5), ["Al", "-", "Zaman", ":", "American"]);
  });
}

if (hasData("ner-gmb")) {
  it("named entities are of eight types", () => {
    const types = new Set(namedEntities().train.flatMap(({ tags }) => spans(tags).map(({ type }) => type)));
    assert.deepEqual([...types].sort(), ["art", "eve", "geo", "gpe", "nat", "org", "per", "tim"]);
  });
}

if (hasData("snips")) {
  it("Snips has 7 intents and 39 slots, in train as in test", () => {
    const { train, dev, test } = snips();
    for (const part of [train, dev, test]) assert.equal(new Set(part.map(({ intent }) => intent)).size, 7);
    assert.equal(new Set(train.flatMap(({ tags }) => spans(tags).map(({ type }) => type))).size, 39);
  });
}

if (hasData("srl-ewt")) {
  it("semantic roles are spans of the sentence, and the predicate's is among them", () => {
    const { train, test } = semanticRoles();
    const { words, predicate, roleset, roles } = train[0]!;
    assert.deepEqual([words[predicate], roleset], ["killed", "kill.01"]);
    assert.deepEqual(
      roles.map(({ role, from, to }) => [role, words.slice(from, to).join(" ")]),
      [
        ["ARG0", "American forces"],
        ["V", "killed"],
        ["ARG1", "Shaikh Abdullah al - Ani , the preacher"],
        ["ARGM-LOC", "at the mosque in the town of Qaim , near the Syrian border"],
      ],
    );
    assert.equal(train[1]!.words, train[2]!.words, "propositions of one sentence share its words");
    for (const { predicate, roles } of test) {
      assert.ok(roles.some(({ role, from, to }) => role === "V" && from <= predicate && predicate < to));
    }
  });
}

if (hasData("tatoeba-en-fr")) {
  it("tatoeba has one translation to train on and often several to test by, and no sentence in two parts", () => {
    const { train, dev, test } = tatoeba();
    assert.ok(train.every(({ targets }) => targets.length === 1));
    assert.equal(test.filter(({ targets }) => targets.length > 1).length, 511); // 1,500 − 989 lines of two columns
    const sources = [...train, ...dev, ...test].map(({ source }) => source);
    assert.equal(new Set(sources).size, sources.length);
  });
}

if (hasData("scitldr")) {
  it("SciTLDR names one sentence of each abstract as the nearest, and several summaries in the test part", () => {
    const { train, test } = scientificSummaries();
    for (const { sentences, oracle } of train) assert.ok(oracle >= 0 && oracle < sentences.length);
    assert.equal(train[0]!.oracle, 4);
    assert.ok(test.some(({ targets }) => targets.length > 1));
  });
}

if (hasData("ewt-compression")) {
  it("compressions keep at most three quarters of the words", () => {
    const { train } = compressions();
    const kept = ({ words, keep }: (typeof train)[number]) => words.filter((_, t) => keep[t]);
    assert.equal(kept(train[0]!).join(" "), "This killing of a cleric will be causing us trouble");
    for (const row of train) assert.ok(kept(row).length <= 0.75 * row.words.length && kept(row).length >= 4);
  });
}

if (hasData("agreement")) {
  it("most subjects and verbs that agree are singular: 77.4 % of the test part", () => {
    const { test } = agreement();
    assert.equal(test.filter(({ number }) => number === "singular").length, 305); // 0.774 of 394, as the pack's README says
  });
}
