import {
  type AnyCell,
  buildSequence,
  feedForward,
  gru,
  gruGates,
  gruResetAfter,
  inputWeights,
  lstm,
  lstmGates,
  memoryCell,
  memoryCellGates,
  minimalGru,
  minimalGruSequence,
  minimalLstm,
  minimalLstmSequence,
  peepholeLstm,
  random,
  recurrentWeights,
  reservoir,
  rnn,
  zeros,
} from "unroll";
import type { Row, Table } from "./refuses.js";

type Make = (inputSize: number, hiddenSize: number) => unknown;

/** What every cell refuses. */
function sizes(make: Make): Row[] {
  const cell = () => make(3, 4) as AnyCell;
  const step = (columns: number, state?: Record<string, ReturnType<typeof zeros>>) => {
    const weights = cell().init(random(1));
    return cell().forward(weights, zeros(2, columns), (state ?? cell().initialState(2)) as never);
  };
  return [
    ["an inputSize of 0", () => make(0, 4), /: inputSize is 0 and hiddenSize is 4, both must be whole numbers ≥ 1/],
    ["a hiddenSize that is no number", () => make(3, Number.NaN), /hiddenSize is NaN/],
    [
      "no size",
      () => make(undefined as never, undefined as never),
      /inputSize is undefined and hiddenSize is undefined/,
    ],
    ["an x of another width", () => step(5), /: x has 5 columns, the .* was made for inputSize 3/],
    ["a batch that is no number", () => cell().initialState(Number.NaN), /NaN×4 is not a shape/],
  ];
}

/** And what those that have a state refuse. */
function recurrent(make: Make): Row[] {
  const cell = make(3, 4) as AnyCell;
  const step = (rows: number, columns: number) => {
    const state = Object.fromEntries(Object.keys(cell.initialState(1)).map((part) => [part, zeros(rows, columns)]));
    return cell.forward(cell.init(random(1)), zeros(2, 3), state as never);
  };
  return [
    ...sizes(make),
    ["a state of another batch", () => step(3, 4), /: the state is 3×4, expected 2×4: one row for each row of x/],
    ["a state of another width", () => step(2, 5), /: the state is 2×5, expected 2×4/],
  ];
}

const notFinite = (what: RegExp, make: () => unknown): Row => ["a bias that is not finite", make, what];
const x = buildSequence(5, 2, 3, () => 0.5);

export const cells: Table = {
  rnn: [
    ...recurrent((D, H) => rnn(D, H)),
    ["a scale that is not finite", () => rnn(3, 4, { recurrentScale: Number.NaN }), /rnn: recurrentScale is NaN/],
    [
      "an unknown activation",
      () => rnn(3, 4, { activation: "gelu" as never }),
      /rnn: activation is "gelu", expected tanh/,
    ],
    [
      "an unknown start",
      () => rnn(3, 4, { recurrentInit: "unit" as never }),
      /recurrentInit is "unit", expected orthogonal/,
    ],
  ],
  lstm: [
    ...recurrent((D, H) => lstm(D, H)),
    notFinite(/LSTM: forgetBias is NaN, expected a finite number/, () => lstm(3, 4, { forgetBias: Number.NaN })),
  ],
  peepholeLstm: [
    ...recurrent((D, H) => peepholeLstm(D, H)),
    notFinite(/forgetBias is Infinity/, () => peepholeLstm(3, 4, { forgetBias: Infinity })),
  ],
  gru: recurrent((D, H) => gru(D, H)),
  gruResetAfter: recurrent((D, H) => gruResetAfter(D, H)),
  memoryCell: [
    ...recurrent((D, H) => memoryCell(D, H)),
    notFinite(/memory cell: keepBias is NaN/, () => memoryCell(3, 4, { keepBias: Number.NaN })),
  ],
  minimalGru: recurrent((D, H) => minimalGru(D, H)),
  minimalLstm: [
    ...recurrent((D, H) => minimalLstm(D, H)),
    notFinite(/minimal LSTM: forgetBias is NaN/, () => minimalLstm(3, 4, { forgetBias: Number.NaN })),
  ],
  feedForward: [
    ...sizes((D, H) => feedForward(D, H)),
    [
      "an unknown activation",
      () => feedForward(3, 4, { activation: "gelu" as never }),
      /feed-forward: activation is "gelu"/,
    ],
  ],
  reservoir: [
    ...recurrent((D, H) => reservoir(D, H)),
    [
      "NaN as spectral radius",
      () => reservoir(3, 4, { spectralRadius: Number.NaN }),
      /reservoir: spectralRadius is NaN/,
    ],
    ["an infinite spectral radius", () => reservoir(3, 4, { spectralRadius: Infinity }), /spectralRadius is Infinity/],
    ["a leak of 0", () => reservoir(3, 4, { leak: 0 }), /reservoir: leak is 0, expected a number in \(0, 1\]/],
    ["more connections than units", () => reservoir(3, 4, { connectivity: 2 }), /reservoir: connectivity is 2/],
    [
      "a negative scaling",
      () => reservoir(3, 4, { inputScaling: -1 }),
      /reservoir: inputScaling is -1, expected .* ≥ 0/,
    ],
  ],
  minimalGruSequence: [
    ["an x of another width", () => minimalGruSequence(minimalGru(2, 4).init(random(1)), x), /x is 5×2×3, expected/],
    [
      "a length beyond T",
      () => minimalGruSequence(minimalGru(3, 4).init(random(1)), x, { lengths: [5, 6] }),
      /length of sequence 1 is 6, expected a whole number from 1 to 5/,
    ],
  ],
  minimalLstmSequence: [
    ["no step", () => minimalLstmSequence(minimalLstm(3, 4).init(random(1)), x.slice(0, 0)), /x is 0×2×3, expected at/],
    [
      "a state of another width",
      () => minimalLstmSequence(minimalLstm(3, 4).init(random(1)), x, { initialState: { h: zeros(2, 3) } }),
      /minimal LSTM: the state is 2×3, expected 2×4/,
    ],
  ],
  gruGates: [
    ["other weights", () => gruGates({ W: zeros(7, 4), b: zeros(1, 4) }), /gates: 4 columns are no 3 blocks of/],
  ],
  lstmGates: [
    ["other weights", () => lstmGates({ W: zeros(7, 6), b: zeros(1, 6) }), /gates: 6 columns are no 4 blocks/],
  ],
  memoryCellGates: [
    ["other weights", () => memoryCellGates({ W: zeros(7, 4), b: zeros(1, 4) } as never), /4 columns are no 3 blocks/],
  ],
  inputWeights: [["a flat W", () => inputWeights({ W: zeros(2, 4), b: zeros(1, 4) }), /there are no rows 0 … -3/]],
  recurrentWeights: [["a flat W", () => recurrentWeights({ W: zeros(2, 4), b: zeros(1, 4) }), /there are no rows -2/]],
};
