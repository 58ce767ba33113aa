import type { Sequence } from "../math/sequence.js";
import type { WeightTree } from "../math/weights.js";
import type { Layer } from "./layer.js";
import { type AnyCell, asLayer } from "./recurrent.js";

/** The weights, or the states, of the layers from below: `{ layer0: …, layer1: … }`. */
export type ByLayer = Readonly<Record<`layer${number}`, WeightTree>>;

/**
 * Layers on top of each other: what one says at each step is what the next one reads.
 *
 *     y⁽⁰⁾ = layer₀(x),  y⁽ᵏ⁾ = layer_k(y⁽ᵏ⁻¹⁾)
 *
 * @param first a layer or a cell; the stack reads what it reads, such as tokens where it is an embedding
 * @param rest layers and cells, each as wide as the output below it
 * @throws when a layer does not fit the one below it
 * @see Graves 2013, Generating sequences with recurrent neural networks, section 2
 *
 * @example
 * const network = stacked(embedding(50, 8), rnn(8, 16), dropout(16, 0.2), rnn(16, 16));
 * const weights = network.init(random(1));
 * const { y } = network.forward(weights, new Tokens(5, 2)); // 5×2×16
 */
export function stacked<X = Sequence>(
  first: Layer<WeightTree, WeightTree, X> | AnyCell,
  ...rest: (Layer | AnyCell)[]
): Layer<ByLayer, ByLayer, X> {
  const layers = [first as Layer | AnyCell, ...rest].map(asLayer);
  layers.slice(1).forEach(({ inputSize }, k) => {
    const below = layers[k]!.outputSize;
    if (inputSize !== below) {
      throw new RangeError(
        `stacked: layer ${k + 1} was made for inputSize ${inputSize}, but the layer below it gives ${below} numbers a step`,
      );
    }
  });
  const last = layers.length - 1;
  const byLayer = <T>(f: (layer: Layer, k: number) => T) =>
    Object.fromEntries(layers.map((layer, k) => [`layer${k}`, f(layer, k)])) as Record<`layer${number}`, T>;

  return {
    inputSize: layers[0]!.inputSize,
    outputSize: layers[last]!.outputSize,
    looksAhead: layers.some(({ looksAhead }) => looksAhead),
    init: (random) => byLayer((layer) => layer.init(random)),
    initialState: (batch) => byLayer((layer) => layer.initialState(batch)),

    forward(weights, x, { initialState, lengths, random } = {}) {
      let y = x as Sequence; // what the first layer takes is checked where the stack is made
      const runs = layers.map((layer, k) => {
        const options = { initialState: initialState?.[`layer${k}`], lengths, random };
        const run = layer.forward(weights[`layer${k}`]!, y, options);
        y = run.y;
        return run;
      });
      return {
        y,
        finalState: byLayer((_, k) => runs[k]!.finalState),
        backward(dy, dFinalState) {
          const back = runs.map(() => undefined as ReturnType<(typeof runs)[number]["backward"]> | undefined);
          for (let k = last; k >= 0; k--) {
            back[k] = runs[k]!.backward(k === last ? dy : back[k + 1]!.dx, dFinalState?.[`layer${k}`]);
          }
          return {
            gradients: byLayer((_, k) => back[k]!.gradients),
            get dx() {
              return back[0]!.dx; // which costs something, and below the stack there may be nobody to ask
            },
            dInitialState: byLayer((_, k) => back[k]!.dInitialState),
          };
        },
      };
    },

    summary: (finalState) => layers[last]!.summary(finalState[`layer${last}`]!),
    summaryBackward: (dSummary) => ({ [`layer${last}`]: layers[last]!.summaryBackward(dSummary) }),
  };
}
