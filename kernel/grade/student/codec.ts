/**
 * Values as text and back, for the pipes between the grader and a student's process: JSON, in which an object with one name
 * that begins with "$" stands for what JSON has no word for.
 *
 *     {"$matrix":[2,3,[1,2,3,4,5,6],64]}   {"$sequence":[T,B,D,[…],32]}   {"$array":["Int32Array",[1,2]]}
 *     {"$number":"NaN"}                    {"$function":"(x) => x * x"}
 *
 * The student's code runs in the process that encodes, and may have replaced every built-in by then: what is used here was
 * taken before. That keeps slips from doing harm; a value that was forged is still only a value that is compared.
 */

const { stringify } = JSON;
const { isArray } = Array;
const { isFinite: finite, isInteger } = Number;
const { keys, defineProperty, getPrototypeOf } = Object;
const { isView } = ArrayBuffer;
const ObjectPrototype = Object.prototype;
const RangeError_ = RangeError;
const TypeError_ = TypeError;
const Number_ = Number;
const Float64 = Float64Array;
const Float32 = Float32Array;
const Int32 = Int32Array;
const Uint8 = Uint8Array;

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

interface MatrixLike {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
  readonly offset: number;
  readonly stride: number;
}

interface SequenceLike {
  readonly steps: number;
  readonly batch: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** The classes that cross as themselves: the library's, and how a function's source becomes what it is on this side. */
export interface Classes {
  readonly Matrix: new (rows: number, cols: number, data: Float64Array | Float32Array) => MatrixLike;
  readonly Sequence: new (
    steps: number,
    batch: number,
    width: number,
    data: Float64Array | Float32Array,
  ) => SequenceLike;
  /** Absent where nothing is to become a function. */
  readonly functionFrom?: (source: string) => unknown;
}

/** A longer text, in characters, crosses in neither direction. */
export const LONGEST = 32_000_000;
const DEEPEST = 40;
const PRECISION = 64;

/** JavaScript source of a function that needs nothing from around it: `"(x) => x * x"`. It is a function where it arrives. */
export class FunctionSource {
  constructor(readonly source: string) {}
}

/** @throws TypeError or RangeError with one sentence where the value is no plain data, or too much of it */
export function encode(value: unknown, { Matrix, Sequence }: Classes): string {
  let text = "";
  const put = (more: string): undefined => {
    text += more;
    if (text.length > LONGEST) throw new RangeError_(`the value is too long: over ${LONGEST / 1e6} million characters`);
  };
  const putNumbers = (length: number, at: (index: number) => number) => {
    if (length > LONGEST) throw new RangeError_(`a list of ${length} is too long`);
    put("[");
    for (let i = 0; i < length; i++) {
      const number = at(i);
      if (typeof number !== "number") throw new TypeError_(`expected numbers, found ${typeof number}`);
      put(`${i > 0 ? "," : ""}${finite(number) ? number : `"${number}"`}`);
    }
    put("]");
  };
  const bits = (data: unknown) => (data instanceof Float32 ? 32 : PRECISION);

  const putAny = (value: unknown, depth: number): undefined => {
    if (depth > DEEPEST) throw new RangeError_(`the value is nested more than ${DEEPEST} deep`);
    if (value === null || value === undefined) return put("null");
    switch (typeof value) {
      case "number":
        return put(finite(value) ? `${value}` : `{"$number":"${value}"}`);
      case "boolean":
        return put(`${value}`);
      case "string":
        return put(stringify(value));
      case "object":
        return putObject(value, depth);
      default:
        throw new TypeError_(`expected plain data, found a ${typeof value}`);
    }
  };

  const putObject = (value: object, depth: number): undefined => {
    if (isArray(value)) {
      const { length } = value;
      if (length > LONGEST) throw new RangeError_(`a list of ${length} is too long`);
      put("[");
      for (let i = 0; i < length; i++) {
        if (i > 0) put(",");
        putAny(value[i], depth + 1);
      }
      return put("]");
    }
    if (value instanceof Matrix) {
      const { rows, cols, data, offset, stride } = value;
      put(`{"$matrix":[${whole(rows)},${whole(cols)},`);
      putNumbers(rows * cols, (i) => data[offset + ((i / cols) | 0) * stride + (i % cols)]!);
      return put(`,${bits(data)}]}`);
    }
    if (value instanceof Sequence) {
      const { steps, batch, width, data } = value;
      put(`{"$sequence":[${whole(steps)},${whole(batch)},${whole(width)},`);
      putNumbers(steps * batch * width, (i) => data[i]!);
      return put(`,${bits(data)}]}`);
    }
    if (isView(value)) {
      const name = nameOfArray(value);
      put(`{"$array":["${name}",`);
      putNumbers((value as Numbers).length, (i) => (value as Numbers)[i]!);
      return put("]}");
    }
    if (value instanceof FunctionSource) return put(`{"$function":${stringify(value.source)}}`);
    const prototype: unknown = getPrototypeOf(value);
    if (prototype !== null && prototype !== ObjectPrototype)
      throw new TypeError_("expected plain data, found an object of a class");
    put("{");
    const names = keys(value);
    for (let i = 0, separator = ""; i < names.length; i++) {
      const name = names[i]!;
      if (name[0] === "$") throw new TypeError_(`expected plain data, found the name ${stringify(name)}`);
      const item = (value as Record<string, unknown>)[name];
      if (item === undefined) continue;
      put(`${separator}${stringify(name)}:`);
      separator = ",";
      putAny(item, depth + 1);
    }
    put("}");
  };

  putAny(value, 0);
  return text;
}

function whole(size: unknown): number {
  if (!isInteger(size) || (size as number) < 0) throw new TypeError_("a size is no whole number");
  return size as number;
}

function nameOfArray(view: ArrayBufferView): "Float64Array" | "Float32Array" | "Int32Array" | "Uint8Array" {
  if (view instanceof Float64) return "Float64Array";
  if (view instanceof Float32) return "Float32Array";
  if (view instanceof Int32) return "Int32Array";
  if (view instanceof Uint8) return "Uint8Array";
  throw new TypeError_("expected numbers in a Float64Array, Float32Array, Int32Array or Uint8Array");
}

/**
 * What JSON.parse has made of an encoded text, as the value it stands for: new objects that hold nothing but data.
 *
 * @throws TypeError with one sentence where it stands for nothing
 */
export function decode(json: unknown, classes: Classes, depth = 0): unknown {
  if (depth > DEEPEST) throw new RangeError_(`the value is nested more than ${DEEPEST} deep`);
  if (typeof json !== "object" || json === null) return json;
  if (isArray(json)) {
    const list: unknown[] = [];
    for (let i = 0; i < json.length; i++) own(list, i, decode(json[i], classes, depth + 1));
    return list;
  }
  const names = keys(json);
  const values = json as Record<string, unknown>;
  if (names.length === 1 && names[0]![0] === "$") return special(names[0]!, values[names[0]!], classes);
  const object = {};
  for (let i = 0; i < names.length; i++) own(object, names[i]!, decode(values[names[i]!], classes, depth + 1));
  return object;
}

/** A property of its own, whatever its name, and whatever setters a prototype has. */
function own(target: object, name: string | number, value: unknown): void {
  defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function special(name: string, value: unknown, { Matrix, Sequence, functionFrom }: Classes): unknown {
  if (name === "$number") return numberFrom(value);
  if (name === "$function" && typeof value === "string" && functionFrom) return functionFrom(value);
  if (isArray(value)) {
    if (name === "$matrix") return new Matrix(whole(value[0]), whole(value[1]), floats(value[2], value[3]));
    if (name === "$sequence")
      return new Sequence(whole(value[0]), whole(value[1]), whole(value[2]), floats(value[3], value[4]));
    if (name === "$array") return filled(emptyArray(value[0], lengthOf(value[1])), value[1]);
  }
  throw new TypeError_("expected plain data, found a name that begins with $");
}

function numberFrom(value: unknown): number {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number_(value);
  throw new TypeError_("expected a number");
}

function lengthOf(list: unknown): number {
  if (!isArray(list)) throw new TypeError_("expected a list of numbers");
  return list.length;
}

function floats(list: unknown, precision: unknown): Float64Array | Float32Array {
  const length = lengthOf(list);
  return filled(precision === 32 ? new Float32(length) : new Float64(length), list);
}

function emptyArray(name: unknown, length: number): Numbers {
  if (name === "Float64Array") return new Float64(length);
  if (name === "Float32Array") return new Float32(length);
  if (name === "Int32Array") return new Int32(length);
  if (name === "Uint8Array") return new Uint8(length);
  throw new TypeError_("expected a typed array of numbers");
}

function filled<A extends Numbers>(array: A, list: unknown): A {
  for (let i = 0; i < array.length; i++) array[i] = numberFrom((list as unknown[])[i]);
  return array;
}
