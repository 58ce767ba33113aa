import assert from "node:assert/strict";
import { engine, result } from "unroll";
import { withFakeHost } from "../display/fake-host.js";

describe("result", () => {
  const headline = { lesson: "00-hello", name: "test <accuracy>", value: 97.123, unit: "%", seconds: 61.4 };

  it("shows the headline number for tools and for people, with the engine's name", () =>
    withFakeHost((shown) => {
      result({ ...headline, expected: [95, 100] });
      const { bundle } = shown[0]!;
      assert.deepEqual(bundle["application/vnd.unroll.result+json"], {
        ...headline,
        expected: [95, 100],
        engine: engine().name,
      });
      const figures = `expected 95 … 100 · 61 s · engine ${engine().name}`;
      assert.equal(bundle["text/plain"], `test <accuracy>: 97.12 % (${figures})`);
      assert.match(bundle["text/html"] as string, /test &lt;accuracy&gt;: <b[^>]*>97.12 %<\/b>/);
    }));

  it("says when the value is not as expected, too low or too high", () =>
    withFakeHost((shown) => {
      for (const expected of [
        [98, 100],
        [90, 95],
      ] as const) {
        result({ ...headline, expected });
      }
      assert.match(shown[0]!.bundle["text/plain"] as string, /outside of the expected 98 … 100/);
      assert.match(shown[1]!.bundle["text/html"] as string, /outside of the expected 90 … 95/);
    }));

  it("stands beside a simple method's number and a published one, in the same unit", () =>
    withFakeHost((shown) => {
      const baseline = { name: "guessing", value: 10 };
      const published = { source: "A & B 2001", value: 99.15 };
      result({ ...headline, expected: [95, 100], baseline, published, data: "MNIST" });
      const { bundle } = shown[0]!;
      assert.match(bundle["text/plain"] as string, /MNIST\); guessing: 10 %; published: 99.15 % \(A & B 2001\)$/);
      assert.match(bundle["text/html"] as string, /guessing: 10 %<br>published: 99.15 % \(A &amp; B 2001\)<br>/);
    }));

  it("refuses numbers that are none", () => {
    assert.throws(
      () => result({ ...headline, value: Number.NaN, expected: [0, 1] }),
      /value NaN.*expected finite numbers/,
    );
    assert.throws(() => result({ ...headline, expected: [100, 95] }), /low ≤ high/);
    const baseline = { name: "guessing", value: Number.NaN };
    assert.throws(() => result({ ...headline, expected: [95, 100], baseline }), /finite/);
  });
});
