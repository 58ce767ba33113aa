/** What a function gives back, and when. */
import { notebook } from "../../sample/source.js";
import { type Attack, honest, returning } from "./honest.js";

export const values: readonly Attack[] = [
  {
    name: "returns a Proxy that equals everything",
    content: returning(
      "return new Proxy([0, 1], { get: (target: any, name) => (name === 'length' ? 3 : name === Symbol.toPrimitive ? () => 0 : target[name]) });",
    ),
  },
  {
    name: "returns getters that change",
    content: returning(
      "let n = 0; return { get length() { return n++; }, get 0() { return n++; }, toString: () => '1' };",
    ),
  },
  { name: "returns NaN", content: returning("return [NaN, NaN, NaN];") },
  { name: "returns infinities", content: returning("return scores.map(() => Infinity);") },
  { name: "returns a huge array", content: returning("return new Array(4_000_000_000);") },
  {
    name: "returns a huge list of numbers",
    content: returning("return new Float64Array(20_000_000);"),
  },
  {
    name: "returns itself within itself",
    content: returning("const a: any = []; a.push(a); return a;"),
  },
  {
    name: "returns what is nested deeply",
    content: returning("let a: any = []; for (let i = 0; i < 1e6; i++) a = [a]; return a;"),
  },
  { name: "returns a function", content: returning("return () => scores;") },
  {
    name: "returns what stands for a matrix",
    content: returning('return { "$matrix": [1e9, 1e9, []] };'),
  },
  {
    name: "returns names of prototypes",
    content: returning('return JSON.parse(\'{"__proto__": {"length": 3}, "constructor": {"prototype": {}}}\');'),
  },
  { name: "returns a thenable that never settles", content: returning("return { then() {} };") },
  {
    name: "prints the expected output and result lines",
    content: returning(
      'console.log("All tests passed"); console.error(JSON.stringify({ score: 100, points: 100 })); return [];',
    ),
  },
  {
    name: "keeps hidden inputs for a message",
    content: notebook({
      ...honest,
      normalise: `const kept: unknown[] = [];
function normalise(scores: readonly number[]): number[] { kept.push(scores); if (scores.length !== 3) throw new Error("SEEN " + JSON.stringify(kept)); return []; }`,
    }),
  },
  {
    name: "returns another answer at each call",
    content: returning(
      "const n = ((globalThis as any).n = ((globalThis as any).n ?? 0) + 1); return scores.map(() => n / 10);",
    ),
  },
  {
    name: "returns a thenable that gives a thenable",
    content: returning(
      "const next = (n: number): any => ({ then: (done: any) => done(n > 0 ? next(n - 1) : []) }); return next(1e4);",
    ),
  },
  {
    name: "returns a thenable that answers twice and throws",
    content: returning("return { then(done: any) { done([1]); done(scores); throw new Error(); } };"),
  },
  {
    name: "returns names that would change prototypes",
    content: returning(
      `return JSON.parse('{"__proto__":{"0":0.3,"length":3},"constructor":{"prototype":{"judge":1}},"toString":"x","then":1}');`,
    ),
  },
  {
    name: "returns a text without an end",
    content: returning('return "x".repeat(2 ** 29 - 24);'),
  },
  {
    name: "returns what throws when it is read",
    content: returning("return { get a(): any { throw { get message(): any { throw 1; } }; } };"),
  },
  {
    name: "throws an error whose text has no end",
    content: returning('throw { name: "x".repeat(1e7), message: { toString: () => "y".repeat(2 ** 25) } };'),
  },
  {
    name: "returns numbers as text",
    content: returning('return scores.map(() => ({ $number: "0.3" }));'),
  },
  {
    name: "returns an array that says it is longer",
    content: returning("return new Proxy([], { get: (_, name) => (name === 'length' ? 2 ** 31 : 0.3) });"),
  },
];
