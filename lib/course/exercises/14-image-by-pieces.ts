import { exercise } from "../exercise.js";

const piecesOf = exercise({
  name: "14.1",
  asks: "how many steps a picture in squares has, and how many numbers a step",
  hint: "`height / side` squares stand below each other, `width / side` beside each other; each has `side * side` pixels.",
  solution: (height: number, width: number, side: number): number[] => [(height / side) * (width / side), side * side],
  looks: [
    ["28×28 in squares of 4×4", (pieces) => pieces(28, 28, 4)],
    ["single pixels of 28×28", (pieces) => pieces(28, 28, 1)],
    ["12×18 in squares of 3×3", (pieces) => pieces(12, 18, 3)],
  ],
  mistakes: [
    {
      attempt: (height, width, side) => [side * side, (height / side) * (width / side)],
      says: "These are the two numbers, in the other order: first the steps T, then the numbers D of a step.",
    },
    {
      attempt: (height, width, side) => [(height * width) / side, side],
      says: "A square with `side` pixels on each side has `side * side` of them.",
    },
    {
      attempt: (height, _, side) => [(height / side) ** 2, side * side],
      says: "The picture need not be square: `height / side` squares down, `width / side` across.",
    },
  ],
});

const stepOf = exercise({
  name: "14.2",
  asks: "at which step a pixel is read",
  hint: "The pixel lies in row of squares `Math.floor(r / side)` and column of squares `Math.floor(c / side)`; a row has `28 / side` squares.",
  solution: (r: number, c: number, side: number): number => Math.floor(r / side) * (28 / side) + Math.floor(c / side),
  looks: [
    ["row 5, column 13, squares of 4×4", (step) => step(5, 13, 4)],
    ["the last pixel, squares of 7×7", (step) => step(27, 27, 7)],
    ["row 3, column 20, single pixels", (step) => step(3, 20, 1)],
  ],
  mistakes: [
    {
      attempt: (r, c, side) => Math.floor(c / side) * (28 / side) + Math.floor(r / side),
      says: "That is read column by column of squares. Like a page it goes: a whole row of squares first.",
    },
    {
      attempt: (r, c, side) => Math.floor((28 * r + c) / (side * side)),
      says: "So one would cut the *list* of pixels into pieces. The first `side * side` pixels of the list lie in one row, not in one square.",
    },
    {
      attempt: (r, c, side) => Math.floor(r / side) * 28 + Math.floor(c / side),
      says: "A row of squares has `28 / side` steps, not 28.",
    },
    {
      attempt: (r, c, side) => Math.floor(r / side) * (28 / side) + Math.floor(c / side) + 1,
      says: "One too many: the first step is step 0.",
    },
  ],
});

const undo = exercise({
  name: "14.3",
  asks: "the permutation that puts all pixels back",
  hint: "Pixel number p stands at the place where `order` has p: `order.indexOf(p)`.",
  solution: (order: readonly number[]): number[] => order.map((_, pixel) => order.indexOf(pixel)),
  looks: [
    ["[2, 0, 1]", (undo) => undo([2, 0, 1])],
    ["[3, 0, 4, 1, 2]", (undo) => undo([3, 0, 4, 1, 2])],
  ],
  mistakes: [
    {
      attempt: (order) => [...order],
      says: "The same permutation once more shuffles further. It undoes itself only where pixels were swapped in pairs.",
    },
    {
      attempt: (order) => [...order].reverse(),
      says: "Backwards is another shuffling. Ask for each pixel: at which place does it stand?",
    },
    {
      attempt: (order) => order.map((_, place) => place),
      says: "This leaves everything where it is.",
    },
  ],
});

const slower = exercise({
  name: "14.4",
  asks: "the share of a gate that is slower",
  hint: "In each step the part 1 − z' is left, after all of them (1 − z') to the power of `factor`. That must be 1 − z.",
  solution: (z: number, factor: number): number => 1 - (1 - z) ** (1 / factor),
  looks: [
    ["z = 0.5, four times slower", (slower) => slower(0.5, 4)],
    ["z = 0.9, twice as slow", (slower) => slower(0.9, 2)],
    ["z = 0.01, four times slower", (slower) => slower(0.01, 4)],
  ],
  mistakes: [
    {
      attempt: (z, factor) => z / factor,
      says: "Nearly, for a small z. But what is left is *multiplied* from step to step: four times a quarter of 0.5 does not leave 0.5.",
    },
    {
      attempt: (z, factor) => z ** (1 / factor),
      says: "That is the root of what is taken. What is multiplied from step to step is what is *left*: 1 − z.",
    },
    {
      attempt: (z, factor) => (1 - z) ** (1 / factor),
      says: "This is what is left after each step. Asked for is what is taken.",
    },
    {
      attempt: (z, factor) => 1 - (1 - z) ** factor,
      says: "This is what is taken in `factor` steps: faster, not slower.",
    },
  ],
});

export const lesson14 = [piecesOf, stepOf, undo, slower];
