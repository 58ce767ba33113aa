import assert from "node:assert/strict";
import { predict } from "unroll";
import { type Shown, withFakeHost } from "../display/fake-host.js";

interface Drawn {
  data: { x: number[]; y: number[]; name?: string }[];
}
const last = (shown: Shown[]) => shown.at(-1)!.bundle;
const figure = (shown: Shown[]) => last(shown)["application/vnd.plotly.v1+json"] as Drawn;
const data = ({ bundle }: Shown) => bundle["application/vnd.unroll.prediction+json"];

describe("predict", () => {
  it("notes the guess, and lays it beside the truth when that is known", () =>
    withFakeHost((shown) => {
      const weights = predict("How many?", 8, { unit: "weights" });
      assert.equal(last(shown)["text/plain"], "How many?\n  your guess: 8 weights");
      weights.reveal(10);
      assert.equal(shown[1]!.bundle["text/plain"], "How many?\n  your guess: 8 weights · truth: 10 weights");
      assert.deepEqual(figure(shown).data[0]!.y, [8, 10]);
      assert.match(last(shown)["text/plain"] as string, /your guess 8, truth 10/);
      assert.deepEqual(data(shown[1]!), { question: "How many?", guess: 8, truth: 10 });
    }));

  it("runs on without a guess, and shows the truth alone", () =>
    withFakeHost((shown) => {
      for (const none of [undefined, null, Number.NaN]) {
        predict("How many?", none).reveal(10);
        assert.deepEqual(figure(shown).data[0]!.y, [10]);
      }
      assert.match(shown[0]!.bundle["text/plain"] as string, /no guess yet/);
      assert.deepEqual(data(shown[0]!), { question: "How many?", guess: null });
    }));

  it("draws guesses at many places as a curve beside the true one", () =>
    withFakeHost((shown) => {
      predict("How does it fade?", [1, 0.5, 0.25], { x: "steps" }).reveal([1, 0.8, 0.64]);
      const [guess, truth] = figure(shown).data;
      assert.deepEqual(
        [guess!.name, guess!.y, truth!.name, truth!.y],
        ["your guess", [1, 0.5, 0.25], "truth", [1, 0.8, 0.64]],
      );
    }));

  it("compares words in words", () =>
    withFakeHost((shown) => {
      const choices = ["grows", "fades"];
      predict("What does it do?", "grows", { choices }).reveal("fades");
      assert.equal(last(shown)["text/plain"], "What does it do?\n  your guess: grows · truth: fades");
      assert.throws(() => predict("?", "stays", { choices }), /the guess is "stays", expected one of "grows", "fades"/);
    }));

  it("refuses a truth that cannot lie beside the guess", () =>
    withFakeHost(() => {
      assert.throws(() => predict("?", 1).reveal(Number.NaN), /the truth is NaN, expected finite numbers/);
      assert.throws(() => predict("?", [1, 2]).reveal([1, 2, 3]), /a list of 2 and the truth a list of 3/);
    }));
});
