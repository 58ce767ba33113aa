import { exercise } from "../exercise.js";

const glanceWeights = exercise({
  name: "0.1",
  asks: "how many weights the feed-forward network has",
  hint: "Each of the H units has a weight for each pixel and one bias; each of the 10 outputs has one for each unit and one bias.",
  solution: (pixels: number, hidden: number): number => (pixels + 1) * hidden + (hidden + 1) * 10,
  looks: [
    ["784 pixels, 64 units", (count) => count(784, 64)],
    ["1,568 pixels, 64 units", (count) => count(1568, 64)],
    ["784 pixels, 128 units", (count) => count(784, 128)],
  ],
  mistakes: [
    {
      attempt: (pixels, hidden) => pixels * hidden + hidden * 10,
      says: "Nearly: the biases are missing, one for each hidden unit and one for each output.",
    },
    {
      attempt: (pixels, hidden) => (pixels + 1) * hidden,
      says: "That is the first layer. The ten outputs have weights, too.",
    },
  ],
});

const likeliest = exercise({
  name: "0.2",
  asks: "the guess that ten probabilities make",
  hint: "`Math.max(...p)` is the largest of them, and `p.indexOf(…)` says where it stands.",
  solution: (p: readonly number[]): number => p.indexOf(Math.max(...p)),
  looks: [
    ["(0.1, 0.7, 0.2)", (guess) => guess([0.1, 0.7, 0.2])],
    ["(0.6, 0.3, 0.1)", (guess) => guess([0.6, 0.3, 0.1])],
    ["(0.2, 0.3, 0.1, 0.4)", (guess) => guess([0.2, 0.3, 0.1, 0.4])],
  ],
  mistakes: [
    {
      attempt: (p) => Math.max(...p),
      says: "That is how sure it is. The guess is the digit: the *place* of the largest probability.",
    },
    {
      attempt: (p) => p.indexOf(Math.max(...p)) + 1,
      says: "You count from 1; the first place stands for the digit 0.",
    },
  ],
});

const settled = exercise({
  name: "0.3",
  asks: "from which row on the guess stays the same",
  hint: "Go back from the last row for as long as the guess of the row before it is still the last guess.",
  solution: (guesses: readonly number[]): number => {
    let row = guesses.length - 1;
    while (row > 0 && guesses[row - 1] === guesses.at(-1)) row--;
    return row;
  },
  looks: [
    ["(1, 1, 9, 9, 7, 7, 7)", (row) => row([1, 1, 9, 9, 7, 7, 7])],
    ["(7, 7, 2, 7, 7)", (row) => row([7, 7, 2, 7, 7])],
    ["(3, 3, 3)", (row) => row([3, 3, 3])],
  ],
  mistakes: [
    {
      attempt: (guesses) => guesses.indexOf(guesses.at(-1)!),
      says: "That is the first row with the right guess. It may have changed its mind after that: from where on does it *stay*?",
    },
    {
      attempt: (guesses) => {
        let row = guesses.length - 1;
        while (row > 0 && guesses[row - 1] === guesses.at(-1)) row--;
        return guesses.length - row;
      },
      says: "That is how many rows it stays. Asked is the number of the first of them, counted from 0.",
    },
  ],
});

export const lesson00 = [glanceWeights, likeliest, settled];
