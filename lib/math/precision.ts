/** What all numbers are kept in. */
export type Numbers = Float64Array | Float32Array;

/** "float64" for checks and step-by-step lessons, "float32" for training. */
export type Precision = "float64" | "float32";

/** `count` zeros. */
export function allocate(count: number, precision: Precision): Numbers {
  if (precision === "float32") return new Float32Array(count);
  if (precision === "float64") return new Float64Array(count);
  throw new RangeError(`precision: it is ${precision}, expected "float32" or "float64"`);
}

/** @throws when numbers do not lie in a typed array of floats, as a list of numbers does not */
export function checkTyped(what: string, data: unknown): void {
  if (data instanceof Float64Array || data instanceof Float32Array) return;
  throw new TypeError(`${what}: the numbers are ${kindOf(data)}, expected a Float64Array or a Float32Array`);
}

/** What a value is, in a word: "Array", "undefined", "Tokens". */
export function kindOf(value: unknown): string {
  return typeof value === "object" && value !== null ? value.constructor.name : String(value);
}

/** The precision of a result: float32 when all operands are, else float64. */
export function widest(a: Precision, b: Precision): Precision {
  return a === "float32" && b === "float32" ? "float32" : "float64";
}
