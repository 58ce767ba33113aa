import {
  add,
  addInto,
  affine,
  affineBackward,
  build,
  buildSequence,
  checkFinite,
  checkLengths,
  checkSameShape,
  cholesky,
  concat,
  copy,
  copyInto,
  copyWeights,
  drawColumns,
  eigenvalues,
  flatten,
  integer,
  Matrix,
  matrix,
  mul,
  orthogonal,
  permutation,
  principalComponents,
  product,
  random,
  restoreRandom,
  ridge,
  Sequence,
  scan,
  scanBackward,
  singularValues,
  solve,
  spectralRadius,
  stack,
  subtract,
  svd,
  TokenParts,
  Tokens,
  unflatten,
  useEngine,
  zeros,
} from "unroll";
import { type Table, withNaN } from "./refuses.js";

const x = buildSequence(3, 2, 4, () => 0.5);
const h = zeros(2, 4);

export const math: Table = {
  Matrix: [
    ["a negative size", () => new Matrix(-1, 3), /Matrix: -1×3 is not a shape/],
    ["a size that is no number", () => new Matrix(Number.NaN, 3), /Matrix: NaN×3 is not a shape/],
    ["too few numbers", () => new Matrix(2, 2, new Float64Array(3)), /Matrix: 2×2 needs 4 numbers, the array has 3/],
    ["a list of numbers", () => new Matrix(1, 2, [1, 2] as never), /Matrix: the numbers are Array, expected a Float64/],
    ["columns that it has not", () => zeros(2, 3).columns(1, 5), /Matrix: there are no columns 1 … 4, it has 0 … 2/],
    ["rows that it has not", () => zeros(2, 3).rowRange(-1, 1), /Matrix: there are no rows -1 … 0/],
  ],
  zeros: [
    ["a negative size", () => zeros(-2, 3), /-2×3 is not a shape, rows and columns are whole numbers/],
    ["two negative sizes", () => zeros(-2, -3), /-2×-3 is not a shape/],
    ["an unknown precision", () => zeros(2, 3, "float16" as never), /precision: it is float16, expected "float32"/],
  ],
  build: [
    ["a size that is not whole", () => build(1.5, 2, () => 0), /1.5×2 is not a shape/],
    ["an infinite size", () => build(1, Number.POSITIVE_INFINITY, () => 0), /1×Infinity is not a shape/],
  ],
  matrix: [
    ["rows of different length", () => matrix([[1, 2], [3]]), /row 1 has 1 numbers, row 0 has 2: make them equally/],
    ["one list of numbers", () => matrix([1, 2] as never), /matrix: expected a list of rows, each a list of numbers/],
    ["nothing", () => matrix(undefined as never), /matrix: expected a list of rows/],
    ["a text among numbers", () => matrix([[1, "2" as never]]), /matrix: "2" in row 0, column 1 is no number/],
  ],
  copy: [["an unknown precision", () => copy(h, "double" as never), /precision: it is double/]],
  copyWeights: [["an unknown precision", () => copyWeights({ h }, "double" as never), /precision: it is double/]],
  copyInto: [["two shapes", () => copyInto(zeros(2, 2), h), /copyInto: 2×2 and 2×4 must have one shape/]],
  checkSameShape: [["two shapes", () => checkSameShape("here", zeros(2, 2), h), /here: 2×2 and 2×4 must have one/]],
  checkFinite: [
    ["NaN", () => checkFinite("here", withNaN(2, 3)), /here holds NaN at row 1, column 2: expected finite numbers/],
    ["an infinite number", () => checkFinite("here", matrix([[-Infinity]])), /here holds -Infinity at row 0, column 0/],
  ],
  checkLengths: [
    ["too few lengths", () => checkLengths("here", [3], 3, 2), /here: there are 1 lengths for 2 sequences/],
    ["a length beyond T", () => checkLengths("here", [3, 4], 3, 2), /length of sequence 1 is 4, expected .* 1 to 3/],
    ["a length of 0", () => checkLengths("here", [0, 3], 3, 2), /length of sequence 0 is 0/],
    ["a length that is no number", () => checkLengths("here", [Number.NaN, 3], 3, 2), /sequence 0 is NaN/],
  ],
  flatten: [
    ["a weight that is not there", () => flatten({ cell: { W: undefined } } as never), /flatten: cell.W is undefined/],
    ["a number in place of a matrix", () => flatten({ W: 3 } as never), /W is 3, expected a matrix or a tree/],
  ],
  Sequence: [
    ["a negative size", () => new Sequence(-1, 2, 3), /Sequence: -1×2×3 is not a shape/],
    ["sizes whose signs cancel", () => new Sequence(-1, -2, 3), /Sequence: -1×-2×3 is not a shape/],
    ["too few numbers", () => new Sequence(1, 2, 3, new Float32Array(5)), /1×2×3 needs 6 numbers, the array has 5/],
    ["a list of numbers", () => new Sequence(1, 1, 1, [1] as never), /Sequence: the numbers are Array, expected/],
    ["a step that it has not", () => x.at(3), /Sequence: there is no step 3, it has 0 … 2/],
    ["a step between two", () => x.at(0.5), /Sequence: there is no step 0.5/],
    ["steps beyond the end", () => x.slice(1, 4), /Sequence: there are no steps 1 … 3, it has 0 … 2/],
  ],
  buildSequence: [["a negative size", () => buildSequence(2, -1, 3, () => 0), /2×-1×3 is not a shape/]],
  unflatten: [
    ["rows that are no whole steps", () => unflatten(zeros(5, 2), 2), /unflatten: 5 rows, .* are not 2 steps/],
    ["no step", () => unflatten(zeros(4, 2), 0), /are not 0 steps/],
    ["rows with gaps", () => unflatten(zeros(4, 3).columns(0, 2), 2), /4 rows, 3 numbers apart.* without gaps/],
  ],
  stack: [
    ["nothing", () => stack([]), /stack: expected at least one matrix, got none/],
    ["matrices of two shapes", () => stack([h, zeros(2, 3)]), /2×4 and 2×3 must have one shape/],
  ],
  TokenParts: [
    ["a token of no part", () => new TokenParts(1, 1, 0, new Int32Array()), /TokenParts: a token has 0 parts/],
    [
      "another count of numbers",
      () => new TokenParts(1, 2, 3, new Int32Array(5)),
      /an Int32Array of 2·3 numbers, got 5/,
    ],
    ["a list", () => new TokenParts(1, 1, 1, [1] as never), /expected an Int32Array/],
    ["a part below 0", () => new TokenParts(1, 1, 2, Int32Array.of(1, -1)), /TokenParts: number 1 is -1/],
  ],
  Tokens: [
    [
      "a list of numbers",
      () => new Tokens(2, 1, [1, 2] as never),
      /Tokens: the numbers are Array, expected an Int32Array/,
    ],
    ["a negative size", () => new Tokens(-2, 1), /Tokens: -2×1 is not a shape/],
    ["another count of numbers", () => new Tokens(2, 2, new Int32Array(3)), /Tokens: 2×2 needs 4 numbers, .* has 3/],
    ["a token below 0", () => new Tokens(1, 2, Int32Array.of(1, -1)), /Tokens: number 1 is -1, expected whole numbers/],
    ["a step that it has not", () => new Tokens(2, 1).at(2), /Tokens: there is no step 2/],
    ["steps beyond the end", () => new Tokens(2, 1).slice(1, 3), /Tokens: there are no steps 1 … 2/],
  ],
  affine: [["shapes that do not fit", () => affine(h, zeros(3, 2), zeros(1, 2)), /affine: X 2×4, W 3×2 .* do not fit/]],
  affineBackward: [["another gradient", () => affineBackward(zeros(3, 2), h, zeros(4, 2)), /product: .* does not fit/]],
  concat: [["other numbers of rows", () => concat(h, zeros(3, 1)), /concat: 2 rows and 3 rows cannot stand side by/]],
  add: [["two shapes", () => add(h, zeros(2, 1)), /add: 2×4 and 2×1 must have one shape/]],
  subtract: [["two shapes", () => subtract(h, zeros(1, 4)), /subtract: 2×4 and 1×4 must have one shape/]],
  mul: [["two shapes", () => mul(h, zeros(4, 2)), /mul: 2×4 and 4×2 must have one shape/]],
  addInto: [["two shapes", () => addInto(h, zeros(1, 4)), /addInto: 2×4 and 1×4 must have one shape/]],
  product: [["shapes that do not fit", () => product(h, h), /product: 2×4 times 2×4 into 2×4 does not fit/]],
  cholesky: [
    ["an empty matrix", () => cholesky(zeros(0, 0)), /cholesky: the matrix is 0×0, expected a square one/],
    ["a matrix that is not square", () => cholesky(h), /cholesky: the matrix is 2×4/],
    ["NaN", () => cholesky(withNaN(2, 2)), /cholesky: the matrix holds NaN/],
    [
      "a matrix that is not symmetric",
      () =>
        cholesky(
          matrix([
            [1, 2],
            [0, 1],
          ]),
        ),
      /cholesky: the matrix is not symmetric/,
    ],
    [
      "one that is not positive",
      () =>
        cholesky(
          matrix([
            [0, 0],
            [0, 0],
          ]),
        ),
      /cholesky: the matrix is not positive definite/,
    ],
  ],
  solve: [
    ["another number of rows", () => solve(matrix([[1]]), zeros(2, 1)), /solve: B has 2 rows and A has 1/],
    ["NaN on the right side", () => solve(matrix([[1]]), matrix([[Number.NaN]])), /solve: B holds NaN/],
  ],
  ridge: [
    ["no example", () => ridge(zeros(0, 2), zeros(0, 1), 0.1), /ridge: X has 0 rows and Y has 0/],
    ["a negative lambda", () => ridge(h, h, -1), /ridge: lambda is -1, expected a number ≥ 0/],
    ["NaN as lambda", () => ridge(h, h, Number.NaN), /ridge: lambda is NaN/],
    ["NaN in the examples", () => ridge(withNaN(3, 2), zeros(3, 1), 0.1), /ridge: X holds NaN at row 2, column 1/],
    ["NaN in the targets", () => ridge(zeros(3, 2), withNaN(3, 1), 0.1), /ridge: Y holds NaN/],
  ],
  eigenvalues: [
    ["a matrix that is not square", () => eigenvalues(h), /eigenvalues: the matrix is 2×4, expected a square one/],
    ["an infinite number", () => eigenvalues(matrix([[Infinity]])), /eigenvalues: the matrix holds Infinity/],
  ],
  spectralRadius: [
    ["an empty matrix", () => spectralRadius(zeros(0, 0)), /the matrix is 0×0, expected a square one/],
    ["NaN", () => spectralRadius(withNaN(2, 2)), /the matrix holds NaN/],
  ],
  svd: [
    ["an empty matrix", () => svd(zeros(0, 2)), /svd: the matrix is 0×2, expected at least one row/],
    ["NaN", () => svd(withNaN(2, 3)), /svd: the matrix holds NaN/],
  ],
  singularValues: [["NaN", () => singularValues(withNaN(3, 2)), /the matrix holds NaN/]],
  principalComponents: [
    [
      "one point",
      () => principalComponents(zeros(1, 3), 1),
      /principalComponents: there are 1 points, expected at least 2/,
    ],
    [
      "more directions than numbers",
      () => principalComponents(withNaN(3, 2), 3),
      /k is 3, expected .* from 1 to the width 2/,
    ],
    ["points without spread", () => principalComponents(zeros(3, 2), 1), /all points are one and the same/],
    ["NaN", () => principalComponents(withNaN(3, 2), 1), /principalComponents: X holds NaN at row 2, column 1/],
  ],
  orthogonal: [["a size that is no number", () => orthogonal(Number.NaN, random(1)), /NaN×NaN is not a shape/]],
  drawColumns: [
    [
      "probabilities that are all 0",
      () => drawColumns(zeros(1, 3), random(1)),
      /drawColumns: row 0 sums to 0, expected/,
    ],
    [
      "a negative one",
      () => drawColumns(matrix([[1], [-1]]), random(1)),
      /drawColumns: row 1 holds -1, expected .* ≥ 0/,
    ],
    ["NaN", () => drawColumns(withNaN(2, 2), random(1)), /drawColumns: row 1 holds NaN/],
    ["an infinite one", () => drawColumns(matrix([[Infinity]]), random(1)), /drawColumns: row 0 sums to Infinity/],
  ],
  random: [
    ["no seed", () => random(undefined as never), /random: the seed is undefined, expected a whole number/],
    ["a seed that is not whole", () => random(0.5), /random: the seed is 0.5/],
  ],
  restoreRandom: [
    ["nothing", () => restoreRandom(undefined as never), /restoreRandom: the state is undefined, expected four whole/],
    ["three words", () => restoreRandom([1, 2, 3]), /restoreRandom: the state is \[1, 2, 3\], expected four whole/],
    ["words that are all 0", () => restoreRandom([0, 0, 0, 0]), /restoreRandom: .* that are not all 0/],
  ],
  integer: [
    ["an empty range", () => integer(random(1), 0), /integer: below is 0, expected a whole number ≥ 1/],
    ["NaN", () => integer(random(1), Number.NaN), /integer: below is NaN/],
  ],
  permutation: [
    ["a negative count", () => permutation(random(1), -1), /permutation: count is -1, expected a whole number ≥ 0/],
    ["NaN", () => permutation(random(1), Number.NaN), /permutation: count is NaN/],
  ],
  scan: [
    [
      "no step",
      () => scan(new Sequence(0, 2, 4), new Sequence(0, 2, 4), h),
      /scan: 0 and 0 steps, expected .* at least one/,
    ],
    ["other steps", () => scan(x, x.slice(0, 2), h), /scan: 3 and 2 steps/],
    ["another first state", () => scan(x, x, zeros(2, 3)), /scan: 2×4 and 2×3 must have one shape/],
  ],
  scanBackward: [["other steps", () => scanBackward(x, h, x, x.slice(0, 1)), /scanBackward: 3 and 1 steps/]],
  useEngine: [["an unknown engine", () => useEngine("gpu" as never), /useEngine: there is no engine "gpu"/]],
};
