import assert from "node:assert/strict";
import { CellProgress } from "#kernel/commands/cell-progress.js";

/** A terminal, of which only what stands on it in the end is kept: each line with what was written over it last. */
function terminal(isTTY: boolean) {
  let text = "";
  const stream = { isTTY, columns: 60, write: (more: string) => Boolean((text += more)) };
  const lines = () => text.split("\n").map((line) => line.split("\r\u001b[K").at(-1));
  return { progress: new CellProgress(stream), lines };
}

const begin = { number: 1, total: 2 };

describe("the progress of notebooks", () => {
  it("is a line for each cell that has ended", () => {
    const { progress, lines } = terminal(false);
    progress.show("import x\nrun()", begin);
    progress.show("import x\nrun()", { ...begin, seconds: 1.26 });
    assert.deepEqual(lines(), ["[1/2]    1.3 s  run()", ""]);
  });

  it("shows all running cells in a terminal's last line, and what ends above it", () => {
    const { progress, lines } = terminal(true);
    progress.show("one()", begin, "a");
    progress.show("two()", begin, "b");
    assert.deepEqual(lines(), ["a: [1/2]    0.0 s  one()  b: [1/2]    0.0 s  two()"]);
    progress.show("one()", { ...begin, seconds: 2 }, "a");
    assert.deepEqual(lines(), ["a: [1/2]    2.0 s  one()", "b: [1/2]    0.0 s  two()"]);
    progress.say("It failed.", "a");
    progress.end("b");
    assert.deepEqual(lines(), ["a: [1/2]    2.0 s  one()", "a: It failed.", ""]);
  });

  it("does not grow wider than the terminal", () => {
    const { progress, lines } = terminal(true);
    for (const name of ["a", "b", "c"]) progress.show("x".repeat(80), begin, name);
    assert.ok(lines()[0]!.length < 60, lines()[0]);
    for (const name of ["a", "b", "c"]) progress.end(name);
  });
});
