import assert from "node:assert/strict";
import { Language } from "#kernel/session/language.js";
import { folderForTheseTests, kernelForTheseTests } from "../support.js";

/** A cell that TypeScript needs seconds for, or 100 bytes of memory and more for each number. */
const list = (length: number) => `[${"1,".repeat(length)}].length`;

describe("the TypeScript thread that has run out of memory", function () {
  this.timeout(60_000);
  // TypeScript takes 90 MB before the first cell, and the cell 100 MB and more
  const kernel = kernelForTheseTests({ env: { NODE_OPTIONS: "--max-old-space-size=160" } });

  it("is told as the error of the cell, begins anew, and knows the declarations of earlier cells", async () => {
    await kernel.run("class Point { constructor(readonly x: number) {} } let p = new Point(3);");
    await kernel.run("let q = p; type Pair = [Point, Point];");
    const { reply } = await kernel.run(list(1_000_000));
    assert.match(String((reply as { evalue?: string }).evalue), /^The TypeScript thread has failed \(.*memory.*\)/);
    assert.equal((await kernel.run("const pair: Pair = [p, q]; p = new Point(4); pair[1].x + p.x")).result, "7");
    assert.deepEqual((await kernel.client.complete("pair[0].")).matches, ["x"]);
  });
});

describe("the TypeScript thread", function () {
  this.timeout(60_000);
  const folder = folderForTheseTests();
  let language: Language;
  afterEach(() => language.end());

  it("is ended where it goes on with a cell that nobody waits for any more", async () => {
    language = new Language(folder, 1);
    assert.ok((await language.call("compile", "const kept = 1;", 1)).ok);
    const endless = language.call("compile", list(100_000), 2);
    language.abandon();
    await assert.rejects(endless, /^Error: The TypeScript thread has failed \(it was ended\)/);
    assert.ok((await language.call("compile", "kept + 1", 3)).ok);
  });

  it("is left alone where it comes to an end soon", async () => {
    language = new Language(folder, 2000);
    await language.call("isComplete", "");
    const cell = language.call("compile", "const quick = 1;", 1);
    language.abandon();
    assert.ok((await cell).ok);
    assert.ok((await language.call("compile", "quick + 1", 2)).ok);
  });
});
