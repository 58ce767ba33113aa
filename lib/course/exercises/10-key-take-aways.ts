import { type Exercise, exercise } from "../exercise.js";

type Letter = "a" | "b" | "c" | "d";

/** A question with four answers. What a letter looks like is not shown, so that no message gives the right one away. */
function question(
  name: string,
  asks: string,
  { right, wrong, hint }: { right: Letter; wrong: Readonly<Partial<Record<Letter, string>>>; hint: string },
): Exercise<string> {
  const letter = (answer: string) => String(answer).trim().toLowerCase();
  return exercise<string>({
    name,
    asks,
    hint,
    solution: right,
    looks: [
      ["your answer", (answer) => letter(answer) === right],
      ["the letter", letter],
    ],
    mistakes: Object.entries(wrong).map(([attempt, says]) => ({ attempt, says })),
  });
}

export const lesson10 = [
  question("10.1", "where the memory of a recurrent network is", {
    right: "b",
    wrong: {
      a: "Weights change in training, not in reading: they are what it has learned from *all* sequences.",
      c: "The loss is a number for training. In use there is none.",
      d: "The present step shows one symbol. A feed-forward network knows that, too.",
    },
    hint: "Lesson 2: which thing goes from step to step?",
  }),
  question("10.2", "how many weights a longer sequence needs", {
    right: "d",
    wrong: {
      a: "Unrolled, it is drawn three times as long; it is the same matrix each time.",
      b: "No step has a weight of its own.",
      c: "Biases are shared by all steps like the other weights.",
    },
    hint: "Does T stand in the count of lesson 2?",
  }),
  question("10.3", "what BPTT does about a shared weight", {
    right: "a",
    wrong: {
      b: "No step wins: all of them have used the weight.",
      c: "That would be truncation after one step: earlier uses count, too.",
      d: "Products turn up on the way back from state to state. The steps' parts of a weight's gradient are added.",
    },
    hint: "If a number is used twice, its derivative has two terms. What is done with them?",
  }),
  question("10.4", "what truncated BPTT gives up", {
    right: "c",
    wrong: {
      a: "The state is carried on: it may well know older things. Who set it right there is what cannot be learned.",
      b: "Every step's loss is counted, each in its own window.",
      d: "It is cheaper, and that has a price: think of an error that was caused 30 steps ago.",
    },
    hint: "The state goes forward without end. How far does the gradient go back?",
  }),
  question("10.5", "what is trained in an echo-state network", {
    right: "b",
    wrong: {
      a: "It is chosen by you, and it matters much; but it is not trained.",
      c: "The other way round: `W_hh` stays as it was drawn.",
      d: "Most of its weights stay as they were drawn.",
    },
    hint: "One linear system is solved. For which matrix?",
  }),
  question("10.6", "when gradients must vanish", {
    right: "d",
    wrong: {
      a: "For that, some singular value must be above 1.",
      b: "Each step makes it shorter by a tenth or more.",
      c: "The loss says how long it is at the start. The way back shortens it all the same.",
    },
    hint: "By how much can one step lengthen a gradient at most? And a hundred?",
  }),
  question("10.7", "what clipping is good for", {
    right: "a",
    wrong: {
      b: "It makes long gradients shorter. It makes no short gradient longer.",
      c: "It makes long gradients shorter, and leaves short ones as they are.",
      d: "It changes the size of a step, not what is learned in the end.",
    },
    hint: "It shortens what is too long. What does it do with the rest?",
  }),
  question("10.8", "which gate keeps", {
    right: "c",
    wrong: {
      a: "A forget gate of 0 forgets: it multiplies what was there by 0.",
      b: "It keeps the number, and adds something new at each step.",
      d: "That writes over the number at each step.",
    },
    hint: "c_t = f∗c_{t−1} + u∗X': when is it equal to c_{t−1}?",
  }),
  question("10.9", "how many weights a GRU has beside an LSTM", {
    right: "b",
    wrong: {
      a: "It has two gates instead of three, and both have a candidate: count blocks.",
      c: "It has a gate less.",
      d: "That is the LSTM beside the GRU.",
    },
    hint: "Count blocks of columns: gates and candidate. LSTM four; GRU?",
  }),
  question("10.10", "what is true of gated cells and vanishing gradients", {
    right: "d",
    wrong: {
      a: "It is linear, and its factor is the gate: 0.5 to the power of 100 is as good as nothing.",
      b: "After training they need not: see the highway that the GRU of lesson 9 built.",
      c: "There are side roads through the gates: lesson 9 measured more than was sent.",
    },
    hint: "Straight along the cell the factor is the forget gate. Where does it stand at first, and where after training?",
  }),
];
