import { longLived, settle } from "../math/long-lived.js";
import { checkSameShape, copy, type Matrix } from "../math/matrix.js";
import { flatten, type WeightTree } from "../math/weights.js";

/** Changes weights, in place, so that the loss falls. It belongs to one model: it may remember earlier gradients. */
export interface Optimizer {
  readonly name: string;
  /** @param share of the learning rate that this step is made with, as a schedule gives it */
  step(weights: WeightTree, gradients: WeightTree, share?: number): void;
  /** All that it remembers, copied: what a checkpoint keeps. */
  state(): OptimizerState;
  /**
   * Goes on from where another optimiser of its kind was.
   *
   * @throws when the state is another optimiser's, or lacks what this one remembers
   */
  restore(state: OptimizerState): void;
}

/** What an optimiser remembers between steps. */
export interface OptimizerState {
  /** Of the optimiser: "adam". */
  readonly name: string;
  /** How many steps it has made. */
  readonly step: number;
  /** Matrices under names such as "mean.cell.W": what is remembered, and of which weight. */
  readonly memory: Readonly<Record<string, Matrix>>;
}

/** The memory of an optimiser: for each weight one matrix of each kind ("mean", "square", …), zeros at first. */
export class Memory {
  /** How many steps have been made. */
  step = 0;
  readonly #name: string;
  readonly #kinds: readonly string[];
  #kept = new Map<string, Matrix>();
  #restored = false;

  /** @param kinds what is remembered of each weight, perhaps nothing */
  constructor(name: string, kinds: readonly string[]) {
    this.#name = name;
    this.#kinds = kinds;
  }

  /** What is remembered of a weight: dense, whatever view the weight is. */
  of(kind: string, name: string, weight: Matrix): Matrix {
    const key = `${kind}.${name}`;
    let kept = this.#kept.get(key);
    if (!kept) {
      if (this.#restored) {
        throw new RangeError(`${this.#name}: the restored state holds no ${key}, expected that of the same model`);
      }
      this.#kept.set(key, (kept = longLived(weight.rows, weight.cols, weight.precision)));
    }
    checkSameShape(`optimizer: ${name} and what is remembered of it (an optimiser belongs to one model)`, weight, kept);
    return kept;
  }

  state(): OptimizerState {
    const memory = Object.fromEntries([...this.#kept].map(([key, kept]) => [key, copy(kept)]));
    return { name: this.#name, step: this.step, memory };
  }

  restore({ name, step, memory }: OptimizerState): void {
    if (name !== this.#name) {
      throw new RangeError(`${this.#name}: the state is that of ${name}, expected that of ${this.#name}`);
    }
    if (!(Number.isInteger(step) && step >= 0)) {
      throw new RangeError(`${name}: the state's step is ${step}, expected a whole number ≥ 0`);
    }
    const foreign = Object.keys(memory).find((key) => !this.#kinds.includes(key.split(".", 1)[0]!));
    if (foreign !== undefined) {
      const known = this.#kinds.join(" and ") || "nothing";
      throw new RangeError(`${name}: the state holds ${foreign}, with these options it remembers ${known}`);
    }
    this.step = step;
    this.#restored = step > 0;
    this.#kept = new Map(Object.entries(memory).map(([key, kept]) => [key, settle(kept)]));
  }
}

/** Each weight with its name and its gradient. */
export function pairs(weights: WeightTree, gradients: WeightTree): [name: string, weight: Matrix, gradient: Matrix][] {
  const flat = flatten(gradients);
  return Object.entries(flatten(weights)).map(([name, weight]) => {
    const gradient = flat[name];
    if (!gradient) throw new RangeError(`optimizer: there is no gradient for ${name}`);
    checkSameShape(`optimizer: ${name} and its gradient`, weight, gradient);
    return [name, weight, gradient];
  });
}

/** @throws a sentence with the option's name when it is not in 0 … 1, 1 left out */
export function checkShare(optimizer: string, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= 0 && value < 1)) {
      throw new RangeError(`${optimizer}: ${name} is ${value}, expected a number ≥ 0 and < 1`);
    }
  }
}
