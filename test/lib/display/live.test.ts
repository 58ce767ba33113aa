import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { live, progress } from "unroll";
import { type Shown, withFakeHost } from "./fake-host.js";

const texts = (shown: Shown[]) => shown.map(({ bundle }) => bundle["text/plain"]);

describe("live", () => {
  it("draws at once, then not at each change, and the last state when time has passed", () =>
    withFakeHost(async (shown) => {
      let count = 0;
      const view = live(() => String(count), { every: 30 });
      for (count = 1; count < 1000; count++) view.update();
      const drawnInTheLoop = shown.length;
      while (texts(shown).at(-1) !== "1000") await sleep(5);
      assert.equal(texts(shown)[0], "1");
      // the loop is over in less than a few periods; were each change drawn, there would be 999
      assert.ok(drawnInTheLoop < 100, `${drawnInTheLoop} drawings`);
    }));

  it("draws the last state when it is flushed, once", () =>
    withFakeHost(async (shown) => {
      let state = "a";
      const view = live(() => state, { every: 1e6 });
      view.update();
      state = "b";
      view.update();
      view.flush();
      view.flush();
      assert.deepEqual(texts(shown), ["a", "b"]);
    }));

  it("draws the last state at the end of its cell, be it that its timer never fires", () => {
    const ends = new Set<() => void>();
    return withFakeHost(
      (shown) => {
        let state = "a";
        const view = live(() => state, { every: 1e6 });
        view.update();
        state = "b";
        view.update();
        for (const end of ends) end();
        for (const end of ends) end();
        assert.deepEqual(texts(shown), ["a", "b"]);
      },
      { atEnd: (draw) => void ends.add(draw) },
    );
  });

  it("replaces its own output and no other", () =>
    withFakeHost((shown) => {
      const [one, two] = [live(() => "1"), live(() => "2")];
      one.flush();
      two.flush();
      one.update();
      one.flush();
      const ids = shown.map(({ id }) => id);
      assert.deepEqual([ids[0] === ids[2], ids[0] === ids[1]], [true, false]);
      assert.deepEqual(
        shown.map(({ update }) => update),
        [false, false, true],
      );
    }));

  it("draws seldom in a terminal", () =>
    withFakeHost(
      (shown) => {
        let count = 0;
        const view = live(() => String(count), { every: 0 });
        for (count = 0; count < 1000; count++) view.update();
        assert.deepEqual(texts(shown), ["0"]);
        view.flush();
      },
      { isTerminal: true },
    ));
});

describe("progress", () => {
  it("passes on what it goes through and ends at the end", () =>
    withFakeHost((shown) => {
      const got = [...progress(new Set(["a", "b", "c"]), { label: "letters", unit: "letters" })];
      assert.deepEqual(got, ["a", "b", "c"]);
      assert.match(texts(shown).at(-1) as string, /^letters {2}100 % {2}3 of 3 · .* letters\/s/);
      assert.match(shown.at(-1)!.bundle["text/html"] as string, /<progress max="1" value="1.0000"/);
    }));

  it("shows how far it came when the loop is left early", () =>
    withFakeHost((shown) => {
      for (const i of progress([1, 2, 3, 4])) if (i === 3) break;
      assert.match(texts(shown).at(-1) as string, /2 of 4/);
    }));

  it("counts what has no known end", () =>
    withFakeHost((shown) => {
      function* three() {
        yield* [1, 2, 3];
      }
      for (const _ of progress(three())) void _;
      assert.match(texts(shown).at(-1) as string, /^3 · /);
      assert.doesNotMatch(shown.at(-1)!.bundle["text/html"] as string, /<progress/);
    }));

  it("is moved by hand, with a note, and shows label and note as text, not as HTML", () =>
    withFakeHost((shown) => {
      const bar = progress({ total: 10, label: "<i>" });
      bar.advance(3);
      bar.advance();
      bar.set(9, "a < b");
      bar.finish();
      assert.match(texts(shown).at(-1) as string, /^<i> {3}90 % {2}9 of 10 · .* left · a < b$/);
      assert.match(shown.at(-1)!.bundle["text/html"] as string, /&lt;i&gt;.*a &lt; b/);
    }));
});
