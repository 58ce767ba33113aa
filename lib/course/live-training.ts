import { host } from "../display/host.js";
import { live } from "../display/live.js";
import { type ProgressBar, progress } from "../display/progress.js";
import { curves } from "../plot/curves.js";
import type { TrainingStep } from "../train/trainer.js";

/** How many points a live curve has at most: the mean of a few steps becomes one point, so long training stays small. */
const POINTS = 200;

/**
 * The callback for `train` that shows a progress bar and the curves of loss and accuracy while it trains.
 *
 * @param title of the figure and label of the bar
 * @param loss what the loss is measured in
 * @param every milliseconds between two drawings
 *
 * @example
 * const model = classifier(rnn(28, 8), 10);
 * const examples = asRows(mnist().train.slice(0, 200));
 * const watch = liveTraining({ title: "a short walk" });
 * await train(model, model.init(random(1)), examples, { optimizer: adam(), random: random(2), ...watch });
 */
export function liveTraining({
  title = "training",
  loss = "loss (nats)",
  every = 250,
}: {
  title?: string;
  loss?: string;
  every?: number;
} = {}): {
  onStep: (step: TrainingStep) => void;
} {
  let points = new Points(1);
  let bar: ProgressBar | undefined;
  const figure = live(() => points.figure(title, loss), { every });

  return {
    onStep(now) {
      // training that was resumed begins at another step than the first
      if (now.step === 1 || !bar) {
        points = new Points(Math.ceil(now.steps / POINTS));
        bar = progress({ total: now.steps, label: title, unit: "steps" });
      }
      points.add(now);
      const percent = (100 * now.accuracy).toFixed(0);
      const { examplesPerSecond, tokensPerSecond } = now;
      const rate =
        tokensPerSecond === undefined
          ? `${Math.round(examplesPerSecond)} examples/s`
          : `${Math.round(tokensPerSecond)} tokens/s`;
      bar.set(
        now.step,
        `epoch ${now.epoch} of ${now.epochs} · loss ${now.loss.toFixed(3)} · accuracy ${percent} % · ${rate}`,
      );
      // a terminal gets the curve's words once, in the end
      if (!host().isTerminal) figure.update();
      if (now.step === now.steps) {
        bar.finish();
        figure.update();
        figure.flush();
      }
    },
  };
}

/** The means of loss and accuracy over `size` steps at a time. */
class Points {
  readonly #size: number;
  readonly #steps: number[] = [];
  readonly #losses: number[] = [];
  readonly #accuracies: number[] = [];
  #loss = 0;
  #accuracy = 0;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add({ step, steps, loss, accuracy }: TrainingStep): void {
    this.#loss += loss;
    this.#accuracy += accuracy;
    this.#count++;
    if (this.#count < this.#size && step < steps) return;
    this.#steps.push(step);
    this.#losses.push(this.#loss / this.#count);
    this.#accuracies.push(this.#accuracy / this.#count);
    this.#loss = this.#accuracy = this.#count = 0;
  }

  figure(title: string, loss: string) {
    return curves(
      [
        { name: "loss", x: this.#steps, y: this.#losses },
        { name: "accuracy", x: this.#steps, y: this.#accuracies, axis: "right" },
      ],
      { title, x: "step", y: loss, right: "accuracy", rightRange: [0, 1] },
    );
  }
}
