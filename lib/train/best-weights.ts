import { checkChoice } from "../math/check-options.js";
import { copyInto } from "../math/matrix.js";
import { copyWeights, flatten, type WeightTree } from "../math/weights.js";

/** A number that says how good weights are: a function whose smaller value is better, or a metric and its direction. */
export type Evaluate<W extends WeightTree> =
  | ((weights: W) => number | Promise<number>)
  | { readonly metric: (weights: W) => number | Promise<number>; readonly better: "higher" | "lower" };

/** What an evaluation said after a step. */
export interface Evaluation {
  readonly step: number;
  readonly value: number;
}

/** Evaluates weights while they are trained, and keeps a copy of the best. */
export class BestWeights<W extends WeightTree> {
  readonly evaluations: Evaluation[];
  readonly #evaluate: Evaluate<W> | undefined;
  #weights: W | undefined;

  /** @param earlier what was known when training stopped, to go on from */
  constructor(
    evaluate: Evaluate<W> | undefined,
    earlier: { readonly best: W | undefined; readonly evaluations: readonly Evaluation[] } | undefined,
  ) {
    if (typeof evaluate === "object") checkChoice("train", "better", evaluate.better, ["higher", "lower"]);
    this.#evaluate = evaluate;
    this.evaluations = [...(earlier?.evaluations ?? [])];
    this.#weights = earlier?.best && copyWeights(earlier.best);
  }

  /** A copy of the best weights, when there was an evaluation. */
  copy(): W | undefined {
    return this.#weights && copyWeights(this.#weights);
  }

  /** The first one that no other is better than. */
  get best(): Evaluation | undefined {
    return this.evaluations.reduce<Evaluation | undefined>(
      (best, next) => (best && !this.#isBetter(next, best) ? best : next),
      undefined,
    );
  }

  /** How many evaluations there were since the best one. */
  get waited(): number {
    const { best } = this;
    return best ? this.evaluations.length - 1 - this.evaluations.indexOf(best) : 0;
  }

  /** @throws when the evaluation is not a number */
  async evaluate(step: number, weights: W): Promise<number | undefined> {
    if (!this.#evaluate) return undefined;
    const metric = typeof this.#evaluate === "function" ? this.#evaluate : this.#evaluate.metric;
    const value = await metric(weights);
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new RangeError(`train: the evaluation after step ${step} is ${value}, expected a number: look at evaluate`);
    }
    this.evaluations.push({ step, value });
    if (this.waited === 0) this.#weights = copyWeights(weights);
    return value;
  }

  /** Puts the best weights in the place of others, when there was an evaluation. */
  putInto(weights: W): void {
    if (!this.#weights) return;
    const best = flatten(this.#weights);
    for (const [name, matrix] of Object.entries(flatten(weights))) copyInto(matrix, best[name]!);
  }

  #isBetter(a: Evaluation, b: Evaluation): boolean {
    const higher = typeof this.#evaluate === "object" && this.#evaluate.better === "higher";
    return higher ? a.value > b.value : a.value < b.value;
  }
}
