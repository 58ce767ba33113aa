import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { folderForTheseTests, kernelForTheseTests, type Ran } from "../support.js";

const evalue = (ran: Ran) => String((ran.reply as { evalue?: string }).evalue);
const traceback = (ran: Ran) =>
  stripVTControlCharacters((ran.contents("error")[0]?.traceback as string[] | undefined)?.join("\n") ?? "");

describe("a cell imports", () => {
  const folder = folderForTheseTests();
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(
    "node_modules/old/package.json",
    `{ "name": "old", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }`,
  );
  write("node_modules/old/main.js", "module.exports = { twice: (n) => 2 * n };");
  write("node_modules/old/main.d.ts", "export function twice(n: number): number;");
  write(
    "node_modules/young/package.json",
    `{ "name": "young", "version": "1.0.0", "type": "module", "exports": { ".": { "types": "./main.d.ts", "import": "./main.js", "default": "./main.js" } } }`,
  );
  write("node_modules/young/main.js", "export const half = (n) => n / 2; export default class Young {}");
  write("node_modules/young/main.d.ts", "export function half(n: number): number; export default class Young {}");
  write("data.json", `{ "words": ["a", "b"] }`);
  const kernel = kernelForTheseTests({ folder });

  it("a CommonJS package, with its types", async () => {
    assert.equal((await kernel.run(`import { twice } from "old"; twice(4)`)).result, "8");
    assert.match(evalue(await kernel.run(`twice("4")`)), /'string' is not assignable to parameter of type 'number'/);
  });

  it("a package that is an ES module only, its default too", async () => {
    const ran = await kernel.run(`import Young, { half } from "young"; [half(4), new Young() instanceof Young]`);
    assert.equal(ran.result, "[ 2, true ]");
    assert.equal((await kernel.run(`(await import("young")).half(6)`)).result, "3");
  });

  it("a package without types", async () => {
    write("node_modules/bare/package.json", `{ "name": "bare", "version": "1.0.0", "main": "main.js" }`);
    write("node_modules/bare/main.js", "module.exports = () => 'bare';");
    assert.equal((await kernel.run(`import bare from "bare"; bare()`)).result, "'bare'");
    assert.equal((await kernel.run("bare().length")).result, "4");
  });

  it("an ES module that awaits at its top level with import(), and says so where it is imported in another way", async () => {
    write("node_modules/slow/package.json", `{ "name": "slow", "type": "module", "exports": "./main.js" }`);
    write("node_modules/slow/main.js", "export const late = await Promise.resolve(5);");
    assert.match(evalue(await kernel.run(`import { late } from "slow"; late`)), /top-level await\. Use import\(\)/);
    assert.equal((await kernel.run(`const slow = await import("slow"); slow.late`)).result, "5");
  });

  it("JSON, with the types of what it holds", async () => {
    assert.equal((await kernel.run(`import data from "./data.json"; data.words.length`)).result, "2");
    assert.match(evalue(await kernel.run("data.letters")), /'letters' does not exist/);
    const attribute = await kernel.run(`import same from "./data.json" with { type: "json" }; same.words[0]`);
    assert.equal(attribute.result, "'a'");
    assert.equal((await kernel.run(`(await import("./data.json")).default.words[1]`)).result, "'b'");
  });

  it("what lies beside the notebook, by __dirname, import.meta and require.resolve", async () => {
    const ran = await kernel.run(`import { readFileSync } from "node:fs"; import { join } from "node:path";
      [join(__dirname, "data.json"), new URL("./data.json", import.meta.url), require.resolve("./data.json")]
        .map((file) => JSON.parse(readFileSync(file, "utf8")).words.length)`);
    assert.equal(ran.result, "[ 2, 2, 2 ]");
    assert.equal(
      (await kernel.run("[import.meta.dirname === __dirname, import.meta.filename === __filename]")).result,
      "[ true, true ]",
    );
  });

  it("a helper beside the notebook, and sees at once what is changed in it, in the types too", async () => {
    write("helper.ts", `export const answer: number = 41;`);
    assert.equal((await kernel.run(`import { answer } from "./helper"; answer + 1`)).result, "42");
    write("helper.ts", `export const answer: string = "forty-two";`);
    assert.equal((await kernel.run(`import { answer } from "./helper"; answer.toUpperCase()`)).result, "'FORTY-TWO'");
  });

  it("a helper by its full name, or only when it is needed", async () => {
    write("named.ts", "export const three: number = 3;");
    assert.equal((await kernel.run(`import { three } from "./named.ts"; three`)).result, "3");
    assert.equal((await kernel.run(`const late = await import("./named.js"); late.three + 1`)).result, "4");
  });

  it("a helper that imports a helper which has changed", async () => {
    write("inner.ts", "export const n = 1;");
    write("outer.ts", `import { n } from "./inner"; export const next = n + 1;`);
    assert.equal((await kernel.run(`import { next } from "./outer"; next`)).result, "2");
    write("inner.ts", "export const n = 10;");
    assert.equal((await kernel.run(`import { next } from "./outer"; next`)).result, "11");
  });

  it("a helper that fails: the error shows the helper's own line", async () => {
    write(
      "fails.ts",
      `interface Gone {}\n\nexport function fail(n: number): never {\n  throw new Error("no " + n);\n}\n`,
    );
    const shown = traceback(await kernel.run(`import { fail } from "./fails";\nfail(1)`));
    assert.match(shown, /> 4 \| {3}throw new Error\("no " \+ n\);\n {4}\| +\^/);
    assert.match(shown, /\n {4}at (Module\.|Object\.)?fail \(fails\.ts:4:9\)\n {4}at cell \d+:2:/);
  });

  it("a helper with a type error: it is shown in the helper's own line", async () => {
    write("wrong.ts", `export const n: number = 1;\nexport const s: string = n;\n`);
    const shown = traceback(await kernel.run(`import { s } from "./wrong"; s`));
    assert.match(
      shown,
      /^TypeScript error TS2322 at wrong\.ts:2:14: .*\n {2}1 \| .*\n> 2 \| export const s: string = n;\n {4}\| +\^$/m,
    );
    write("wrong.ts", `export const s: string = "mended";`);
    assert.equal((await kernel.run(`import { s } from "./wrong"; s`)).result, "'mended'");
  });

  it("nothing that is not there, and says so", async () => {
    assert.match(evalue(await kernel.run(`import { x } from "nowhere";`)), /Cannot find module 'nowhere'/);
    assert.match(evalue(await kernel.run(`await import("now" + "here")`)), /Cannot find package 'nowhere'/);
  });

  it("Unroll and tslab, which come from the kernel where the folder has none, with their types", async () => {
    assert.equal((await kernel.run(`import { zeros } from "unroll"; zeros(2, 3).cols`)).result, "3");
    assert.match(evalue(await kernel.run(`zeros("2", 3)`)), /'string' is not assignable/);
    assert.equal((await kernel.run(`(await import("unroll/math/matrix.js")).zeros === zeros`)).result, "true");
    const shown = await kernel.run(`import * as tslab from "tslab"; tslab.display.html("<b>1</b>");`);
    assert.deepEqual(shown.contents("display_data")[0]?.data, { "text/html": "<b>1</b>" });
    assert.match(evalue(await kernel.run("tslab.display.html(1)")), /'number' is not assignable/);
  });
});

describe("a cell with tslab's metadata", () => {
  const kernel = kernelForTheseTests({ folder: folderForTheseTests() });

  it("@module is not run, but becomes a helper that other cells import, and that can be changed", async () => {
    const defined = await kernel.run(`/** @module helper */\nconsole.log("loads");\nexport const one: number = 1;`);
    assert.deepEqual([defined.reply.status, defined.types], ["ok", []]);
    const used = await kernel.run(`import { one } from "./helper"; one + 1`);
    assert.deepEqual([used.text("stdout"), used.result], ["loads\n", "2"]);
    await kernel.run(`/** @module helper */\nexport const one: string = "uno";`);
    assert.equal((await kernel.run(`import { one } from "./helper"; one.toUpperCase()`)).result, "'UNO'");
  });

  it("@module with an error leaves the helper as it was, and shows the line", async () => {
    await kernel.run("/** @module kept */\nexport const k = 1;");
    const ran = await kernel.run("/** @module kept */\nexport const k: string = 1;");
    assert.match(
      traceback(ran),
      /^TypeScript error TS2322 at cell \d+:2:14: [\s\S]*> 2 \| export const k: string = 1;/,
    );
    assert.equal((await kernel.run(`import { k } from "./kept"; k`)).result, "1");
  });

  it("that this kernel cannot follow is refused in one sentence", async () => {
    assert.match(evalue(await kernel.run("/** @jsx */\n<div/>")), /reads no JSX/);
    assert.match(evalue(await kernel.run("/** @browser */\ndocument.title")), /runs its cells in Node\.js/);
    assert.equal((await kernel.run("/** @node */ 5")).result, "5");
  });
});

describe("a folder with a tsconfig.json", () => {
  const folder = folderForTheseTests();
  writeFileSync(
    join(folder, "tsconfig.json"),
    `{ "compilerOptions": { "noUncheckedIndexedAccess": true, "strictNullChecks": false, "module": "ESNext" } }`,
  );
  const kernel = kernelForTheseTests({ folder });

  it("chooses how strict its cells are, but not how they run", async () => {
    assert.equal((await kernel.run("const nothing: string = null; nothing")).result, "null");
    assert.equal((await kernel.run(`import { sep } from "node:path"; sep.length`)).result, "1");
  });
});

describe("TypeScript as people write it", () => {
  const kernel = kernelForTheseTests({ folder: folderForTheseTests() });

  it("knows Node.js wherever the notebook lies", async () => {
    const ran = await kernel.run(
      `import { readdirSync } from "node:fs"; const seen: string[] = readdirSync("."); Buffer.from("a").length + seen.length`,
    );
    assert.equal(ran.result, "1");
  });

  it("awaits in loops, declares again, and exports what it likes", async () => {
    assert.equal(
      (await kernel.run("export let total = 0; for await (const n of [1, Promise.resolve(2)]) total += n; total"))
        .result,
      "3",
    );
    assert.equal((await kernel.run("const total = 'again'; export default total; total.length")).result, "5");
    assert.equal((await kernel.run("total.toUpperCase()")).result, "'AGAIN'");
  });

  it("writes generic arrows and casts as in any file", async () => {
    assert.equal(
      (await kernel.run("const same = <T>(x: T): T => x; same(<number>(<unknown>5)).toFixed(1)")).result,
      "'5.0'",
    );
  });

  it("keeps classes, enums and generics for later cells, and lets them be declared anew", async () => {
    await kernel.run(
      "abstract class Shape { abstract area(): number; #sides = 4; get sides() { return this.#sides; } }",
    );
    await kernel.run(
      "enum Unit { Metre = 'm' }  class Box<T extends Shape> extends Shape { area() { return 1; } constructor(public of?: T) { super(); } }",
    );
    assert.equal(
      (await kernel.run("const box = new Box(new Box()); [box.of!.area(), box.sides, Unit.Metre]")).result,
      "[ 1, 4, 'm' ]",
    );
    await kernel.run("enum Unit { Foot = 'ft' }");
    assert.equal((await kernel.run("Unit.Foot")).result, "'ft'");
    assert.match(evalue(await kernel.run("Unit.Metre")), /'Metre' does not exist/);
  });

  it("awaits an arrow where it stands, an import, and what is to be disposed of", async () => {
    assert.equal((await kernel.run("await (async () => { for (const x of [3]) return await x; })()")).result, "3");
    assert.equal((await kernel.run("const path = await import('node:path'); path.basename('a/b')")).result, "'b'");
    const ran = await kernel.run("await using end = { [Symbol.asyncDispose]: async () => console.log('disposed') }; 1");
    assert.deepEqual([ran.text("stdout"), ran.result], ["disposed\n", "1"]);
  });

  it("has the language's own decorators, not the experimental ones", async () => {
    const ran = await kernel.run(`
      const names: string[] = [];
      const named = (_: unknown, context: ClassMethodDecoratorContext) => void names.push(String(context.name));
      class Marked { @named method() {} }
      names`);
    assert.equal(ran.result, "[ 'method' ]");
    const old = await kernel.run("const parameter = () => {}; class Old { m(@parameter x: number) { return x; } }");
    assert.match(evalue(old), /Decorators are not valid here/);
  });
});
