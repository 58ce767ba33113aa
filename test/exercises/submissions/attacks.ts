/**
 * Submissions that try to be worth more than they are: each is a notebook that is worth `HONEST` points with something added to
 * it. None may get more; `score` is what it gets.
 */
import type { Notebook } from "#kernel/client/notebook.js";
import { type Answers, code, notebook, solutions, stubs } from "../sample/source.js";
import type { Sample } from "./ordinary.js";

/** Two exercises are solved. */
const honest: Answers = { "rnn-step": solutions["rnn-step"], "rnn-backward": solutions["rnn-backward"] };
export const HONEST = 60;

/** The honest notebook behind a cell that runs first. */
function before(source: string): Notebook {
  const made = notebook(honest);
  made.cells.unshift(code("attack", source));
  return made;
}

const returning = (value: string): Notebook =>
  notebook({ ...honest, normalise: `function normalise(scores: readonly number[]): any { ${value} }` });

/** @param files what an attack goes for: the results, the notebook and the spec itself */
export function attacks(files: { readonly results: string; readonly spec: string }): readonly Sample[] {
  const results = JSON.stringify(files.results);
  const spec = JSON.stringify(files.spec);
  const guarded = (source: string) => `try { ${source} } catch {}`;
  return [
    { name: "the honest notebook", content: notebook(honest), score: HONEST },
    {
      name: "overwrites check and assert",
      content: before(
        "const check = () => true; const assert = () => {}; (globalThis as any).assert = (globalThis as any).check = check;",
      ),
      score: HONEST,
    },
    {
      name: "overwrites Array.prototype",
      content: before(`const always: any = () => true;
for (const name of ["every", "some", "includes"] as const) (Array.prototype as any)[name] = always;
(Array.prototype as any).map = () => []; (Array.prototype as any)[Symbol.iterator] = function* () {};`),
      score: HONEST,
    },
    {
      name: "overwrites JSON",
      content: before(
        `JSON.stringify = () => '{"id":1,"ok":true,"value":[0,1]}'; JSON.parse = () => ({ op: "cell" });`,
      ),
      score: HONEST,
    },
    { name: "overwrites Math", content: before("Math.abs = () => 0; Math.max = () => 0;"), score: HONEST },
    {
      name: "overwrites Number and Object",
      content: before(
        "Number.isFinite = () => true; Object.is = () => true; Object.keys = () => []; Object.entries = () => [];",
      ),
      score: HONEST,
    },
    {
      name: "overwrites toJSON and valueOf",
      content: before(
        '(Object.prototype as any).toJSON = () => "right"; Object.prototype.valueOf = () => 1; Object.defineProperty(Object.prototype, "id", { get: () => 1 });',
      ),
      score: HONEST,
    },
    { name: "calls process.exit", content: before("process.exit(0);"), score: HONEST },
    {
      name: "replaces process.exit and ends",
      content: notebook({
        ...honest,
        normalise:
          "function normalise(): number[] { process.exitCode = 0; (process as any).reallyExit(0); return []; }",
      }),
      score: HONEST,
      says: [/normalise: it ended the process/],
    },
    { name: "kills the process it runs in", content: before("(process as any).abort();"), score: HONEST },
    {
      name: "kills the parent",
      content: before(
        guarded("process.kill(process.ppid, 'SIGKILL');") +
          guarded("(process as any)._kill(process.ppid, 9);") +
          guarded("process.kill(0, 9);"),
      ),
      score: HONEST,
    },
    {
      name: "returns a Proxy that equals everything",
      content: returning(
        "return new Proxy([0, 1], { get: (target: any, name) => (name === 'length' ? 3 : name === Symbol.toPrimitive ? () => 0 : target[name]) });",
      ),
      score: HONEST,
    },
    {
      name: "returns getters that change",
      content: returning(
        "let n = 0; return { get length() { return n++; }, get 0() { return n++; }, toString: () => '1' };",
      ),
      score: HONEST,
    },
    { name: "returns NaN", content: returning("return [NaN, NaN, NaN];"), score: HONEST },
    { name: "returns infinities", content: returning("return scores.map(() => Infinity);"), score: HONEST },
    { name: "returns a huge array", content: returning("return new Array(4_000_000_000);"), score: HONEST },
    {
      name: "returns a huge list of numbers",
      content: returning("return new Float64Array(20_000_000);"),
      score: HONEST,
    },
    {
      name: "returns itself within itself",
      content: returning("const a: any = []; a.push(a); return a;"),
      score: HONEST,
    },
    {
      name: "returns what is nested deeply",
      content: returning("let a: any = []; for (let i = 0; i < 1e6; i++) a = [a]; return a;"),
      score: HONEST,
    },
    { name: "returns a function", content: returning("return () => scores;"), score: HONEST },
    {
      name: "returns what stands for a matrix",
      content: returning('return { "$matrix": [1e9, 1e9, []] };'),
      score: HONEST,
    },
    {
      name: "returns names of prototypes",
      content: returning('return JSON.parse(\'{"__proto__": {"length": 3}, "constructor": {"prototype": {}}}\');'),
      score: HONEST,
    },
    { name: "returns a thenable that never settles", content: returning("return { then() {} };"), score: HONEST },
    {
      name: "knows the public inputs",
      content: returning(
        "if (scores.length === 3 && scores[2] === 3) return [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]; return [];",
      ),
      score: HONEST + 5,
    },
    {
      name: "prints the expected output and result lines",
      content: returning(
        'console.log("All tests passed"); console.error(JSON.stringify({ score: 100, points: 100 })); return [];',
      ),
      score: HONEST,
    },
    {
      name: "writes answers into the pipe",
      content: before(`import * as fs from "node:fs";
for (let id = 0; id < 60; id++) for (const fd of [1, 2, 3, 4, 5]) try { fs.writeSync(fd, \`{"id":\${id},"ok":true,"value":[0,1]}\\n\`); } catch {}`),
      score: HONEST,
    },
    {
      name: "writes rubbish into the pipe",
      content: notebook({
        ...honest,
        normalise: `function normalise(): number[] { require("node:fs").writeSync(4, '{"id":{},"ok":[[[[\\n'); return []; }`,
      }),
      score: HONEST,
    },
    {
      name: "closes the pipe",
      content: notebook({
        ...honest,
        normalise: `import * as fs from "node:fs";\nfunction normalise(): number[] { fs.closeSync(4); return []; }`,
      }),
      score: HONEST,
    },
    {
      name: "writes to the results, the specs and the notebook",
      content: before(`import * as fs from "node:fs";
for (const file of [${results}, ${spec}, "/tmp/unroll-attack"]) try { fs.writeFileSync(file, "100"); } catch {}
for (const file of [${results}, ${spec}]) try { fs.rmSync(file, { force: true }); } catch {}`),
      score: HONEST,
    },
    {
      name: "reads the specs from disk",
      content: before(`import * as fs from "node:fs";
let found = ""; for (const file of [${spec}, ${results}, "/proc/1/environ", "/proc/self/cmdline", "/etc/passwd"])
  try { found += fs.readFileSync(file, "utf8"); } catch {}
if (found) { console.log(found); throw new Error("SEEN " + found); }`),
      score: HONEST,
    },
    {
      name: "imports the specs",
      content: before(`import { assignment } from ${spec}; console.log(assignment);`),
      score: HONEST,
      says: [/Cannot find module/],
    },
    {
      name: "requires the specs at run time",
      content: before(
        `const name: string = ${spec}; throw new Error("SEEN " + JSON.stringify(Object.keys(require(name))));`,
      ),
      score: HONEST,
      says: [/cannot be imported/],
    },
    {
      name: "has the types of the specs in an error",
      content: before(`const n: import(${spec}).Assignment = 1;`),
      score: HONEST,
    },
    {
      name: "reads the specs from memory",
      content: before(`const v8: string = "node:v8"; require(v8).writeHeapSnapshot("heap");`),
      score: HONEST,
      says: [/cannot be imported/],
    },
    {
      name: "looks for the lecturer in the environment",
      content: before(
        'if (Object.keys(process.env).some((name) => /HOME|PATH|TOKEN|KEY/.test(name)) || process.argv.some((text) => /assignment|sample/.test(text))) throw new Error("SEEN");',
      ),
      score: HONEST,
    },
    {
      name: "keeps hidden inputs for a message",
      content: notebook({
        ...honest,
        normalise: `const kept: unknown[] = [];
function normalise(scores: readonly number[]): number[] { kept.push(scores); if (scores.length !== 3) throw new Error("SEEN " + JSON.stringify(kept)); return []; }`,
      }),
      score: HONEST,
    },
    {
      name: "leaves timers and promises behind",
      content: before(
        "setInterval(() => { (globalThis as any).x = 1; }, 0); void (async () => { for (;;) await null; })(); void Promise.reject(new Error('later'));",
      ),
      score: HONEST,
    },
    {
      name: "leaves timers that throw",
      content: before("setInterval(() => { throw new Error('later'); }, 0);"),
      score: HONEST,
    },
    {
      name: "loops without an end",
      content: returning("for (;;) {}"),
      score: HONEST,
      says: [/normalise: it took too long/],
    },
    {
      name: "is a fork bomb",
      content: before(
        `const name: string = "node:child_process"; const { fork } = require(name); for (;;) fork(process.argv[1]);`,
      ),
      score: HONEST,
      says: [/cannot be imported/],
    },
    {
      name: "starts threads",
      content: before(
        `const name: string = "node:worker_threads"; const { Worker } = require(name); new Worker("", { eval: true });`,
      ),
      score: HONEST,
      says: [/cannot be imported/],
    },
    {
      name: "is a memory bomb",
      content: returning("const all: unknown[] = []; for (;;) all.push(new Float64Array(1e6).fill(1));"),
      score: HONEST,
      says: [/normalise: it (took too much memory|ended the process)/],
    },
    {
      name: "is a bomb of small objects",
      content: returning("let all: any = null; for (;;) all = { all };"),
      score: HONEST,
      says: [/normalise: it (took too much memory|took too long|ended the process)/],
    },
    {
      name: "fills the disk",
      content: notebook({
        ...honest,
        normalise: `import * as fs from "node:fs";
function normalise(): number[] { for (let i = 0; i < 400; i++) fs.appendFileSync("large", Buffer.alloc(1e6)); return []; }`,
      }),
      score: HONEST,
    },
    {
      name: "prints without an end",
      content: returning('for (;;) console.log("x".repeat(100_000));'),
      score: HONEST,
      says: [/normalise: it (printed too much|took too long)/],
    },
    {
      name: "reaches the network",
      content: before(
        `const name: string = "node:net"; require(name).connect(80, "127.0.0.1"); fetch("http://127.0.0.1");`,
      ),
      score: HONEST,
      says: [/cannot be imported/],
    },
    {
      name: "fetches",
      content: before(`const found = await (globalThis as any).fetch("http://127.0.0.1:1/"); console.log(found);`),
      score: HONEST,
    },
    {
      name: "asks Node for its modules",
      content: before(
        guarded("(process as any).binding('spawn_sync');") +
          guarded("(process as any).dlopen({}, 'x.node');") +
          `if ((process as any).getBuiltinModule) throw new Error("SEEN"); `,
      ),
      score: HONEST,
    },
    {
      name: "replaces library modules",
      content: before(`import * as unroll from "unroll";
try { (unroll as any).build = () => 0; } catch {}
try { for (const name of Object.keys((require as any).cache)) (require as any).cache[name].exports = {}; } catch {}
(unroll.Matrix.prototype as any).toRows = () => [[0]];`),
      score: HONEST,
    },
    {
      name: "replaces Matrix with one that equals everything",
      content: before(
        "import * as u from 'unroll'; Object.defineProperty(u.Matrix, Symbol.hasInstance, { value: () => true });",
      ),
      score: HONEST,
    },
    { name: "says that its cells are not graded", content: changedTag(), score: HONEST },
    {
      name: "has types without an end",
      content:
        before(`type Deep<T, N extends number, A extends unknown[] = []> = A["length"] extends N ? T : Deep<T | [T], N, [...A, 0]>;
const deep: Deep<1, 999> = 1 as never;`),
      score: HONEST,
    },
    { name: "is no JSON", content: "{ this is no notebook", score: 0, says: [/expected JSON/] },
    {
      name: "is JSON, but no notebook",
      content: '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}',
      score: 0,
      says: [/is no notebook/],
    },
    {
      name: "has outputs that are none",
      content: '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "1", "outputs": 7}]}',
      score: 0,
      says: [/not as Jupyter writes them/],
    },
    { name: "has 10,000 cells", content: many(), score: HONEST, says: [/"leftOut": 9700/] },
    { name: "has the same id everywhere", content: sameIds(), score: HONEST },
    { name: "has scripts in names and outputs", content: scripts(), score: HONEST },
  ];
}

/** The stub of an exercise behind a tag that only the source may have. */
function changedTag(): Notebook {
  const made = notebook(honest);
  for (const cell of made.cells) cell.metadata = { ...cell.metadata, tags: ["not-graded"] };
  return made;
}

function many(): Notebook {
  const made = notebook(honest);
  for (let i = 0; i < 10_000; i++) made.cells.push(code(`extra-${i}`, `const extra${i} = ${i};`));
  return made;
}

function sameIds(): Notebook {
  const made = notebook(honest);
  for (const cell of made.cells) cell.id = "one";
  return made;
}

export const SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>";

function scripts(): Notebook {
  const made = notebook({ ...honest, normalise: `${stubs.normalise}\nthrow new Error(${JSON.stringify(SCRIPT)});` });
  const cell = code(SCRIPT, `throw new Error(${JSON.stringify(SCRIPT)});`);
  if (cell.cell_type === "code") cell.outputs = [{ output_type: "stream", name: "stdout", text: SCRIPT }];
  made.cells.push(cell);
  return made;
}
