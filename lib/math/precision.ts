/** What all numbers are kept in. */
export type Numbers = Float64Array | Float32Array;

/** "float64" for checks and step-by-step lessons, "float32" for training. */
export type Precision = "float64" | "float32";

/** `count` zeros. */
export function allocate(count: number, precision: Precision): Numbers {
  return precision === "float32" ? new Float32Array(count) : new Float64Array(count);
}

/** The precision of a result: float32 when all operands are, else float64. */
export function widest(a: Precision, b: Precision): Precision {
  return a === "float32" && b === "float32" ? "float32" : "float64";
}
