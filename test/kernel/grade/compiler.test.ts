import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Compiler } from "#kernel/grade/compiler.js";

describe("the grader's compiler", function () {
  this.timeout(60_000);
  const compiler = new Compiler();
  const said = async (...sources: string[]) =>
    (await compiler.compile(sources)).map((cell) => (cell.ok ? "" : cell.message));
  after(() => compiler.close());

  it("knows the library and the names of earlier cells, of this notebook alone", async () => {
    deepEqual(await said('import { zeros } from "unroll"; const m = zeros(1, 2);', "m.rows;"), ["", ""]);
    match((await said("m.rows;"))[0]!, /^line 1: Cannot find name 'm'/);
  });

  it("knows no types of solutions, of tests or of other files", async () => {
    for (const name of [
      "unroll/course/practical-4/indaba-2017.js",
      "unroll/course/exercises/index.js",
      "../../lib/course/practical-4/indaba-2017.js",
      "../../kernel/grade/practical-4/hidden.js",
      "../../test/exercises/sample/assignment.js",
    ])
      match((await said(`const n: typeof import("${name}") = 1 as never;`))[0]!, /Cannot find module/, name);
    equal((await said('const n: typeof import("unroll/course/difference.js") = 1 as never;'))[0], "");
  });

  it("refuses a cell that is a file, and one that imports a file", async () => {
    match((await said("/** @module mine */\nexport const a = 1;"))[0]!, /is a file is not graded/);
    match((await said('import { a } from "./mine";'))[0]!, /Cannot find module/);
  });

  it("cuts a message that quotes a long text", async () => {
    const [message] = await said(`const n: 1 = "${"x".repeat(100_000)}";`);
    ok(message!.length > 0 && message!.length <= 2000, `${message!.length}`);
  });
});
