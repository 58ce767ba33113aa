import assert from "node:assert/strict";
import {
  addInto,
  type Cell,
  gru,
  lstm,
  type Matrix,
  memoryCell,
  minimalGru,
  minimalGruSequence,
  minimalLstm,
  minimalLstmSequence,
  rnn,
  type State,
  unroll,
  type Weights,
  zerosLike,
} from "unroll";
import { assertParity, fixture, matrix, onEveryEngine, sequenceOf } from "./parity.js";

type Rows = number[][];
type Named = Record<string, Rows>;
type Case = { cell: CellName } & Record<"x" | "h" | "dh" | "dx", Rows[]> & { c?: Rows; dc?: Rows } & Record<
    "weights" | "state" | "gradients" | "dState",
    Named
  >;

const cells = {
  rnnRelu: (D: number, H: number) => rnn(D, H, { activation: "relu" }),
  memoryCell,
  lstm: (D: number, H: number) => lstm(D, H),
  peepholeLstm: (D: number, H: number) => lstm(D, H, { peepholes: true }),
  gru: (D: number, H: number) => gru(D, H),
  gruResetAfter: (D: number, H: number) => gru(D, H, { resetAfter: true }),
  minimalGru,
  minimalLstm,
};
type CellName = keyof typeof cells;
const sequenceForms = { minimalGru: minimalGruSequence, minimalLstm: minimalLstmSequence };

// every expectation was written by write-cells.py, in float64
equalsTheFigures("PyTorch's own cells", "cells-torch");
equalsTheFigures("the equations, differentiated by PyTorch's autograd", "cells-by-hand");
equalsTheFigures("Keras's GRU", "cells-keras");

function equalsTheFigures(whose: string, file: string): void {
  describe(whose, () => {
    onEveryEngine(() => {
      fixture<Case>(file).forEach((known) => {
        const [T, B, D, H] = [known.x.length, known.x[0]!.length, known.x[0]![0]!.length, known.h[0]![0]!.length];
        const read = () => ({
          x: sequenceOf(known.x),
          weights: matrices(known.weights),
          initialState: matrices(known.state) as State,
        });

        it(`${known.cell} has the same states and gradients over T = ${T}, B = ${B}, D = ${D}, H = ${H}`, () => {
          const { x, weights, initialState } = read();
          const cell = cells[known.cell](D, H) as unknown as Cell<Weights, State, unknown>;
          const run = unroll(cell, weights, x, { initialState });
          known.h.forEach((h, t) => {
            assertParity(`h_${t}`, run.states[t]!.h, h);
          });
          if (known.c) assertParity("the last c", run.finalState.c!, known.c);

          // back by hand, as E also depends on the last c
          const gradients = zerosLike(weights);
          let dState: State = { ...zerosLike(run.finalState), ...(known.dc && { c: matrix(known.dc) }) };
          for (let t = T - 1; t >= 0; t--) {
            addInto(dState.h, matrix(known.dh[t]!));
            const step = cell.backward(weights, dState, run.caches[t]);
            assertParity(`∂E/∂x_${t}`, step.dx, known.dx[t]!);
            dState = step.dState;
            for (const [name, sum] of Object.entries(gradients)) addInto(sum, step.gradients[name]!);
          }
          assertAll("∂E/∂", gradients, known.gradients);
          assertAll("∂E/∂ initial ", dState, known.dState);
        });

        const sequenceForm = sequenceForms[known.cell as keyof typeof sequenceForms];
        if (!sequenceForm) return;
        it(`${known.cell} has them also when all T = ${T} steps are computed at once`, () => {
          const { x, weights, initialState } = read();
          const run = sequenceForm(weights as { W: Matrix; b: Matrix }, x, { initialState });
          const { gradients, dx, dInitialState } = run.backward(sequenceOf(known.dh));
          for (let t = 0; t < T; t++) {
            assertParity(`h_${t}`, run.y.at(t), known.h[t]!);
            assertParity(`∂E/∂x_${t}`, dx.at(t), known.dx[t]!);
          }
          assertAll("∂E/∂", gradients, known.gradients);
          assertAll("∂E/∂ initial ", dInitialState, known.dState);
        });
      });
    });
  });
}

function matrices(named: Named): Weights {
  return Object.fromEntries(Object.entries(named).map(([name, rows]) => [name, matrix(rows)]));
}

function assertAll(what: string, actual: Weights, expected: Named): void {
  assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort());
  for (const [name, rows] of Object.entries(expected)) assertParity(what + name, actual[name]!, rows);
}
