import { checkFinite } from "../math/finite.js";
import { build, type Matrix } from "../math/matrix.js";

/** Where each of our gates' blocks of columns lies in another library's matrix, and whether its sign is another one. */
export type GateOrder = readonly { readonly theirs: number; readonly sign: 1 | -1 }[];

/** The matrices of another library by name. */
export type ForeignWeights = Readonly<Record<string, Matrix>>;

/** One block, that of the RNN. */
export const plain: GateOrder = [{ theirs: 0, sign: 1 }];

/** Ours f, u, r, candidate; theirs, in PyTorch and in Keras: i, f, g, o. */
export const lstmOrder: GateOrder = [
  { theirs: 1, sign: 1 },
  { theirs: 0, sign: 1 },
  { theirs: 3, sign: 1 },
  { theirs: 2, sign: 1 },
];

/** The blocks of columns of their matrix in our order. */
export function toOurs(theirs: Matrix, order: GateOrder): Matrix {
  const width = theirs.cols / order.length;
  return build(
    theirs.rows,
    theirs.cols,
    (i, j) => {
      const { theirs: block, sign } = order[Math.floor(j / width)]!;
      const value = theirs.at(i, block * width + (j % width));
      return sign === 1 ? value : 0 - value;
    },
    theirs.precision,
  );
}

/** The blocks of columns of our matrix in their order. */
export function toTheirs(ours: Matrix, order: GateOrder): Matrix {
  const back = order.map((_, block) => {
    const own = order.findIndex(({ theirs }) => theirs === block);
    return { theirs: own, sign: order[own]!.sign };
  });
  return toOurs(ours, back);
}

/**
 * The matrix of a name, checked.
 *
 * @throws when it is missing, has another shape or holds a number that is not finite
 */
export function foreign(what: string, weights: ForeignWeights, name: string, rows: number, cols: number): Matrix {
  const matrix = present(what, weights, name);
  if (matrix.rows !== rows || matrix.cols !== cols) {
    throw new RangeError(`${what}: ${name} is ${matrix.rows}×${matrix.cols}, expected ${rows}×${cols}`);
  }
  checkFinite(`${what}: ${name}`, matrix);
  return matrix;
}

/** @throws when there is no matrix of this name */
export function present(what: string, weights: ForeignWeights, name: string): Matrix {
  const matrix = Object.hasOwn(weights, name) ? weights[name] : undefined;
  if (!matrix) {
    const names = Object.keys(weights).slice(0, 8).join(", ") || "nothing";
    throw new RangeError(`${what}: there is no ${name}, only ${names}: expected the weights of one layer`);
  }
  return matrix;
}

/** @throws when our W and b are not those of a cell with so many gates */
export function checkOurs(what: string, { W, b }: { W: Matrix; b: Matrix }, gates: number): { D: number; H: number } {
  const H = W.cols / gates;
  const D = W.rows - H;
  if (!(Number.isInteger(H) && H > 0 && D > 0 && b.rows === 1 && b.cols === W.cols)) {
    throw new RangeError(
      `${what}: W is ${W.rows}×${W.cols} and b ${b.rows}×${b.cols}, expected (D+H)×${gates}H and 1×${gates}H`,
    );
  }
  return { D, H };
}
