import { cellPlan } from "./cell-plan.js";

/**
 * The vanilla recurrent network, to be drawn.
 *
 *     h_t = tanh((x_t ‖ h_{t−1})·W + b)
 */
export const rnnPlan = cellPlan({
  name: "RNN",
  parts: {
    hPrevious: { at: [0, 1], text: "h<sub>t−1</sub>", kind: "state", meaning: "what the network knew" },
    x: { at: [1.6, 0], text: "x<sub>t</sub>", kind: "input", meaning: "what it reads" },
    X: { at: [1.6, 1], text: "‖", kind: "join", meaning: "X = x_t ‖ h_{t−1}, side by side" },
    a: { at: [3.2, 1], text: "W, b", kind: "layer", meaning: "a = X·W + b" },
    tanh: { at: [4.8, 1], text: "tanh", kind: "operation", operation: "tanh", meaning: "tanh(a)" },
    h: {
      at: [6.4, 1],
      text: "h<sub>t</sub>",
      kind: "state",
      operation: "same",
      meaning: "what it knows: h_t = tanh(a)",
    },
  },
  arrows: [
    { from: "hPrevious", to: "X", highway: true },
    { from: "x", to: "X" },
    { from: "X", to: "a" },
    { from: "a", to: "tanh" },
    { from: "tanh", to: "h", highway: true },
  ],
});
