import { cellPlan } from "./cell-plan.js";

/**
 * The gated recurrent unit, to be drawn; the parts have the names of the lecture.
 *
 *     z, r = σ((x_t ‖ h_{t−1})·W + b),  candidate = tanh((x_t ‖ r∗h_{t−1})·W_c + b_c),  h_t = (1−z)∗h_{t−1} + z∗candidate
 */
export const gruPlan = cellPlan({
  name: "GRU",
  parts: {
    hPrevious: { at: [0, 4], text: "h<sub>t−1</sub>", kind: "state", meaning: "what the cell knew" },
    x: { at: [1, 0], text: "x<sub>t</sub>", kind: "input", meaning: "what it reads" },
    X: { at: [1, 1], text: "‖", kind: "join", meaning: "x_t ‖ h_{t−1}, side by side" },
    r: { at: [2.2, 2], text: "r", kind: "layer", beside: "σ", meaning: "reset gate r = σ((x_t ‖ h_{t−1})·W_r + b_r)" },
    reset: {
      at: [2.2, 3],
      text: "×",
      kind: "operation",
      operation: "times",
      meaning: "what is left for the candidate: r∗h_{t−1}",
    },
    z: {
      at: [5, 2],
      text: "z",
      kind: "layer",
      beside: "σ",
      meaning: "update gate z = σ((x_t ‖ h_{t−1})·W_z + b_z): 1 takes the new",
    },
    oneMinusZ: { at: [5, 3], text: "1−", kind: "operation", operation: "oneMinus", meaning: "1 − z" },
    kept: { at: [5, 4], text: "×", kind: "operation", operation: "times", meaning: "what is kept: (1−z)∗h_{t−1}" },
    Xr: { at: [3.5, 0], text: "‖", kind: "join", meaning: "x_t ‖ r∗h_{t−1}, side by side" },
    candidate: {
      at: [7.5, 2],
      text: "x″",
      kind: "layer",
      beside: "tanh",
      meaning: "candidate = tanh((x_t ‖ r∗h_{t−1})·W_c + b_c)",
    },
    taken: { at: [7.5, 3], text: "×", kind: "operation", operation: "times", meaning: "what is taken: z∗candidate" },
    sum: { at: [7.5, 4], text: "+", kind: "operation", operation: "plus", meaning: "(1−z)∗h_{t−1} + z∗candidate" },
    h: { at: [9.5, 4], text: "h<sub>t</sub>", kind: "state", operation: "same", meaning: "what the cell knows: h_t" },
  },
  arrows: [
    { from: "hPrevious", to: "kept", highway: true },
    { from: "kept", to: "sum", highway: true },
    { from: "sum", to: "h", highway: true },
    { from: "hPrevious", to: "X", via: [[0, 1]] },
    { from: "x", to: "X" },
    { from: "X", to: "r", via: [[2.2, 1]] },
    { from: "X", to: "z", via: [[5, 1]] },
    { from: "hPrevious", to: "reset", via: [[2.2, 4]] },
    { from: "r", to: "reset" },
    { from: "reset", to: "Xr", via: [[3.5, 3]] },
    { from: "x", to: "Xr" },
    { from: "Xr", to: "candidate", via: [[7.5, 0]] },
    { from: "z", to: "oneMinusZ" },
    { from: "oneMinusZ", to: "kept" },
    {
      from: "z",
      to: "taken",
      via: [
        [6.25, 2],
        [6.25, 3],
      ],
    },
    { from: "candidate", to: "taken" },
    { from: "taken", to: "sum" },
  ],
});
