import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Message } from "#kernel/wire/messages.js";
import { kernelForTheseTests, type Ran } from "../support.js";

const traceback = (ran: Ran) =>
  stripVTControlCharacters((ran.contents("error")[0]?.traceback as string[] | undefined)?.join("\n") ?? "");

describe("an error in a cell", () => {
  const kernel = kernelForTheseTests();

  it("is told in the reply and on iopub, with name, value and traceback", async () => {
    const ran = await kernel.run(`throw new RangeError("too far")`);
    assert.deepEqual(ran.types, ["error"]);
    const { status, ename, evalue, traceback } = ran.reply as Record<string, unknown>;
    assert.deepEqual([status, ename, evalue], ["error", "RangeError", "too far"]);
    assert.deepEqual(ran.contents("error")[0], { ename, evalue, traceback });
  });

  it("shows the line as it was written, with a caret, and the cell's own line numbers", async () => {
    const define = await kernel.run(
      `interface Unused { a: string }\n\nfunction fail(x: number): never {\n  throw new TypeError("bad " + x);\n}`,
    );
    const ran = await kernel.run("// a comment\nfail(3);");
    assert.equal(
      traceback(ran),
      [
        "TypeError: bad 3",
        "  2 |",
        "  3 | function fail(x: number): never {",
        `> 4 |   throw new TypeError("bad " + x);`,
        "    |         ^",
        "  5 | }",
        `    at fail (cell ${define.reply.execution_count}:4:9)`,
        `    at cell ${ran.reply.execution_count}:2:5`, // V8 takes the parenthesis for the place of a call
      ].join("\n"),
    );
  });

  it("has no frames of the kernel or of Node", async () => {
    const ran = await kernel.run(`await new Promise((r) => setTimeout(r, 1)); JSON.parse("{")`);
    assert.match(traceback(ran), /^SyntaxError: /);
    assert.doesNotMatch(traceback(ran), /node:|kernel\/dist/);
  });

  it("speaks of cells in a stack that the cell prints itself, too", async () => {
    const ran = await kernel.run(
      "try {\n  (null as any).x;\n} catch (error) {\n  console.log((error as Error).stack);\n}",
    );
    assert.match(ran.text("stdout"), new RegExp(`^TypeError: .*\\n    at cell ${ran.reply.execution_count}:2:17\\n$`));
  });

  it("has company in console.trace, which speaks of cells as well", async () => {
    const ran = await kernel.run("console.trace('here')");
    assert.equal(ran.text("stderr"), `Trace: here\n    at cell ${ran.reply.execution_count}:1:9\n`);
  });

  it("tells its causes, and all errors of an AggregateError", async () => {
    const caused = traceback(await kernel.run(`throw new Error("outer", { cause: new Error("inner") })`));
    assert.match(caused, /Error: outer[\s\S]*Caused by:\nError: inner/);
    const both = traceback(
      await kernel.run(`await Promise.any([Promise.reject(new Error("one")), Promise.reject("two")])`),
    );
    assert.match(both, /\[error 1 of 2\]\nError: one[\s\S]*\[error 2 of 2\]\n'two'/);
  });

  it("has the name of its class, where the class gives it none", async () => {
    const { reply } = await kernel.run(`class ShapeError extends Error {} throw new ShapeError("2×3");`);
    assert.equal((reply as { ename?: string }).ename, "ShapeError");
  });

  it("that is its own cause is shown, and ends", async () => {
    const ran = await kernel.run(`const circle = new Error("round"); circle.cause = circle; throw circle;`);
    assert.match(traceback(ran), /^Error: round[\s\S]*Caused by:\nError: round/);
    assert.ok(traceback(ran).length < 5000);
  });

  it("that was thrown somewhere in the library has the cell's line marked", async () => {
    const ran = await kernel.run(`import { zeros } from "unroll";\nzeros(2, -1);`);
    assert.match(traceback(ran), /^RangeError: .*\n {2}1 \| .*\n> 2 \| zeros\(2, -1\);/);
  });

  it("marks the right place behind tabs and astral characters", async () => {
    const ran = await kernel.run(`\tconst s = "😀😀"; throw new Error(s);`);
    const [, line = "", marks = ""] = traceback(ran).split("\n");
    assert.match(line.slice(marks.indexOf("^")), /^new Error/); // where V8 says that an error is made
  });

  it("may be anything that can be thrown", async () => {
    for (const [thrown, evalue] of [
      ["'text'", "'text'"],
      ["null", "null"],
      ["undefined", "undefined"],
      ["{ code: 7 }", "{ code: 7 }"],
    ]) {
      const { reply } = await kernel.run(`throw ${thrown};`);
      assert.deepEqual([reply.status, "evalue" in reply && reply.evalue], ["error", evalue]);
    }
  });

  it("of a message that is huge is cut, and says so", async () => {
    const ran = await kernel.run(`throw new Error("x".repeat(1e6))`);
    assert.match(String((ran.reply as { evalue?: string }).evalue), /^x{10000}… 990000 more characters$/);
    assert.ok(traceback(ran).length < 20_000);
  });

  it("may have a message, a name and a stack that throw", async () => {
    const ran = await kernel.run(
      `const bad = new Error("x"); for (const key of ["name", "message", "stack"]) Object.defineProperty(bad, key, { get() { throw 1; } }); throw bad;`,
    );
    assert.equal(ran.reply.status, "error");
  });

  it("of endless recursion is one error like any other", async () => {
    assert.deepEqual((await kernel.run("const f = (): number => 1 + f(); f()")).types, ["error"]);
    const ran = await kernel.run("const g = async (): Promise<number> => 1 + (await g()); await g()");
    assert.deepEqual(ran.types, ["error"]);
    assert.equal((ran.reply as { ename?: string }).ename, "RangeError");
  });

  it("in TypeScript is shown with line and caret, and nothing of the cell runs", async () => {
    const ran = await kernel.run(`console.log("runs");\nconst wrong: string = 1 + 1;`);
    assert.deepEqual(ran.types, ["error"]);
    const { ename, evalue } = ran.reply as Record<string, unknown>;
    assert.deepEqual([ename, evalue], ["TypeScriptError", "Type 'number' is not assignable to type 'string'."]);
    assert.equal(
      traceback(ran),
      [
        `TypeScript error TS2322 at cell ${ran.reply.execution_count}:2:7: ${evalue}`,
        `  1 | console.log("runs");`,
        "> 2 | const wrong: string = 1 + 1;",
        "    |       ^^^^^",
      ].join("\n"),
    );
  });

  it("of a promise that nobody catches belongs to the cell", async () => {
    const ran = await kernel.run(`Promise.reject(new Error("lost")); "value"`);
    assert.deepEqual(ran.types, ["error"]);
    assert.deepEqual([ran.reply.status, (ran.reply as { evalue?: string }).evalue], ["error", "lost"]);
  });

  it("in a timer belongs to the cell that started it, and the kernel lives", async () => {
    const ran = await kernel.run(
      `setTimeout(() => { throw new Error("in a timer"); }, 1); await new Promise((r) => setTimeout(r, 20)); 1`,
    );
    assert.equal(ran.contents("error")[0]?.evalue, "in a timer");
    assert.equal(ran.reply.status, "error");
    assert.equal((await kernel.run("1")).reply.status, "ok");
  });

  for (const [name, code] of [
    ["a timer", `setTimeout(() => { throw new Error("after all"); }, 50)`],
    ["a promise", `void new Promise((r) => setTimeout(r, 50)).then(() => { throw new Error("after all"); })`],
  ] as const)
    it(`that comes when its cell has ended belongs to it all the same: ${name}`, async () => {
      let parent: string | undefined;
      const late = new Promise<Message>((resolve) => {
        const stop = kernel.client.listen((message) => {
          if (message.header.msg_type === "execute_input") parent ??= message.parent.msg_id;
          if (message.header.msg_type !== "error") return;
          stop();
          resolve(message);
        });
      });
      assert.equal((await kernel.run(`${code};`)).reply.status, "ok");
      const other = await kernel.run("await new Promise((r) => setTimeout(r, 100)); 1");
      const error = await late;
      assert.deepEqual([error.content.evalue, error.parent.msg_id], ["after all", parent]);
      assert.deepEqual([other.reply.status, other.types], ["ok", ["execute_result"]]);
    });

  it("is what process.exit in a timer becomes, too", async () => {
    const ran = await kernel.run(
      "setTimeout(() => process.exit(4), 1); await new Promise((r) => setTimeout(r, 20)); 1",
    );
    assert.match(String(ran.contents("error")[0]?.evalue), /^process\.exit\(4\) /);
  });

  it("is what memory that cannot be had becomes, where the size is known before", async () => {
    for (const code of ["new Array(2 ** 32)", "new ArrayBuffer(1e15)", "'x'.repeat(2 ** 30)"]) {
      const { reply } = await kernel.run(code);
      assert.equal((reply as { ename?: string }).ename, "RangeError", code);
    }
  });

  it("is what process.exit becomes, and the kernel lives", async () => {
    const ran = await kernel.run("process.exit(3); console.log('after')");
    assert.match(String((ran.reply as { evalue?: string }).evalue), /^process\.exit\(3\) /);
    assert.deepEqual(ran.types, ["error"]);
  });
});
