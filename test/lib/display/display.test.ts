import assert from "node:assert/strict";
import { clearOutput, confirm, display, input, jupyterDisplay, prompt } from "unroll";
import { hostKey } from "unroll/display/host.js";
import { withFakeHost } from "./fake-host.js";

describe("display in the kernel", () => {
  it("hands the host a bundle as it is, text as text, and other values as they are inspected", () =>
    withFakeHost((shown) => {
      display({ "text/html": "<b>7</b>", "text/plain": "7" });
      display("seven");
      display({ seven: 7 });
      display(7);
      display(undefined);
      assert.deepEqual(
        shown.map(({ bundle }) => bundle),
        [
          { "text/html": "<b>7</b>", "text/plain": "7" },
          { "text/plain": "seven" },
          { "text/plain": "{ seven: 7 }" },
          { "text/plain": "7" },
          { "text/plain": "undefined" },
        ],
      );
    }));

  it("asks an object that can show itself, also one that takes its time", () =>
    withFakeHost(async (shown) => {
      display({ [jupyterDisplay]: () => ({ "text/plain": "myself" }) });
      display({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "later" }) });
      await Promise.resolve();
      assert.deepEqual(
        shown.map(({ bundle }) => bundle["text/plain"]),
        ["myself", "later"],
      );
    }));

  it("names an output and replaces it", () =>
    withFakeHost((shown) => {
      display("one", { id: "a" });
      display("two", { id: "a", update: true });
      assert.deepEqual(
        shown.map(({ id, update }) => [id, update]),
        [
          ["a", false],
          ["a", true],
        ],
      );
      assert.throws(() => display("three", { update: true }), /update needs the id/);
    }));

  it("asks: a line, a line with a preset, and yes or no", () => {
    const answers = ["Ada", "", "7", "y", " YES ", "yeah"];
    const asked: [string, boolean][] = [];
    const ask = (question: string, isSecret: boolean) => {
      asked.push([question, isSecret]);
      return answers.shift()!;
    };
    return withFakeHost(
      () => {
        assert.equal(input("key? ", { password: true }), "Ada");
        assert.deepEqual([prompt("n?", "3"), prompt("n?", "3")], ["3", "7"]);
        assert.deepEqual([confirm("a?"), confirm("b?"), confirm("c?")], [true, true, false]);
        assert.deepEqual(asked.slice(0, 2), [
          ["key? ", true],
          ["n? [3] ", false],
        ]);
      },
      { ask },
    );
  });

  it("clears", () =>
    withFakeHost((_, cleared) => {
      clearOutput();
      clearOutput({ wait: true });
      clearOutput(true);
      assert.deepEqual(cleared, [{ wait: false }, { wait: true }, { wait: true }]);
    }));
});

describe("display in stock tslab", () => {
  const globals = globalThis as { __tslab__?: object; [hostKey]?: object };
  let calls: [string, string, unknown][];
  beforeEach(() => {
    calls = [];
    let displays = 0;
    const raw = (to: string) => ({ raw: (mime: string, value: unknown) => calls.push([to, mime, value]) });
    globals.__tslab__ = {
      require: (name: string) => {
        assert.equal(name, "tslab");
        return { display: raw("cell"), newDisplay: () => raw(`output ${++displays}`) };
      },
    };
  });
  afterEach(() => {
    delete globals.__tslab__;
    delete globals[hostKey];
  });

  it("shows the richest form of a bundle", () => {
    display({ "text/plain": "7", "text/html": "<b>7</b>" });
    display({ "text/plain": "a curve", "application/vnd.plotly.v1+json": { data: [] } });
    display({ "application/x-own": "!" });
    assert.deepEqual(calls, [
      ["cell", "text/html", "<b>7</b>"],
      ["cell", "application/vnd.plotly.v1+json", { data: [] }],
      ["cell", "application/x-own", "!"],
    ]);
  });

  it("keeps one output for each id", () => {
    display("1", { id: "a" });
    display("2", { id: "b" });
    display("3", { id: "a", update: true });
    clearOutput();
    assert.deepEqual(
      calls.map(([to, , value]) => [to, value]),
      [
        ["output 1", "1"],
        ["output 2", "2"],
        ["output 1", "3"],
      ],
    );
  });
});
