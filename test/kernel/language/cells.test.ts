import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";
import { Cells, type CellValue, type Compiled } from "#kernel/language/cells.js";

describe("cells of TypeScript", () => {
  let folder: string;
  let cells: Cells;
  let notebook: Notebook;

  before(function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), "unroll-cells-"));
    cells = new Cells(folder);
  });
  beforeEach(() => {
    notebook = new Notebook(cells, folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  describe("values and names", () => {
    it("has the value of its last expression, and none without one", async () => {
      assert.equal(await notebook.run("1; 2 + 3;"), 5);
      assert.equal(await notebook.run("const a1 = 1;"), undefined);
      assert.equal(await notebook.run("// only a comment"), undefined);
    });

    it("sees names of earlier cells: variables, functions, classes, enums, generics, namespaces, imports", async () => {
      await notebook.run(`
        import { sep as separator, type ParsedPath } from "node:path";
        import * as os from "node:os";
        const { x, y: [z] } = { x: 1, y: [2] };
        function twice(n: number) { return 2 * n; }
        class Box<T> { constructor(readonly content: T) {} }
        enum Colour { Red, Green }
        const enum Size { Large = 7 }
        interface Point { at: number }
        namespace Space { export const depth = 3; }`);
      assert.equal(
        await notebook.run(`
        const p: Point = { at: Colour.Green };
        const path: ParsedPath | undefined = undefined;
        class Small extends Box<number> {}
        twice(x + z) + new Small(10).content + p.at + Size.Large + Space.depth + separator.length + Number(os.EOL.length > 0)`),
        6 + 10 + 1 + 7 + 3 + 1 + 1,
      );
    });

    it("lets a function of an earlier cell see what a later cell assigns, and the other way round", async () => {
      await notebook.run("let n = 0; const next = () => ++n;");
      assert.equal(await notebook.run("n = 10; next(); n"), 11);
      assert.equal(await notebook.run("[n] = [n + 1]; ({ n } = { n: n * 2 }); n++; next()"), 26);
    });

    it("reads names of earlier cells where they are shorthand properties, and calls their functions without a this", async () => {
      await notebook.run("const width = 3; function self(this: unknown) { return this; }");
      assert.deepEqual(await notebook.run("({ width })"), { width: 3 });
      assert.equal(await notebook.run("self()"), undefined);
    });

    it("does not take a property for the name of an earlier cell, nor a local name for it", async () => {
      await notebook.run("const size = 1; const thing = { size: 5 };");
      assert.equal(await notebook.run("thing.size"), 5);
      assert.equal(await notebook.run("((size: number) => { const thing = size; return thing; })(9)"), 9);
    });

    it("lets a later cell declare a name again, as something else", async () => {
      await notebook.run("const again = 1; type T = string;");
      await notebook.run("class again { static is = 'a class'; } type T = number;");
      assert.equal(await notebook.run("const t: T = 3; again.is + t"), "a class3");
    });

    it("keeps what a cell declared before it threw", async () => {
      await assert.rejects(
        notebook.run("const early = 1; if (early) throw new RangeError('half way'); const late = 2;"),
        /half way/,
      );
      assert.equal(await notebook.run("early"), 1);
      await assert.rejects(notebook.run("late"), /before initialization/);
    });

    it("accepts exported declarations", async () => {
      await notebook.run(
        "export const shown = 1; export function f() { return shown; } export class C {}; const own = 4; export { own };",
      );
      assert.equal(await notebook.run("shown + f() + own"), 6);
    });

    it("accepts a default export without a name, and shows none", async () => {
      for (const code of ["export default class { x = 1 }", "export default function () {}", "export default 5"])
        assert.equal(await notebook.run(code), undefined, code);
    });

    it("keeps a var of a block or a loop, as JavaScript does", async () => {
      await notebook.run(
        "{ var inBlock = 1; } for (var turn = 0; turn < 3; turn++); try { var { tried } = { tried: 5 }; } catch {}",
      );
      assert.equal(await notebook.run("inBlock + turn + tried"), 1 + 3 + 5);
      await notebook.run("{ let inner = 1; inner; }");
      assert.match(notebook.errors("inner"), /Cannot find name 'inner'/);
    });

    it("gives no name to a function that is a cell's value", async () => {
      assert.equal(((await notebook.run("() => 5")) as () => void).name, "");
    });

    it("knows every other type of a cell in which one type cannot be written down", async () => {
      await notebook.run("const hidden = class { private secret = 1; }; const list = [1, 2];");
      assert.deepEqual(await notebook.run("new hidden(); list.map((n) => n.toFixed(1))"), ["1.0", "2.0"]);
    });
  });

  describe("awaiting", () => {
    it("awaits at the top level, in loops, imports and arrows called in place", async () => {
      assert.equal(await notebook.run("const v = await Promise.resolve(4); v"), 4);
      assert.equal(
        await notebook.run("let total = 0; for await (const n of [1, Promise.resolve(2)]) total += n; total"),
        3,
      );
      assert.equal(await notebook.run("const path = await import('node:path'); path.basename('a/b')"), "b");
      assert.equal(await notebook.run("await (async () => 5)()"), 5);
    });

    it("hands out a promise that is a cell's value as it is, in a cell that awaits too", async () => {
      const [plain, awaiting] = [
        await notebook.box("Promise.resolve(1)"),
        await notebook.box("await null; Promise.resolve(1)"),
      ];
      assert.ok(plain[0] instanceof Promise);
      assert.ok(awaiting[0] instanceof Promise);
    });
  });

  describe("diagnostics", () => {
    it("names the line and column, counted from 0, and what is wrong, before anything runs", () => {
      const compiled = notebook.compile("const a = 1;\nconst b: number = 'text';");
      assert.ok(!compiled.ok);
      assert.equal(compiled.diagnostics.length, 1);
      const [{ line, column, endColumn, message }] = compiled.diagnostics as [Diagnosed];
      assert.deepEqual([line, column, endColumn], [1, 6, 7]);
      assert.equal(message, "Type 'string' is not assignable to type 'number'.");
    });

    it("is strict", () => {
      assert.match(notebook.errors("function f(x) { return x; }"), /implicitly has an 'any' type/);
      assert.match(notebook.errors("let s: string = null;"), /'null' is not assignable/);
    });

    it("shows what is missing at the end of a cell inside the cell", () => {
      const compiled = notebook.compile("foo(");
      assert.ok(!compiled.ok && compiled.diagnostics[0]!.line === 0 && compiled.diagnostics[0]!.column <= 4);
    });

    it("refuses to assign to a constant of an earlier cell", async () => {
      await notebook.run("const fixed = 1;");
      assert.match(notebook.errors("fixed = 2"), /constant/);
    });

    it("does not remember names of a cell that was refused", async () => {
      notebook.errors("const refused: number = 'x';");
      assert.match(notebook.errors("refused"), /Cannot find name 'refused'/);
    });
  });

  describe("files beside the notebook", () => {
    it("compiles a helper that a cell imports, and again when it has changed", () => {
      const helper = join(folder, "helper.ts");
      writeFileSync(helper, "export const answer: number = 41;");
      const first = notebook.compile('import { answer } from "./helper"; answer');
      assert.ok(first.ok && first.sidecars.length === 1 && /answer = 41/.test(first.sidecars[0]!.javascript));
      const unchanged = notebook.compile('import { answer } from "./helper"; answer + 1');
      assert.ok(unchanged.ok && unchanged.sidecars.length === 0);

      writeFileSync(helper, "export const answer: string = 'forty-two';");
      const later = notebook.compile('import { answer } from "./helper"; answer.toUpperCase()');
      assert.ok(later.ok && later.sidecars.length === 1);
    });

    it("finds a package or a file that came after it was first missed", () => {
      assert.match(notebook.errors('import { late } from "./late";'), /Cannot find module/);
      writeFileSync(join(folder, "late.ts"), "export const late = 1;");
      assert.ok(notebook.compile('import { late } from "./late"; late').ok);
    });
  });

  it("maps the lines of its JavaScript to those of the cell", () => {
    const compiled = notebook.compile(
      "interface Gone { x: number }\n\n\nconst kept = 1;\nthrow new Error(String(kept));",
    );
    assert.ok(compiled.ok);
    const line = compiled.javascript.split("\n").findIndex((text) => text.includes("throw new Error"));
    const entry = new SourceMap(compiled.sourceMap as ConstructorParameters<typeof SourceMap>[0]).findEntry(line, 0);
    assert.equal("originalLine" in entry && entry.originalLine, 4);
  });

  describe("completion and inspection", () => {
    it("offers members by type, and names of earlier cells before the world's", async () => {
      await notebook.run("const corpus = { words: 3, wordLength: 4 };");
      assert.deepEqual(
        cells.complete("corpus.wor", 10).matches.map((m) => m.text),
        ["wordLength", "words"],
      );
      const { start, end, matches } = cells.complete("1 + co", 6);
      assert.deepEqual([start, end, matches[0]?.text], [4, 6, "corpus"]);
    });

    it("counts offsets in UTF-16 code units", () => {
      const code = 'const s = "🙂"; s.leng';
      const { start, end, matches } = cells.complete(code, code.length);
      assert.deepEqual([start, end, matches[0]?.text], [code.length - 4, code.length, "length"]);
    });

    it("tells type and documentation of a name, of an earlier cell too", async () => {
      await notebook.run("/** Adds one. */\nfunction increment(n: number): number { return n + 1; }");
      const found = cells.inspect("increment(1)", 3, 0);
      assert.equal(found.signature, "function increment(n: number): number");
      assert.equal(found.documentation, "Adds one.");
      assert.equal(cells.inspect("   ", 1, 0).found, false);
    });
  });

  it("tells a whole cell from one that goes on and one that is wrong", () => {
    const status = (code: string) => cells.isComplete(code);
    assert.equal(status("const a = 1").status, "complete");
    assert.deepEqual(status("function f() {"), { status: "incomplete", indent: "  " });
    assert.deepEqual(status("if (a) {\n  f("), { status: "incomplete", indent: "    " });
    assert.equal(status("const text = `open").status, "incomplete");
    assert.equal(status("/* open").status, "incomplete");
    assert.equal(status("const = 5;").status, "invalid");
  });
});

type Diagnosed = (Compiled & { ok: false })["diagnostics"][number];

let lastId = 0;

/** Runs cells in this process, as the kernel does in its own. */
class Notebook {
  readonly #exports = new Map<number, object>();

  constructor(
    readonly cells: Cells,
    readonly folder: string,
  ) {}

  compile(code: string): Compiled {
    return this.cells.compile(code, ++lastId);
  }

  /** All messages of a cell that does not compile. */
  errors(code: string): string {
    const compiled = this.compile(code);
    assert.ok(!compiled.ok, `this compiles: ${code}`);
    return compiled.diagnostics.map((d) => d.message).join("\n");
  }

  async box(code: string): Promise<CellValue> {
    const compiled = this.compile(code);
    if (!compiled.ok) throw new Error(compiled.diagnostics.map((d) => `${d.line}:${d.column} ${d.message}`).join("\n"));
    const exports = {};
    this.#exports.set(lastId, exports);
    const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    const cell = new vm.Script(compiled.javascript, { importModuleDynamically }).runInThisContext();
    const require = createRequire(join(this.folder, "cell.js"));
    return (await cell(exports, require, this.#exports, (name: string) => import(name))) as CellValue;
  }

  async run(code: string): Promise<unknown> {
    return (await this.box(code))[0];
  }
}
