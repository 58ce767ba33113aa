import assert from "node:assert/strict";
import { check, checkAll, exercise } from "unroll";
import { type Shown, withFakeHost } from "../display/fake-host.js";

const right = (D: number, H: number) => H * (D + H + 1);
const wrong = () => 7;
const words = (shown: Shown[]) => shown.map(({ bundle }) => bundle["text/plain"] as string);

describe("check", () => {
  it("shows at once whether an attempt is right, for people and for tools, and throws nothing", () =>
    withFakeHost((shown) => {
      check("2.2", undefined);
      check("2.2", (D: number, H: number) => D * H);
      check("2.2", right);
      const [blank, missed, accepted] = words(shown);
      assert.equal(blank, "· 2.2 Nothing to see yet: it is your turn.");
      assert.match(missed!, /^✗ 2\.2 2 inputs, 2 units, 3 steps: expected 10, got 4$/);
      assert.match(accepted!, /^✓ 2\.2 right: how many weights there are\n {2}Checked: 2 inputs, 2 units, 3 steps · /);
      const forTools = shown.map(({ bundle }) => bundle["application/vnd.unroll.check+json"] as { outcome: string });
      assert.deepEqual(
        forTools.map(({ outcome }) => outcome),
        ["blank", "missed", "accepted"],
      );
    }));

  it("shows the hint with the second miss, and counts no empty attempt as one", () =>
    withFakeHost((shown) => {
      for (const attempt of [wrong, undefined, () => undefined, wrong]) check("0.1", attempt);
      const hinted = words(shown).map((text) => text.includes("Hint: Each of the H units"));
      assert.deepEqual(hinted, [false, false, false, true]);
    }));

  it("sets code between backticks as code, and every other sign as it is", () =>
    withFakeHost((shown) => {
      check("2.2", (D: number, H: number) => D * H + H);
      const html = shown[0]!.bundle["text/html"] as string;
      assert.match(html, /<code>W_hh<\/code>, which leads from/);
      check("2.2", () => "<b>");
      assert.match(shown[1]!.bundle["text/html"] as string, /got &quot;&lt;b&gt;&quot;/);
    }));

  it("names the exercises that there are, where there is none of that name", () => {
    assert.throws(() => check("2.9", 1), /^RangeError: check: there is no exercise "2\.9", there are 2\.1, 2\.2, 2\.3/);
  });
});

describe("check, of a practical's task", () => {
  const half = (D: number, H: number) => ({ rnn: H * (D + H + 1), lstm: H, gru: H });

  it("says how many public tests pass, and the first quantity that differs with expected and got", () =>
    withFakeHost((shown) => {
      check("parameter-counts", half);
      assert.match(
        words(shown)[0]!,
        /^✗ parameter-counts 0 of 1 public tests pass · two pairs of sizes: lstm: expected \d+, got \d+$/,
      );
      check("relative-error", () => 0);
      assert.match(words(shown)[1]!, /^✗ relative-error 1 of 2 public tests pass · two matrices: expected .+, got 0$/);
      const tool = shown[1]!.bundle["application/vnd.unroll.check+json"] as { passed: number; of: number };
      assert.deepEqual([tool.passed, tool.of], [1, 2]);
    }));

  it("shows the hint with the second miss, and counts a stub as none", () =>
    withFakeHost((shown) => {
      const stub = () => {
        throw new Error("your turn");
      };
      for (const attempt of [() => 1, stub, () => 1]) check("gru-step", attempt);
      const texts = words(shown);
      assert.deepEqual(
        texts.map((text) => text.includes("Hint: Both gates read")),
        [false, false, true],
      );
      assert.equal(texts[1], "· gru-step Nothing to see yet: it is your turn.");
    }));

  it("looks at what the notebook has declared, where it is given a name alone", () =>
    withFakeHost(
      (shown) => {
        check("parameter-counts");
        check("truncated-bptt");
        assert.match(words(shown)[0]!, /0 of 1 public tests pass/);
        assert.match(words(shown)[1]!, /^· truncated-bptt Nothing to see yet/);
      },
      { declared: (name) => (name === "parameterCounts" ? half : undefined) },
    ));

  it("waits for an attempt that returns a promise", () =>
    withFakeHost(async (shown) => {
      await check("classifier", async () => ({ Wxh: 1 }));
      assert.match(words(shown)[0]!, /^✗ classifier 0 of 1 public tests pass · .+: expected a matrix Wxh, got none$/);
      await check("classifier", () => Promise.reject(new Error("diverged")));
      assert.match(words(shown)[1]!, /stopped with “diverged”/);
    }));

  it("has its tasks in a table, with level, points and public tests", () =>
    withFakeHost(() => {
      check("lstm-step", () => 1);
      const { columns, rows, title } = checkAll("practical-4");
      assert.deepEqual(columns, ["exercise", "asks", "level", "points", "public tests", "state"]);
      const row = rows.find(([name]) => name === "lstm-step")!;
      assert.deepEqual(row.slice(2), ["ALL", "9", "0 of 3", "missed once"]);
      assert.match(title, /^0 of 12 exercises done$/);
    }));
});

describe("checkAll", () => {
  it("lists the exercises of a lesson with what is done, which a later miss does not undo", () =>
    withFakeHost(() => {
      check("0.2", (p: number[]) => p.indexOf(Math.max(...p)));
      check("0.2", wrong);
      check("0.3", wrong);
      const { title, rows } = checkAll("0");
      const states = Object.fromEntries(rows.map(([name, , state]) => [name, state]));
      assert.deepEqual([states["0.2"], states["0.3"]], ["✓ done", "missed once"]);
      assert.equal(title, "1 of 3 exercises done");
    }));

  it("takes the lessons that were begun, and refuses one that has no exercises", () =>
    withFakeHost(() => {
      check("2.2", right);
      assert.ok(checkAll().rows.some(([name]) => name === "2.1"));
      assert.throws(() => checkAll("99"), /no exercises of lesson "99", there are some of 0\b/);
    }));
});

describe("exercise", () => {
  it("refuses one that cannot be judged", () => {
    const parts = { asks: "", hint: "", solution: 1, mistakes: [{ attempt: 2, says: "" }] };
    assert.throws(() => exercise({ ...parts, name: "one", looks: [["it", (v) => v]] }), /expected one like "2\.1"/);
    assert.throws(
      () => exercise({ ...parts, name: "1.1", looks: [] }),
      /0 looks and 1 mistakes, expected some of both/,
    );
  });
});
