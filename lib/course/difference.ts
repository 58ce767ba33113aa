import { Matrix } from "../math/matrix.js";
import { Sequence } from "../math/sequence.js";

interface Options {
  /** What stands before the sentence: "entry 2". */
  readonly where?: string;
  /** How far a number may be from the one expected, as a share of that one, or as it is where that one is below 1. */
  readonly tolerance?: number;
}

/** Float32 passes. */
const TOLERANCE = 1e-5;

/**
 * The first thing in which two values differ, told with shape, expected and got; undefined when they are the same.
 *
 * Numbers are the same when they are near each other. Lists and typed arrays of the same numbers are the same; matrices
 * and sequences are compared entry by entry, any other object by the properties that are expected of it.
 */
export function difference(
  expected: unknown,
  got: unknown,
  { where = "", tolerance = TOLERANCE }: Options = {},
): string | undefined {
  const options = { where, tolerance };
  const tell = (wanted: string, came: string) => `${where ? `${where}: ` : ""}expected ${wanted}, got ${came}`;
  if (typeof expected === "number") {
    if (typeof got !== "number") return tell(`the number ${shortest(expected)}`, kindOf(got));
    return isNear(expected, got, tolerance) ? undefined : tell(...apart(expected, got));
  }
  if (expected instanceof Matrix || expected instanceof Sequence || isList(expected)) {
    const [shape, other] = [kindOf(expected), kindOf(got)];
    if (shape !== other) return tell(shape, other);
    return firstOf(entriesOf(expected), new Map(entriesOf(got)), options);
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof got !== "object" || got === null) return tell(kindOf(expected), kindOf(got));
    return firstOf(Object.entries(expected), new Map(Object.entries(got)), options);
  }
  return Object.is(expected, got) ? undefined : tell(shown(expected), shown(got));
}

/** Whether there is nothing in it: undefined, null, NaN, "", an empty list or object, or a list of such. */
export function isBlank(value: unknown): boolean {
  if (value instanceof Matrix || value instanceof Sequence)
    return entriesOf(value).every(([, entry]) => isBlank(entry));
  if (isList(value)) return Array.from(value).every(isBlank);
  if (typeof value === "object" && value !== null) return Object.values(value).every(isBlank);
  return value === undefined || value === null || value === "" || Number.isNaN(value);
}

type Entry = readonly [name: string, value: unknown];

function firstOf(
  expected: readonly Entry[],
  got: ReadonlyMap<string, unknown>,
  { where, tolerance }: Required<Options>,
): string | undefined {
  for (const [name, value] of expected) {
    const found = difference(value, got.get(name), { where: where ? `${where}, ${name}` : name, tolerance });
    if (found) return found;
  }
  return undefined;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function entriesOf(value: unknown): Entry[] {
  if (value instanceof Matrix) {
    return value.toRows().flatMap((row, i) => row.map((entry, j): Entry => [`row ${i}, column ${j}`, entry]));
  }
  if (value instanceof Sequence) {
    const steps = Array.from({ length: value.steps }, (_, t) => entriesOf(value.at(t)));
    return steps.flatMap((step, t) => step.map(([name, entry]): Entry => [`step ${t}, ${name}`, entry]));
  }
  return isList(value) ? Array.from(value, (entry, i): Entry => [`entry ${i}`, entry]) : [];
}

/** What it is, with its shape. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Matrix) return `a ${value.rows}×${value.cols} matrix`;
  if (value instanceof Sequence) return `a ${value.steps}×${value.batch}×${value.width} sequence`;
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null)
    return `an object with ${Object.keys(value).join(", ") || "nothing"}`;
  return typeof value === "function" ? "a function" : shown(value);
}

function shown(value: unknown): string {
  if (typeof value === "number") return shortest(value);
  if (typeof value === "string") return `"${value}"`;
  return typeof value === "object" || typeof value === "function" ? kindOf(value) : String(value);
}

function isNear(expected: number, got: number, tolerance: number): boolean {
  if (!Number.isFinite(expected)) return Object.is(expected, got); // infinity is not near anything
  return Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected));
}

/** Two numbers with as many digits as it takes to see that they differ. */
function apart(expected: number, got: number): [string, string] {
  for (let digits = 4; digits < 15; digits++) {
    const [a, b] = [shortest(expected, digits), shortest(got, digits)];
    if (a !== b) return [a, b];
  }
  return [String(expected), String(got)];
}

function shortest(value: number, digits = 4): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
}
