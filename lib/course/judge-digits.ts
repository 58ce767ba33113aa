import { mnist } from "../data/mnist.js";
import { asRows } from "../data/reading.js";
import { tanh } from "../math/activation.js";
import { affine } from "../math/affine.js";
import { add } from "../math/elementwise.js";
import { Matrix } from "../math/matrix.js";
import { product } from "../math/product.js";
import { argmax } from "../math/softmax.js";

/** A recurrent network that reads a picture row by row. */
type Trained = Readonly<Record<"Wxh" | "Whh" | "bh" | "Why" | "by", Matrix>>;

const CLASSES = 10;
const SIDE = 28;
const ASKED = 2000; // test pictures
const MOST = 1024; // hidden units: more take too long here

/**
 * What is wrong with a trained network, in a sentence: it is asked about test pictures here, so that nothing but weights
 * has to be believed.
 *
 * @param least the share of the pictures that must be right
 */
export function judgeDigits(got: unknown, least: number): string | undefined {
  const weights = got as Trained | undefined;
  const units = weights?.Wxh?.cols;
  if (typeof units === "number" && units > MOST) return `expected at most ${MOST} hidden units, got ${units}`;
  const shapes = {
    Wxh: [SIDE, units],
    Whh: [units, units],
    bh: [1, units],
    Why: [units, CLASSES],
    by: [1, CLASSES],
  } as const;
  for (const [name, [rows, cols]] of Object.entries(shapes)) {
    const m = weights?.[name as keyof Trained];
    if (!(m instanceof Matrix)) return `expected a matrix ${name}, got none`;
    if (m.rows !== rows || m.cols !== cols) return `expected ${name} to be ${rows}×${cols}, got ${m.rows}×${m.cols}`;
    if (!m.toRows().flat().every(Number.isFinite)) return `there is a number in ${name} that is not finite`;
  }
  const share = shareRight(weights!);
  return share >= least
    ? undefined
    : `expected ${percent(least)} of ${ASKED} test pictures right or more, got ${percent(share)}`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function shareRight({ Wxh, Whh, bh, Why, by }: Trained): number {
  const { x, labels } = asRows(mnist().test.slice(0, ASKED)).batch(Array.from({ length: ASKED }, (_, i) => i));
  let h = new Matrix(ASKED, Whh.rows, new Float32Array(ASKED * Whh.rows));
  for (let t = 0; t < x.steps; t++) h = tanh(add(product(x.at(t), Wxh), affine(h, Whh, bh)));
  return argmax(affine(h, Why, by)).filter((guess, i) => guess === labels[i]).length / ASKED;
}
