/** Files that are none of a notebook's business: hidden parts, solutions, results. */
import { notebook } from "../../sample/source.js";
import { type Attack, before, honest, type Targets } from "./honest.js";

/** Puts into `found` what each way of reading finds of each file. */
const READING = `import * as fs from "node:fs"; import * as path from "node:path"; import { pathToFileURL } from "node:url";
const found: string[] = []; let copy = 0;
const ways: ((file: string) => unknown)[] = [
  (file) => fs.readFileSync(file),
  (file) => fs.readFileSync(Buffer.from(file)),
  (file) => fs.readFileSync(pathToFileURL(file)),
  (file) => fs.readFileSync(new TextEncoder().encode(file) as never),
  (file) => fs.readFileSync(path.relative(process.cwd(), file)),
  (file) => fs.readFileSync(process.cwd() + "/../".repeat(20) + file),
  (file) => fs.readFileSync(file.replace("/lib/dist/", "/lib/dist/math/../")),
  (file) => fs.readFileSync(file.replace("/lib/dist/course/", "/lib/dist/course//./")),
  (file) => fs.readFileSync(file.replace("/lib/dist/", "/node_modules/unroll/dist/")),
  (file) => fs.readFileSync("/proc/self/root" + file),
  (file) => fs.readSync(fs.openSync(file, "r"), new Uint8Array(10)),
  (file) => fs.promises.readFile(file),
  (file) => fs.promises.open(file),
  (file) => (fs as any).openAsBlob(file),
  (file) => new Promise((resolve, reject) => fs.createReadStream(file).on("data", resolve).on("error", reject)),
  (file) => { fs.copyFileSync(file, "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { fs.cpSync(file, "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { fs.linkSync(file, "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { fs.symlinkSync(file, "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { fs.symlinkSync(path.relative(process.cwd(), file), "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { fs.symlinkSync(path.dirname(file), "copy" + ++copy); return fs.readFileSync("copy" + copy + "/" + path.basename(file)); },
  (file) => { fs.renameSync(file, "copy" + ++copy); return fs.readFileSync("copy" + copy); },
  (file) => { process.chdir(path.dirname(file)); return fs.readFileSync(path.basename(file)); },
  (file) => require(file),
  (file) => import(file),
  (file) => fs.readdirSync(path.dirname(file)).length || undefined,
];
const home = process.cwd();
async function readAll(files: readonly string[]) {
  for (const file of files) for (const way of ways) {
    try { if ((await way(file)) !== undefined) found.push(file + " by " + way); } catch {}
    try { process.chdir(home); } catch {}
  }
  if (found.length > 0) throw new Error("SEEN " + found.join("; "));
}
`;

export function files({ results, spec, solutions }: Targets): readonly Attack[] {
  const [quotedResults, quotedSpec] = [results, spec].map((file) => JSON.stringify(file));
  return [
    {
      name: "writes to the results, the specs and the notebook",
      content: before(`import * as fs from "node:fs";
for (const file of [${quotedResults}, ${quotedSpec}, "/tmp/unroll-attack"]) try { fs.writeFileSync(file, "100"); } catch {}
for (const file of [${quotedResults}, ${quotedSpec}]) try { fs.rmSync(file, { force: true }); } catch {}`),
    },
    {
      name: "reads the specs from disk",
      content: before(`import * as fs from "node:fs";
let found = ""; for (const file of [${quotedSpec}, ${quotedResults}, "/proc/1/environ", "/proc/self/cmdline", "/etc/passwd"])
  try { found += fs.readFileSync(file, "utf8"); } catch {}
if (found) { console.log(found); throw new Error("SEEN " + found); }`),
    },
    {
      name: "imports the specs",
      content: before(`import { assignment } from ${quotedSpec}; console.log(assignment);`),
      says: [/Cannot find module/],
    },
    {
      name: "requires the specs at run time",
      content: before(
        `const name: string = ${quotedSpec}; throw new Error("SEEN " + JSON.stringify(Object.keys(require(name))));`,
      ),
      says: [/cannot be imported/],
    },
    {
      name: "has the types of the specs in an error",
      content: before(`const n: import(${quotedSpec}).Assignment = 1;`),
    },
    {
      name: "reads the specs from memory",
      content: before(`const v8: string = "node:v8"; require(v8).writeHeapSnapshot("heap");`),
      says: [/cannot be imported/],
    },
    {
      name: "fills the disk",
      content: notebook({
        ...honest,
        normalise: `import * as fs from "node:fs";
function normalise(): number[] { for (let i = 0; i < 400; i++) fs.appendFileSync("large", Buffer.alloc(1e6)); return []; }`,
      }),
    },
    {
      name: "reads the solutions of exercises in every way",
      content: before(`${READING} await readAll(${JSON.stringify([...solutions, spec])});`),
    },
    {
      name: "imports the solutions of exercises",
      content: before(`const found: string[] = [];
for (const name of ["unroll/course/practical-4/index.js", "unroll/course/practical-4/by-library.js", "unroll/course/exercises/index.js",
  "unroll/course/solutions.js", "unroll/course/find-task.js", "unroll/math/../course/practical-4/index.js", ...${JSON.stringify(solutions)}])
  for (const load of [() => require(name), () => import(name)]) try { found.push(...Object.keys(await load())); } catch {}
if (found.length > 0) throw new Error("SEEN " + found);`),
    },
    {
      name: "has the types of the solutions",
      content: before(
        `import type { printed2017 } from "unroll/course/practical-4/indaba-2017.js"; type H = (typeof printed2017)["h"];`,
      ),
      says: [/Cannot find module/],
    },
    {
      name: "catches the solutions while check holds something against them",
      content: before(`import * as unroll from "unroll";
const caught: unknown[] = [];
const look = (value: any) => { if (value && (value.solution || value.mistakes || value.tests)) caught.push(value); };
for (const name of ["find", "flat", "map", "some", "flatMap", "filter", "findIndex"] as const) {
  const own = Array.prototype[name] as any;
  (Array.prototype as any)[name] = function (this: unknown[], ...given: unknown[]) { for (const one of this) look(one); return own.apply(this, given); };
}
for (const name of ["solution", "tests", "mistakes"])
  Object.defineProperty(Object.prototype, name, { configurable: true, set(value) { caught.push(value); }, get() { return undefined; } });
unroll.check("bptt", () => 1); unroll.check("rnn-step"); unroll.check("2.1", () => 1); unroll.checkAll("practical-4"); unroll.checkAll();
unroll.submit("practical-4", { student: "x" });
await unroll.pointsFor("bptt", []);
if (caught.length > 0) throw new Error("SEEN " + caught.length);`),
    },
    {
      name: "looks through all that can be reached from its names",
      content: before(`import * as unroll from "unroll";
const seen = new Set<unknown>(); const found: string[] = [];
const walk = (value: any, path: string, depth: number) => {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value) || depth > 6) return;
  seen.add(value);
  for (const name of Reflect.ownKeys(value)) {
    if (["solution", "mistakes", "hint", "expected", "judge"].includes(String(name))) found.push(path + "." + String(name));
    try { walk(value[name], path + "." + String(name), depth + 1); } catch {}
  }
  walk(Object.getPrototypeOf(value), path + ".prototype", depth + 1);
};
walk(globalThis, "globalThis", 0); walk(unroll, "unroll", 0); walk(require, "require", 0); walk(process, "process", 0);
if (found.length > 0) throw new Error("SEEN " + found);`),
    },
    {
      name: "writes to the library and its neighbours",
      content: before(`import * as fs from "node:fs"; const done: string[] = [];
for (const file of ${JSON.stringify(solutions.map((file) => `${file}.attack`))}) try { fs.writeFileSync(file, "x"); done.push(file); } catch {}
for (const folder of ["/tmp", "/", "/usr", "/dev/shm"]) try { fs.mkdirSync(folder + "/unroll-attack-folder"); done.push(folder); } catch {}
if (done.length > 0) throw new Error("SEEN " + done);`),
    },
  ];
}
