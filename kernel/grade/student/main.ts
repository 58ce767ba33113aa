/**
 * A student's process: runs compiled cells, and calls what they declare, until the grader closes the pipe.
 *
 * Nothing here decides about points. Everything in this process belongs to the student's code from its first cell on: the
 * grader takes what comes out of it for what it is, a value to be compared.
 */
import { createRequire } from "node:module";
import vm from "node:vm";
import { decode, encode } from "./codec.js";
import { studentImport, studentRequire } from "./modules.js";
import { readRequest, writeAnswer } from "./pipe.js";
import { restrictProcess } from "./process-object.js";
import { type Call, READY, type Request, type RunCell } from "./requests.js";

const { stringify } = JSON;
const { Script } = vm;
const { runInThisContext } = Script.prototype;
const { apply } = Reflect;
const { get, set, forEach } = Map.prototype;
const { defineProperty, create } = Object;

type Exports = Record<string, unknown>;
type Library = typeof import("unroll");

const library = process.argv[2]!;
const require = studentRequire(library);
const dynamicImport = studentImport(require, process.cwd());
const unroll = createRequire(import.meta.url)(`${library}/index.js`) as Library;
const classes = { Matrix: unroll.Matrix, Sequence: unroll.Sequence, functionFrom: compiled };

/** The declarations of all cells; of each name, the cell that declared it last. */
class CellExports extends Map<number, Exports> {
  override get(id: number): Exports {
    return (apply(get, this, [id]) as Exports | undefined) ?? {};
  }
}
const cells = new CellExports();
const owners = new Map<string, Exports>();

function compiled(source: string): unknown {
  return apply(runInThisContext, new Script(`(${source}\n)`, { filename: "call.js" }), []);
}

async function runCell({ cell, javascript, declared }: RunCell): Promise<undefined> {
  const exports: Exports = {};
  apply(set, cells, [cell, exports]);
  for (let i = 0; i < declared.length; i++) apply(set, owners, [declared[i], exports]);
  const body = apply(runInThisContext, new Script(javascript, { filename: `cell-${cell}.ts` }), []) as (
    ...parameters: unknown[]
  ) => unknown;
  await body(exports, require, cells, dynamicImport);
}

async function call({ entry, call, args }: Call): Promise<unknown> {
  const given = decode(args, classes) as unknown[];
  if (call !== undefined) {
    const glue = compiled(call) as (...parameters: unknown[]) => unknown;
    const all: unknown[] = [declarations()];
    for (let i = 0; i < given.length; i++) all[i + 1] = given[i];
    return await apply(glue, undefined, all);
  }
  const owner = apply(get, owners, [entry]) as Exports | undefined;
  const found = owner?.[entry];
  if (typeof found !== "function") throw new ReferenceError(`The notebook declares no function ${entry}.`);
  return await apply(found as (...parameters: unknown[]) => unknown, undefined, given);
}

function declarations(): object {
  const all = create(null) as object;
  const add = (exports: Exports, name: string) =>
    void defineProperty(all, name, { get: () => exports[name], enumerable: true, configurable: true });
  apply(forEach, owners, [add]);
  defineProperty(all, "unroll", { value: unroll, configurable: true }); // also where the notebook calls something else so
  return all;
}

function failure(id: number, thrown: unknown): string {
  let [name, message] = ["Error", "something that cannot be told was thrown"];
  try {
    const error = thrown as { name?: unknown; message?: unknown } | null | undefined;
    name = `${error?.name ?? typeof thrown}`;
    message = `${error?.message ?? (thrown as string)}`;
  } catch {
    // what was thrown throws when it is asked
  }
  return `{"id":${id},"ok":false,"name":${cut(name, 100)},"message":${cut(message, 2000)}}`;
}

const { slice } = String.prototype;
const cut = (text: string, length: number) => stringify(apply(slice, text, [0, length]));

/** What shows something in a notebook shows nothing here. */
function installDisplay(): void {
  const declared = (name: string) => (apply(get, owners, [name]) as Exports | undefined)?.[name];
  const host = { show() {}, clear() {}, atEnd() {}, declared };
  defineProperty(globalThis, Symbol.for("unroll.host"), { value: host });
  const nothing = () => undefined;
  const ask = () => {
    throw new Error("Where notebooks are graded, nobody can be asked.");
  };
  const globals = {
    display: nothing,
    clearOutput: nothing,
    progress: unroll.progress,
    input: ask,
    prompt: ask,
    confirm: ask,
  };
  const folder = process.cwd();
  const more = { __dirname: folder, __filename: `${folder}/notebook.ts`, Jupyter: { comms: {} } };
  for (const [name, value] of Object.entries({ ...globals, ...more }))
    defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

async function serve(): Promise<void> {
  for (;;) {
    const request = readRequest() as Request | undefined;
    if (request === undefined) return exit(0);
    let answer: string;
    try {
      const value = request.op === "cell" ? await runCell(request) : await call(request);
      answer = `{"id":${request.id},"ok":true,"value":${encode(value, classes)}}`;
    } catch (error) {
      answer = failure(request.id, error);
    }
    writeAnswer(answer);
  }
}

const exit = process.exit.bind(process) as (code: number) => never;
process.exit = (code) => {
  throw new Error(`process.exit(${code ?? ""}) ends a script, but not a notebook: the cell stops here.`);
};
installDisplay();
restrictProcess();
process.on("uncaughtException", () => {}); // of a timer that a cell has left behind
process.on("unhandledRejection", () => {});
writeAnswer(`{"id":${READY},"ok":true}`);
void serve();
