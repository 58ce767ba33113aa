import assert from "node:assert/strict";
import { build, type Host, jupyterDisplay, plot, tryChat, tryDrawing, tryPicture, tryText } from "unroll";
import { type Shown, withFakeHost } from "../display/fake-host.js";

interface Content {
  box: string;
  kind: string;
  title: string;
  label?: string;
  examples: { name: string; picture?: string; answer: { shown?: Record<string, unknown>[]; error?: string } }[];
}
type Sent = Record<string, unknown>;

const PLOTLY = "application/vnd.plotly.v1+json";
const bundleOf = (shown: Shown[]) => shown.at(-1)!.bundle;
const contentOf = (shown: Shown[]) => bundleOf(shown)["application/vnd.unroll.try+json"] as Content;
const film = { title: "A good film?", label: "A sentence", examples: ["a fine film", "<b>ugh</b>"] };
const digit = (shade: number) => build(28, 28, () => shade, "float32");

/** A kernel to which a widget has opened its channel: `ask` says something to it, and returns what comes back. */
function listening(): { extra: Partial<Host>; ask: (data: object, ...buffers: Uint8Array[]) => Sent[] } {
  let heard: (data: unknown, buffers: readonly Uint8Array[]) => void;
  const sent: Sent[] = [];
  return {
    extra: {
      listen: (_, opened) =>
        opened({
          isOpen: true,
          send: (data) => sent.push(data as Sent),
          onMessage: (handler) => void (heard = handler),
        }),
    },
    ask: (data, ...buffers) => {
      heard(data, buffers);
      return sent;
    },
  };
}

describe("a box to try a model", () => {
  it("keeps the answers to its examples: words, HTML and figures, a list of them below one another", () =>
    withFakeHost((shown) => {
      const bars = plot.bars({ good: 1 });
      tryText({ ...film, answer: (text) => [text.length, { "text/html": "<i>it</i>", "text/plain": "it" }, bars] });
      const { kind, title, label, examples } = contentOf(shown);
      assert.deepEqual([kind, title, label], ["text", film.title, film.label]);
      assert.deepEqual(
        examples.map(({ name }) => name),
        film.examples,
      );
      const [words, html, figure] = examples[0]!.answer.shown!;
      assert.deepEqual(words, { "text/plain": "11" });
      assert.deepEqual(html, { "text/html": "<i>it</i>", "text/plain": "it" });
      assert.deepEqual(Object.keys(figure!), [PLOTLY, "text/plain"]);
    }));

  it("reads as HTML where no widget is: each example with its answer, a figure as its sketch, texts as they are", () =>
    withFakeHost((shown) => {
      tryText({ ...film, answer: (text) => [text, plot.bars({ good: 1 })] });
      const html = bundleOf(shown)["text/html"] as string;
      assert.match(
        html,
        /A sentence: <i>a fine film<\/i>[\s\S]+<p>a fine film<\/p>\n<figure><img src="data:image\/svg/,
      );
      assert.match(html, /<i>&lt;b&gt;ugh&lt;\/b&gt;<\/i>/);
      assert.doesNotMatch(html, /<b>ugh|<script|style=/);
    }));

  it("says in words its first example and the answer", () =>
    withFakeHost((shown) => {
      tryText({ ...film, answer: (text) => ["yes", `${text.length}`] });
      assert.equal(bundleOf(shown)["text/plain"], "A good film?\n› a fine film\n  yes\n  11");
    }));

  it("makes no other answer in a terminal", () =>
    withFakeHost(
      () => {
        const asked: string[] = [];
        tryText({ ...film, answer: (text) => void asked.push(text) });
        assert.deepEqual(asked, ["a fine film"]);
      },
      { isTerminal: true },
    ));

  it("stores numbers that lie in typed arrays as lists, and bytes of a picture as base64", () =>
    withFakeHost((shown) => {
      const bundle = { "application/json": { y: Float32Array.of(0.5, 2) }, "image/png": Uint8Array.of(1, 2) };
      tryText({ ...film, answer: () => bundle });
      assert.deepEqual(contentOf(shown).examples[0]!.answer.shown, [
        { "application/json": { y: [0.5, 2] }, "image/png": "AQI=" },
      ]);
    }));

  it("is shown when all its answers are there, where they take their time", () =>
    withFakeHost(async (shown) => {
      const own = { [jupyterDisplay]: async () => ({ "text/plain": "mine" }) };
      const done = tryText({ ...film, answer: async (text) => [text, own] });
      assert.equal(shown.length, 0);
      await done;
      assert.deepEqual(contentOf(shown).examples[0]!.answer.shown, [
        { "text/plain": "a fine film" },
        { "text/plain": "mine" },
      ]);
    }));

  it("says in one sentence why there is no answer, to an example and to what is asked", () => {
    const { extra, ask } = listening();
    return withFakeHost((shown) => {
      tryText({
        ...film,
        answer: (text) => {
          throw new RangeError(`no such word: ${text}\nsecond line`);
        },
      });
      assert.deepEqual(contentOf(shown).examples[0]!.answer, { error: "no such word: a fine film" });
      assert.deepEqual(ask({ ask: 1, text: "x" }), [{ to: 1, error: "no such word: x" }]);
    }, extra);
  });

  it("answers what a widget asks, under the number that it gave", () => {
    const { extra, ask } = listening();
    return withFakeHost(() => {
      tryText({ ...film, answer: (text) => text.toUpperCase() });
      ask({ ask: 1, text: "a" });
      assert.deepEqual(ask({ ask: 2, text: "b" }), [
        { to: 1, shown: [{ "text/plain": "A" }] },
        { to: 2, shown: [{ "text/plain": "B" }] },
      ]);
    }, extra);
  });

  it("tells a widget to wait for what takes its time", () => {
    const { extra, ask } = listening();
    return withFakeHost(async () => {
      await tryText({ ...film, answer: async (text) => text });
      const sent = ask({ ask: 1, text: "a" });
      assert.deepEqual(sent, [{ to: 1, isOnItsWay: true }]);
      await new Promise(setImmediate);
      assert.deepEqual(sent[1], { to: 1, shown: [{ "text/plain": "a" }] });
    }, extra);
  });

  it("takes what comes from the front end for data, and refuses what is no question", () => {
    const { extra, ask } = listening();
    const refused = (says: RegExp, data: object, ...buffers: Uint8Array[]) =>
      assert.match(String(ask({ ask: 1, ...data }, ...buffers).at(-1)!.error), says);
    return withFakeHost(() => {
      tryText({ ...film, answer: () => "never" });
      refused(/There is no text/, {});
      refused(/There is no text/, { text: "  " });
      refused(/10001 characters, at most 10000/, { text: "x".repeat(10_001) });
      tryPicture({ title: "?", pictures: [{ picture: digit(0), name: "black" }], answer: () => "never" });
      for (const index of [undefined, 1, -1, 0.5, "0"]) refused(/There is no picture .*, there are 0 … 0/, { index });
      tryDrawing({ title: "?", examples: [digit(1)], answer: () => "never" });
      refused(/not come whole/, { side: 28 });
      refused(/not come whole/, { side: 3 }, new Uint8Array(8));
      refused(/nothing is drawn/, { side: 3 }, new Uint8Array(9));
      tryChat({ title: "?", examples: ["Hi"], answer: () => "never" });
      refused(/said before is missing/, { text: "a" });
      refused(/said before is missing/, { text: "a", turns: [{ you: 1, reply: "b" }] });
      refused(/said before is missing/, { text: "a", turns: [null] });
    }, extra);
  });

  it("for a digit gives the model a picture like its own, and shows what the model reads", () => {
    const { extra, ask } = listening();
    return withFakeHost((shown) => {
      tryDrawing({
        title: "?",
        examples: [digit(1)],
        answer: ({ rows, cols, data }) => `${rows}×${cols} ${data.constructor.name}`,
      });
      assert.match(contentOf(shown).examples[0]!.picture!, /^data:image\/png;base64,iVBOR/);
      const [{ shown: answer, seen }] = ask({ ask: 1, side: 2 }, Uint8Array.of(0, 255, 0, 255)) as [Sent];
      assert.deepEqual(answer, [{ "text/plain": "28×28 Float32Array" }]);
      assert.match(String(seen), /^data:image\/png;base64,iVBOR/);
    }, extra);
  });

  it("for pictures shows each with its answer", () =>
    withFakeHost((shown) => {
      const address = "data:image/jpeg;base64,AAAA";
      const pictures = [
        { picture: digit(0), name: "black" },
        { picture: address, name: "a dog" },
      ];
      tryPicture({ title: "?", pictures, answer: (index) => `it is ${pictures[index]!.name}` });
      const { examples } = contentOf(shown);
      assert.deepEqual([examples[1]!.picture, examples[1]!.answer.shown], [address, [{ "text/plain": "it is a dog" }]]);
      assert.match(bundleOf(shown)["text/html"] as string, /<img src="data:image\/jpeg;base64,AAAA" alt="a dog"/);
    }));

  it("for a talk tells the model what was said before", () => {
    const { extra, ask } = listening();
    return withFakeHost(() => {
      tryChat({ title: "?", examples: ["Hi"], answer: (text, turns) => `${text} ${turns.map(({ you }) => you)}` });
      const turns = [{ you: "Hi", reply: "Hello" }];
      assert.deepEqual(ask({ ask: 1, text: "And?", turns }), [{ to: 1, shown: [{ "text/plain": "And? Hi" }] }]);
    }, extra);
  });
});
