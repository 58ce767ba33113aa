import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { Matrix, matrix, Sequence } from "unroll";
import { decode, encode, FunctionSource } from "#kernel/grade/student/codec.js";

const classes = { Matrix, Sequence };
const across = (value: unknown) => decode(JSON.parse(encode(value, classes)), classes);

describe("values on their way to a student's process and back", () => {
  it("are the same: numbers, texts, lists, objects, and what JSON has no word for", () => {
    const value = { a: [1, -0.5, "é\n\"'", true, null], b: { c: Number.NaN, d: -Infinity }, e: [] };
    deepEqual(across(value), value);
  });

  it("keep the shape and the precision of matrices and sequences, of views what they show", () => {
    const whole = matrix([
      [1, 2, Number.NaN],
      [4, 5, 6],
    ]);
    deepEqual(across(whole), whole);
    deepEqual((across(whole.columns(1, 3)) as Matrix).toRows(), [
      [2, Number.NaN],
      [5, 6],
    ]);
    equal((across(matrix([[1]], "float32")) as Matrix).precision, "float32");
    const x = new Sequence(2, 1, 3, Float64Array.of(1, 2, 3, 4, 5, 6));
    deepEqual(across(x), x);
    deepEqual(across(new Matrix(0, 3)), new Matrix(0, 3));
  });

  it("keep the kind of typed arrays", () => {
    deepEqual(across(Int32Array.of(1, -2)), Int32Array.of(1, -2));
    deepEqual(across(Float32Array.of(0.5, Infinity)), Float32Array.of(0.5, Infinity));
  });

  it("become functions only where that is wanted", () => {
    const text = encode(new FunctionSource("(x) => x + 1"), classes);
    throws(() => decode(JSON.parse(text), classes), /begins with \$/);
    equal(decode(JSON.parse(text), { ...classes, functionFrom: (source) => source.length }), 12);
  });

  it("are refused where they are no plain data", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const value of [
      () => 1,
      Symbol("s"),
      1n,
      new Date(0),
      new Map(),
      /x/,
      { $matrix: [1] },
      circle,
      new Array(4e9),
    ])
      throws(() => encode(value, classes), /expected plain data|nested|too long/);
  });

  it("have no prototype's names, whatever is in the text", () => {
    const value = decode(JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'), classes) as Record<string, unknown>;
    equal(Object.getPrototypeOf(value), Object.prototype);
    equal(value.x, undefined);
    ok(Object.hasOwn(value, "__proto__"));
  });

  it("are refused where a text says what is none", () => {
    for (const text of [
      '{"$matrix":[2,2,[1]]}',
      '{"$matrix":[1e9,1e9,[]]}',
      '{"$matrix":[-1,1,[]]}',
      '{"$matrix":"1"}',
      '{"$array":["Function",[1]]}',
      '{"$number":"1e3"}',
      '{"$other":1}',
    ])
      throws(() => decode(JSON.parse(text), classes), text);
  });
});
