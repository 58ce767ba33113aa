import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withFakeHost } from "../display/fake-host.js";

type Library = typeof import("unroll");
const UNCHECKED = "Nothing is checked here: where notebooks are graded, the library has no solutions.";

describe("the library without the folders with solutions, as it is where notebooks are graded", () => {
  let folder: string;
  let library: Library;

  before(async function () {
    this.timeout(20_000);
    folder = mkdtempSync(join(tmpdir(), "unroll-without-"));
    const built = dirname(fileURLToPath(import.meta.resolve("unroll")));
    cpSync(built, join(folder, "dist"), {
      recursive: true,
      filter: (path) => !/\.(d\.ts|map)$|[\\/]course[\\/](exercises|practical-4)$/.test(path),
    });
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    library = (await import(pathToFileURL(join(folder, "dist", "index.js")).href)) as Library;
  });
  after(() => rmSync(folder, { recursive: true }));

  it("says in one sentence that nothing is checked, and goes on", () =>
    withFakeHost(async (shown) => {
      library.check("bptt", () => 1);
      await library.check("classifier");
      library.check("2.1", 7);
      assert.equal(await library.pointsFor("bptt", []), 0);
      assert.equal(library.submit("practical-4", { student: "Ada" }), "");
      assert.deepEqual(
        shown.map(({ bundle }) => bundle["text/plain"]),
        new Array(5).fill(UNCHECKED),
      );
    }));

  it("has an empty table of exercises, with the same sentence", () => {
    for (const lesson of [undefined, "2", "practical-4"])
      assert.match(JSON.stringify(library.checkAll(lesson)), /Nothing is checked here/);
  });

  it("computes all else", () => {
    assert.equal(library.rnn(2, 3).parameterCount, 18);
    assert.equal(library.dummyMatrix(library.random(1), 2, 3).cols, 3);
  });
});
