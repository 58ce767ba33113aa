import { exercise } from "../exercise.js";

type Unit = readonly [fromX: number, fromH: number, bias: number];
type Units = Readonly<Record<"z" | "r" | "candidate", Unit>>;

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
const sum = ([fromX, fromH, bias]: Unit, x: number, h: number) => x * fromX + h * fromH + bias;

/** One step, in which the candidate's and the mixture's ways can be other ones. */
function stepped(
  x: number,
  h: number,
  units: Units,
  candidateOf = (r: number) => Math.tanh(sum(units.candidate, x, r * h)),
  mixed = (z: number, candidate: number) => (1 - z) * h + z * candidate,
): number {
  const [z, r] = [sigmoid(sum(units.z, x, h)), sigmoid(sum(units.r, x, h))];
  return mixed(z, candidateOf(r));
}

const lesson: Units = { z: [0.5, -1, -0.5], r: [-1, 1, 1], candidate: [-2, 1, 0] };
const other: Units = { z: [-0.3, 0.8, 0.4], r: [1.2, -0.5, -1], candidate: [0.7, -1.4, 0.5] };

const gruStep = exercise({
  name: "8.1",
  asks: "one step of a GRU with one unit",
  hint:
    "`z` and `r` are sigmoids of `x * fromX + h * fromH + bias`. In the candidate's sum `r * h` stands in the place of `h`, " +
    "and tanh in that of the sigmoid. Last, `(1 - z) * h + z * candidate`.",
  solution: (x: number, h: number, units: Units): number => stepped(x, h, units),
  looks: [
    ["the step of this lesson", (step) => step(0.8, 0.6, lesson)],
    ["other weights", (step) => step(-0.5, 0.9, other)],
    ["a state of −0.7", (step) => step(1, -0.7, other)],
  ],
  mistakes: [
    {
      attempt: (x, h, units) => stepped(x, h, units, undefined, (z, candidate) => z * h + (1 - z) * candidate),
      says: "That is the update gate of PyTorch and Keras, which keeps at 1. Here z *takes*: `(1 - z) * h + z * candidate`.",
    },
    {
      attempt: (x, h, units) => stepped(x, h, units, () => Math.tanh(sum(units.candidate, x, h))),
      says: "The reset gate has no part in it yet: the candidate sees `r * h`, not `h`.",
    },
    {
      attempt: (x, h, units) =>
        stepped(x, h, units, (r) => {
          const [fromX, fromH, bias] = units.candidate;
          return Math.tanh(x * fromX + bias + r * (h * fromH + bias));
        }),
      says: "r stands behind the product here, and the bias is counted twice: in the lecture's GRU it is `r * h` that is multiplied.",
    },
    {
      attempt: (x, h, units) => {
        const r = sigmoid(sum(units.r, x, h));
        return stepped(x, h, units, undefined, (z, candidate) => (1 - z) * r * h + z * candidate);
      },
      says: "The reset gate does not touch the state that is kept: it stands inside the candidate alone.",
    },
  ],
});

const unitsFor = exercise({
  name: "8.2",
  asks: "how many units a GRU may have for the weights of an LSTM",
  hint:
    "The LSTM has `4 * H * (D + H + 1)` weights, a GRU with G units `3 * G * (D + G + 1)`. Begin with G = H, and go on as " +
    "long as one unit more still fits.",
  solution: (D: number, H: number): number => {
    let G = H;
    while (3 * (G + 1) * (D + G + 2) <= 4 * H * (D + H + 1)) G++;
    return G;
  },
  looks: [
    ["28 inputs, 64 units", (units) => units(28, 64)],
    ["1 input, 128 units", (units) => units(1, 128)],
    ["300 inputs, 100 units", (units) => units(300, 100)],
  ],
  mistakes: [
    {
      attempt: (_, H) => Math.floor((4 * H) / 3),
      says: "A third more units have more than a third more weights: the block from state to state grows with their *square*.",
    },
    {
      attempt: (_, H) => Math.floor(H * Math.sqrt(4 / 3)),
      says: "That would be right if there were only weights from state to state. Those from the input grow with the units, not with their square.",
    },
    {
      attempt: (D, H) => {
        let G = H;
        while (3 * G * (D + G + 1) <= 4 * H * (D + H + 1)) G++;
        return G;
      },
      says: "One too many: you stop at the first number of units that does *not* fit.",
    },
  ],
});

type Theirs = Readonly<Record<"weight_ih" | "weight_hh" | "bias_ih" | "bias_hh", number>>;

const ourUpdateGate = exercise({
  name: "8.3",
  asks: "PyTorch's update gate in our convention",
  hint:
    "Their z is what is kept, so ours is 1 − theirs. 1 − σ(a) = σ(−a): everything that goes into the sigmoid changes its " +
    "sign, and the two biases are added before.",
  solution: ({ weight_ih, weight_hh, bias_ih, bias_hh }: Theirs): number[] => [
    -weight_ih,
    -weight_hh,
    -(bias_ih + bias_hh),
  ],
  looks: [
    ["the GRU of this lesson", (ours) => ours({ weight_ih: 0.7, weight_hh: 0.5, bias_ih: -1, bias_hh: 0.6 })],
    ["another one", (ours) => ours({ weight_ih: -0.2, weight_hh: 1.5, bias_ih: 0.3, bias_hh: 0.4 })],
  ],
  mistakes: [
    {
      attempt: ({ weight_ih, weight_hh, bias_ih, bias_hh }) => [weight_ih, weight_hh, bias_ih + bias_hh],
      says: "With these numbers the gate opens when theirs opens. But theirs keeps where ours takes: ours must be 1 − theirs.",
    },
    {
      attempt: ({ weight_ih, weight_hh, bias_ih, bias_hh }) => [1 - weight_ih, 1 - weight_hh, 1 - bias_ih - bias_hh],
      says: "It is the *gate* that is 1 − theirs, not its weights: 1 − σ(a) = σ(−a).",
    },
    {
      attempt: ({ weight_ih, weight_hh, bias_ih }) => [-weight_ih, -weight_hh, -bias_ih],
      says: "PyTorch has two biases for each gate, and adds both: `bias_hh` is missing.",
    },
  ],
});

export const lesson08 = [gruStep, unitsFor, ourUpdateGate];
