import assert from "node:assert/strict";
import { liveTraining, type TrainingStep } from "unroll";
import { type Shown, withFakeHost } from "../display/fake-host.js";

const at = (step: number, steps: number): TrainingStep => ({
  step,
  steps,
  epoch: 1,
  epochs: 1,
  loss: 1 / step,
  accuracy: step / steps,
  examplesPerSecond: 100,
  secondsLeft: 1,
});
type Plotly = {
  data: { name: string; x: number[]; y: number[]; yaxis: string }[];
  layout: { yaxis: { title: { text: string } } };
};
const figures = (shown: Shown[]) =>
  shown.flatMap(({ bundle }) => (bundle["application/vnd.plotly.v1+json"] as Plotly) ?? []);

describe("liveTraining", () => {
  it("ends with a full bar and with curves of loss and accuracy that hold all steps", () =>
    withFakeHost((shown) => {
      const { onStep } = liveTraining({ title: "a walk" });
      for (let step = 1; step <= 50; step++) onStep(at(step, 50));
      const [loss, accuracy] = figures(shown).at(-1)!.data;
      assert.deepEqual([loss!.name, accuracy!.name, accuracy!.yaxis], ["loss", "accuracy", "y2"]);
      assert.deepEqual([loss!.x.length, loss!.y[1], accuracy!.y.at(-1)], [50, 0.5, 1]);
      const bar = shown.map(({ bundle }) => bundle["text/plain"] as string).filter((text) => text.includes("epoch"));
      assert.match(
        bar.at(-1)!,
        /^a walk {2}100 % {2}50 of 50 .*epoch 1 of 1 · loss 0.020 · accuracy 100 % · 100 examples\/s$/,
      );
    }));

  it("joins steps into means, so that long training makes no longer curve", () =>
    withFakeHost((shown) => {
      const { onStep } = liveTraining();
      for (let step = 1; step <= 1000; step++) onStep(at(step, 1000));
      const [, accuracy] = figures(shown).at(-1)!.data;
      assert.equal(accuracy!.x.length, 200);
      assert.equal(accuracy!.y[0], 0.003); // the mean of 1 … 5 of 1000
    }));

  it("says what the loss is measured in", () =>
    withFakeHost((shown) => {
      liveTraining().onStep(at(1, 1));
      liveTraining({ loss: "mean squared error" }).onStep(at(1, 1));
      const said = figures(shown).map(({ layout }) => layout.yaxis.title.text);
      assert.deepEqual([said[0], said.at(-1)], ["loss (nats)", "mean squared error"]);
    }));

  it("starts anew when it watches a second training", () =>
    withFakeHost((shown) => {
      const { onStep } = liveTraining();
      for (let step = 1; step <= 10; step++) onStep(at(step, 10));
      for (let step = 1; step <= 3; step++) onStep(at(step, 3));
      assert.equal(figures(shown).at(-1)!.data[0]!.x.length, 3);
    }));

  it("says in a terminal what came out, without a line for each drawing", () =>
    withFakeHost(
      (shown) => {
        const { onStep } = liveTraining();
        for (let step = 1; step <= 100; step++) onStep(at(step, 100));
        const lines = shown.map(({ bundle }) => bundle["text/plain"] as string);
        assert.equal(lines.length, 3);
        assert.match(lines[2]!, /loss: from 1 to 0.01 over step 1 … 100/);
      },
      { isTerminal: true },
    ));
});
