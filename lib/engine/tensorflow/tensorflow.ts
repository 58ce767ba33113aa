import { availableParallelism } from "node:os";
import type { Engine } from "../engine.js";
import { referenceEngine } from "../reference.js";
import { loadBinding } from "./binding.js";
import { products } from "./product.js";
import { recurrences } from "./recurrence.js";

/** Multiplications below which calling TensorFlow costs more than it saves. */
const SMALLEST = 20_000;

/** Steps below which bringing the weights into TensorFlow's order costs more than it saves. */
const FEWEST_STEPS = 8;

/**
 * TensorFlow computes products and whole sequences in float32; the reference engine does what is small, what reads
 * more memory than it computes, and float64, which TensorFlow's Node.js binding has not got.
 *
 * @param smallest how many multiplications a product or a step must have to be TensorFlow's
 * @param fewestSteps how many steps a sequence must have
 * @throws EngineUnavailable where @tensorflow/tfjs-node is not installed or does not load
 */
export function openTensorflow({ smallest = SMALLEST, fewestSteps = FEWEST_STEPS } = {}): Engine {
  const { binding, version } = loadBinding();
  const reference = referenceEngine();
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
  const about = `TensorFlow ${binding.TF_Version} of @tensorflow/tfjs-node ${version}`;
  return {
    ...reference,
    name: "tensorflow",
    threads,
    describe: () => `tensorflow: ${about}, ${threads} ${threads === 1 ? "thread" : "threads"}, float32`,
    product: products(binding, smallest, reference.product),
    recurrence: recurrences(binding, smallest, fewestSteps),
  };
}
