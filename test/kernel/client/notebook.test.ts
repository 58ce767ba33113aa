import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Notebook, readNotebook, writeNotebook } from "#kernel/client/notebook.js";
import { folderForTheseTests } from "../support.js";

const notebook: Notebook = {
  cells: [
    { cell_type: "markdown", id: "m", metadata: {}, source: "# Title\n\ntext" },
    {
      cell_type: "code",
      id: "c",
      metadata: { tags: ["x"] },
      source: "1 + 1\n",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "a\nb" },
        {
          output_type: "display_data",
          data: { "image/svg+xml": "<svg>\n</svg>", "image/png": "AQID", "application/json": { b: 1, a: ["x\n"] } },
          metadata: {},
        },
        { output_type: "error", ename: "E", evalue: "", traceback: ["t"] },
      ],
    },
    { cell_type: "code", id: "e", metadata: {}, source: "", execution_count: null, outputs: [] },
  ],
  metadata: { kernelspec: { name: "unroll" } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe("a notebook file", () => {
  const folder = folderForTheseTests();
  const file = join(folder, "a.ipynb");
  const read = (text: string) => {
    writeFileSync(file, text);
    return readNotebook(file);
  };

  it("is read back as it was written", () => {
    writeNotebook(file, notebook);
    assert.deepEqual(readNotebook(file), notebook);
  });

  it("is written as Jupyter writes it: one space, sorted keys, lists of lines, a newline at the end", () => {
    writeNotebook(file, { ...notebook, cells: notebook.cells.slice(0, 1) });
    // json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n", as nbformat does
    assert.equal(
      readFileSync(file, "utf8"),
      `{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "m",\n   "metadata": {},\n   "source": [\n    "# Title\\n",\n    "\\n",\n    "text"\n   ]\n  }\n ],\n "metadata": {\n  "kernelspec": {\n   "name": "unroll"\n  }\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n`,
    );
  });

  it("has lists of numbers on one line each, and is otherwise what JSON.stringify writes", () => {
    const output = (data: Record<string, unknown>): Notebook => ({
      ...notebook,
      cells: [
        {
          cell_type: "code",
          id: "c",
          metadata: {},
          source: "",
          execution_count: null,
          outputs: [{ output_type: "display_data", data, metadata: {} }],
        },
      ],
    });
    writeNotebook(
      file,
      output({ "application/json": { y: [1, -2.5e-7, null], z: [[1], [2]], none: [], words: ["a"] } }),
    );
    const text = readFileSync(file, "utf8");
    assert.match(text, /"y": \[1,-2\.5e-7,null\],\n/);
    assert.match(text, /"z": \[\n +\[1\],\n +\[2\]\n +\]/);
    assert.match(text, /"none": \[\]/);

    const noNumbers = output({
      "text/plain": '"[\n 1\n]"',
      "application/json": { a: [true, {}, [["é\u2028"]]], b: "" },
    });
    writeNotebook(file, noNumbers);
    assert.deepEqual(readNotebook(file), noNumbers);
    const plain = readFileSync(file, "utf8");
    assert.equal(plain, `${JSON.stringify(JSON.parse(plain), null, 1)}\n`);
  });

  it("of format 4.0 gets the ids that 4.5 wants", () => {
    const old = read(
      `{"cells":[{"cell_type":"code","source":["a\\n","b"],"metadata":{},"outputs":[],"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":0}`,
    );
    assert.equal(old.nbformat_minor, 5);
    assert.match(old.cells[0]!.id, /^[0-9a-f]{8}$/);
    assert.equal(old.cells[0]!.source, "a\nb");
  });

  for (const [name, text, problem] of [
    ["is empty", "", /is no notebook: expected JSON, got an empty file\.$/],
    ["is not JSON", "# hello", /is no notebook: expected JSON, got "# hello"\.$/],
    ["is other JSON", "[1]", /is no notebook: expected an object with "nbformat" and "cells"\.$/],
    [
      "is of format 3",
      `{"nbformat":3,"worksheets":[]}`,
      /has notebook format 3, expected 4: open and save it in JupyterLab/,
    ],
    [
      "has cells that are none",
      `{"nbformat":4,"cells":[{"cell_type":"poem"}]}`,
      /expected "cells" to be a list of code, markdown and raw cells\.$/,
    ],
  ] as const)
    it(`that ${name} is refused in one sentence`, () => assert.throws(() => read(text), problem));

  it("that is missing is named", () => {
    assert.throws(
      () => readNotebook(join(folder, "none.ipynb")),
      /Notebook .*none\.ipynb cannot be read: there is no such file\.$/,
    );
  });

  it("stays as it was, with nothing beside it, where the new one cannot be written", () => {
    writeNotebook(file, notebook);
    const before = readFileSync(file, "utf8");
    const endless = { ...notebook, metadata: {} as Record<string, unknown> };
    endless.metadata.self = 1n;
    assert.throws(() => writeNotebook(file, endless), /cannot be written: .*BigInt/);
    assert.equal(readFileSync(file, "utf8"), before);
    assert.deepEqual(readdirSync(folder), ["a.ipynb"]);
    assert.throws(() => writeNotebook(join(folder, "no", "a.ipynb"), notebook), /cannot be written: ENOENT/);
  });
});
