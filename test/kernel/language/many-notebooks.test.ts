import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cells, type Compiled } from "#kernel/language/cells.js";
import { posix } from "#kernel/language/options.js";

const words = (compiled: Compiled) =>
  compiled.ok ? "" : compiled.diagnostics.map(({ message }) => message).join("\n");

describe("cells of many notebooks, one after the other", function () {
  this.timeout(60_000);
  let folder: string;
  let cells: Cells;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unroll-many-")));
    for (const name of ["open", "closed"]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "secret.d.ts"), "export declare const answer: 42;\n");
    }
    cells = new Cells(join(folder, "open"), (path) => !posix(path).startsWith(posix(join(folder, "closed"))));
  });
  beforeEach(() => cells.restart());
  after(() => rmSync(folder, { recursive: true }));

  describe("restart", () => {
    it("forgets all names, and counts cells from 1 again", () => {
      ok(cells.compile("const a = 1;", 1).ok);
      ok(cells.compile("a + 1;", 2).ok);
      cells.restart();
      match(words(cells.compile("a + 1;", 1)), /Cannot find name 'a'/);
      ok(cells.compile('const a = "one";', 1).ok);
      ok(cells.compile("a.length;", 2).ok);
    });

    it("lets nothing of one notebook's types into the next", () => {
      ok(cells.compile("declare global { interface Array<T> { mine(): T } }\nexport {};", 1).ok);
      cells.restart();
      match(words(cells.compile("[1].mine();", 1)), /Property 'mine' does not exist/);
    });
  });

  describe("compileAgain", () => {
    const notebook = (...sources: string[]) => {
      cells.restart();
      return sources.map((source, index) => cells.compileAgain(source, index + 1));
    };

    it("gives what compile gives, the first time and from memory", () => {
      const sources = [
        "let n = 1;",
        "n += 1;",
        "const s: string = n;",
        "interface P { at: number }",
        "const p: P = { at: n };",
      ];
      cells.restart();
      const wanted = sources.map((source, index) => cells.compile(source, index + 1));
      deepEqual(notebook(...sources), wanted);
      deepEqual(notebook(...sources), wanted);
    });

    it("takes no result of a cell behind which other names were declared", () => {
      deepEqual(notebook("const x = 1;", "const y: number = x;").map(words), ["", ""]);
      match(
        words(notebook('const x = "1";', "const y: number = x;")[1]!),
        /'string' is not assignable to type 'number'/,
      );
      match(words(notebook("0;", "const y: number = x;")[1]!), /Cannot find name 'x'/);
      deepEqual(notebook("const x = 1;", "const y: number = x;").map(words), ["", ""]);
    });

    it("takes no result of a cell that stands at another place", () => {
      const first = notebook("let m = 1;", "m;")[1]!;
      const second = notebook("let m = 1;", "0;", "m;")[2]!;
      const shifted = notebook("0;", "let m = 1;", "m;")[2]!;
      ok(first.ok && second.ok && shifted.ok);
      equal(second.javascript, first.javascript); // both read m of cell 1
      notEqual(shifted.javascript, first.javascript); // of cell 2
    });

    it("remembers what was declared, not who declared it: a later cell changes nothing in memory", () => {
      notebook("const z = 1;", "const w = z;", 'const z = "text";');
      equal(words(notebook("const z = 1;", "const w = z;", "const v: number = z + w;")[2]!), "");
    });
  });

  describe("mayRead", () => {
    it("keeps files from imports, from types and from references, as if they were not there", () => {
      ok(cells.compile('import type { answer } from "./secret"; let a: typeof answer;', 1).ok);
      for (const cell of [
        'import type { answer } from "../closed/secret"; let b: typeof answer = 1;',
        'let b: typeof import("../closed/secret").answer = 1;',
        `let b: typeof import(${JSON.stringify(join(folder, "closed", "secret"))}).answer = 1;`,
        '/// <reference path="../closed/secret.d.ts" />\nlet b: typeof import("../closed/secret.js").answer = 1;',
      ]) {
        const said = words(cells.compile(cell, 2));
        match(said, /Cannot find module|not found/, cell);
        ok(!said.includes("42"), said);
      }
    });
  });
});
