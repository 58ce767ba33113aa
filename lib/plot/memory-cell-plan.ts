import { cellPlan } from "./cell-plan.js";

/**
 * The analog memory cell, to be drawn; the parts have the names of `memoryCell`.
 *
 *     k, w, r = σ((x_t ‖ h_{t−1})·W + b),  value = x_t·W_x + b_x,  c_t = k∗c_{t−1} + w∗value,  h_t = r∗c_t
 */
export const memoryCellPlan = cellPlan({
  name: "memory cell",
  parts: {
    cPrevious: { at: [0, 4], text: "c<sub>t−1</sub>", kind: "state", meaning: "what the memory held" },
    hPrevious: { at: [0, 1], text: "h<sub>t−1</sub>", kind: "state", meaning: "what was read from it before" },
    x: { at: [1, 0], text: "x<sub>t</sub>", kind: "input", meaning: "what the cell reads" },
    X: { at: [1, 1], text: "‖", kind: "join", meaning: "X = x_t ‖ h_{t−1}, side by side" },
    k: { at: [2.2, 2], text: "k", kind: "layer", beside: "σ", meaning: "keep gate k = σ(X·W_k + b_k): 1 keeps" },
    w: { at: [3.8, 2], text: "w", kind: "layer", beside: "σ", meaning: "write gate w = σ(X·W_w + b_w): 1 writes" },
    value: { at: [5.4, 2], text: "v", kind: "layer", meaning: "what may be written: x_t·W_x + b_x" },
    r: { at: [7, 2], text: "r", kind: "layer", beside: "σ", meaning: "read gate r = σ(X·W_r + b_r): 1 shows" },
    kept: { at: [2.2, 4], text: "×", kind: "operation", operation: "times", meaning: "what is kept: k∗c_{t−1}" },
    written: { at: [5.4, 3], text: "×", kind: "operation", operation: "times", meaning: "what is written: w∗value" },
    sum: { at: [5.4, 4], text: "+", kind: "operation", operation: "plus", meaning: "k∗c_{t−1} + w∗value" },
    c: { at: [10, 4], text: "c<sub>t</sub>", kind: "state", operation: "same", meaning: "what the memory holds: c_t" },
    read: { at: [8.6, 2], text: "×", kind: "operation", operation: "times", meaning: "what is read: r∗c_t" },
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
    { from: "X", to: "k", via: [[2.2, 1]] },
    { from: "X", to: "w", via: [[3.8, 1]] },
    { from: "X", to: "r", via: [[7, 1]] },
    { from: "x", to: "value", via: [[5.4, 0]] },
    { from: "k", to: "kept" },
    { from: "w", to: "written", via: [[3.8, 3]] },
    { from: "value", to: "written" },
    { from: "written", to: "sum" },
    { from: "sum", to: "read", via: [[8.6, 4]] },
    { from: "r", to: "read" },
    { from: "read", to: "h" },
  ],
});
