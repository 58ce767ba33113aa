export { type Curve, type CurveOptions, curves } from "./curves.js";
export { type DigitOptions, digits } from "./digits.js";
export { type GuessOptions, guesses } from "./guesses.js";
export { type StateMapOptions, stateMap } from "./state-map.js";
