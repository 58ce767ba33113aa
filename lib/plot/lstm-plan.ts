import { cellPlan } from "./cell-plan.js";

/**
 * Long short-term memory, to be drawn; the parts have the names of the lecture.
 *
 *     f, u, r = σ(X·W + b),  candidate = tanh(X·W_c + b_c),  c_t = f∗c_{t−1} + u∗candidate,  h_t = r∗tanh(c_t)
 */
export const lstmPlan = cellPlan({
  name: "LSTM",
  parts: {
    cPrevious: { at: [0, 4], text: "c<sub>t−1</sub>", kind: "state", meaning: "what the memory held" },
    hPrevious: { at: [0, 1], text: "h<sub>t−1</sub>", kind: "state", meaning: "what was read from it before" },
    x: { at: [1, 0], text: "x<sub>t</sub>", kind: "input", meaning: "what the cell reads" },
    X: { at: [1, 1], text: "‖", kind: "join", meaning: "X = x_t ‖ h_{t−1}, side by side" },
    f: {
      at: [2.2, 2],
      text: "f",
      kind: "layer",
      beside: "σ",
      meaning: "forget gate f = σ(X·W_f + b_f): 1 keeps, 0 forgets",
    },
    u: { at: [3.8, 2], text: "u", kind: "layer", beside: "σ", meaning: "update gate u = σ(X·W_u + b_u): 1 writes" },
    candidate: { at: [5.4, 2], text: "x′", kind: "layer", beside: "tanh", meaning: "candidate = tanh(X·W_c + b_c)" },
    r: { at: [7, 2], text: "r", kind: "layer", beside: "σ", meaning: "result gate r = σ(X·W_r + b_r): 1 shows" },
    kept: { at: [2.2, 4], text: "×", kind: "operation", operation: "times", meaning: "what is kept: f∗c_{t−1}" },
    written: {
      at: [5.4, 3],
      text: "×",
      kind: "operation",
      operation: "times",
      meaning: "what is written: u∗candidate",
    },
    sum: { at: [5.4, 4], text: "+", kind: "operation", operation: "plus", meaning: "f∗c_{t−1} + u∗candidate" },
    c: { at: [10, 4], text: "c<sub>t</sub>", kind: "state", operation: "same", meaning: "what the memory holds: c_t" },
    tanhC: { at: [8.6, 3], text: "tanh", kind: "operation", operation: "tanh", meaning: "tanh(c_t)" },
    read: { at: [8.6, 2], text: "×", kind: "operation", operation: "times", meaning: "what is read: r∗tanh(c_t)" },
    h: {
      at: [10, 2],
      text: "h<sub>t</sub>",
      kind: "state",
      operation: "same",
      meaning: "what is read from the memory: h_t",
    },
  },
  arrows: [
    { from: "cPrevious", to: "kept", highway: true },
    { from: "kept", to: "sum", highway: true },
    { from: "sum", to: "c", highway: true },
    { from: "hPrevious", to: "X" },
    { from: "x", to: "X" },
    { from: "X", to: "f", via: [[2.2, 1]] },
    { from: "X", to: "u", via: [[3.8, 1]] },
    { from: "X", to: "candidate", via: [[5.4, 1]] },
    { from: "X", to: "r", via: [[7, 1]] },
    { from: "f", to: "kept" },
    { from: "u", to: "written", via: [[3.8, 3]] },
    { from: "candidate", to: "written" },
    { from: "written", to: "sum" },
    { from: "sum", to: "tanhC", via: [[8.6, 4]] },
    { from: "r", to: "read" },
    { from: "tanhC", to: "read" },
    { from: "read", to: "h" },
  ],
});
