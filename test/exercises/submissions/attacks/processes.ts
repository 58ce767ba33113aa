/** The process that it runs in, its parent and its pipes, threads and the network. */
import { notebook } from "../../sample/source.js";
import { type Attack, before, guarded, honest } from "./honest.js";

const requiring = (name: string, then: string) => before(`const name: string = ${JSON.stringify(name)}; ${then}`);
const REFUSED = [/cannot be imported/];

export const processes: readonly Attack[] = [
  { name: "calls process.exit", content: before("process.exit(0);") },
  {
    name: "replaces process.exit and ends",
    content: notebook({
      ...honest,
      normalise: "function normalise(): number[] { process.exitCode = 0; (process as any).reallyExit(0); return []; }",
    }),
    says: [/normalise: it ended the process/],
  },
  { name: "kills the process it runs in", content: before("(process as any).abort();") },
  {
    name: "kills the parent",
    content: before(
      guarded("process.kill(process.ppid, 'SIGKILL');") +
        guarded("(process as any)._kill(process.ppid, 9);") +
        guarded("process.kill(0, 9);"),
    ),
  },
  {
    name: "writes answers into the pipe",
    content: before(`import * as fs from "node:fs";
for (let id = 0; id < 60; id++) for (const fd of [1, 2, 3, 4, 5]) try { fs.writeSync(fd, \`{"id":\${id},"ok":true,"value":[0,1]}\\n\`); } catch {}`),
  },
  {
    name: "writes rubbish into the pipe",
    content: notebook({
      ...honest,
      normalise: `function normalise(): number[] { require("node:fs").writeSync(4, '{"id":{},"ok":[[[[\\n'); return []; }`,
    }),
  },
  {
    name: "closes the pipe",
    content: notebook({
      ...honest,
      normalise: `import * as fs from "node:fs";\nfunction normalise(): number[] { fs.closeSync(4); return []; }`,
    }),
  },
  {
    name: "looks for the lecturer in the environment",
    content: before(
      'if (Object.keys(process.env).some((name) => /HOME|PATH|TOKEN|KEY/.test(name)) || process.argv.some((text) => /assignment|sample/.test(text))) throw new Error("SEEN");',
    ),
  },
  {
    name: "leaves timers and promises behind",
    content: before(
      "setInterval(() => { (globalThis as any).x = 1; }, 0); void (async () => { for (;;) await null; })(); void Promise.reject(new Error('later'));",
    ),
  },
  {
    name: "leaves timers that throw",
    content: before("setInterval(() => { throw new Error('later'); }, 0);"),
  },
  {
    name: "is a fork bomb",
    content: before(
      `const name: string = "node:child_process"; const { fork } = require(name); for (;;) fork(process.argv[1]);`,
    ),
    says: [/cannot be imported/],
  },
  {
    name: "starts threads",
    content: before(
      `const name: string = "node:worker_threads"; const { Worker } = require(name); new Worker("", { eval: true });`,
    ),
    says: [/cannot be imported/],
  },
  {
    name: "reaches the network",
    content: before(
      `const name: string = "node:net"; require(name).connect(80, "127.0.0.1"); fetch("http://127.0.0.1");`,
    ),
    says: [/cannot be imported/],
  },
  {
    name: "fetches",
    content: before(`const found = await (globalThis as any).fetch("http://127.0.0.1:1/"); console.log(found);`),
  },
  {
    name: "asks Node for its modules",
    content: before(
      guarded("(process as any).binding('spawn_sync');") +
        guarded("(process as any).dlopen({}, 'x.node');") +
        `if ((process as any).getBuiltinModule) throw new Error("SEEN"); `,
    ),
  },
  {
    name: "asks for the inspector",
    content: requiring("node:inspector", 'new (require(name).Session)().connect(); throw new Error("SEEN");'),
    says: REFUSED,
  },
  {
    name: "asks for the heap, the contexts, the loaders and WASI",
    content:
      before(`const got = ["v8", "vm", "module", "wasi", "cluster", "dgram", "http", "tls", "os", "async_hooks", "sqlite", "test"].filter(
  (one) => { try { return Boolean(require("node:" + one)); } catch { return false; } });
if (got.length > 0) throw new Error("SEEN " + got);`),
  },
  {
    name: "imports what has been evaluated",
    content: before(`const got: string[] = [];
for (const make of [() => new Function("return import('node:child_process')")(), () => (0, eval)("import('node:vm')")])
  try { got.push(typeof (await make())); } catch {}
if (got.length > 0) throw new Error("SEEN " + got);`),
  },
  {
    name: "loads native code as an engine of OpenSSL",
    content: before(`import * as fs from "node:fs"; import * as crypto from "node:crypto";
fs.writeFileSync("engine.so", "\\x7fELF"); (crypto as any).setEngine(process.cwd() + "/engine.so"); throw new Error("SEEN");`),
  },
  {
    name: "goes through all open files",
    content: before(`import * as fs from "node:fs"; const bytes = new Uint8Array(1000); const found: string[] = [];
for (const fd of [0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
  try { if (fs.fstatSync(fd).isFile() && fs.readSync(fd, bytes, 0, 1000, 0) > 0) found.push(String(fd)); } catch {}
if (found.length > 0) throw new Error("SEEN " + found);`),
  },
  {
    name: "reads the next question before it is asked",
    content: notebook({
      ...honest,
      normalise: `import * as fs from "node:fs";
function normalise(): number[] { try { fs.readSync(4, new Uint8Array(10)); } catch {} try { fs.writeSync(3, "x\\n"); } catch {} return []; }`,
    }),
  },
];
