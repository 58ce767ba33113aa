/** Notebooks that are none, or not as they should be. */
import type { Notebook } from "#kernel/client/notebook.js";
import { code, notebook, stubs } from "../../sample/source.js";
import { type Attack, HONEST, honest } from "./honest.js";

export const SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>";

export const notebooks: readonly Attack[] = [
  { name: "says that its cells are not graded", content: changedTag() },
  { name: "is no JSON", content: "{ this is no notebook", score: 0, says: [/expected JSON/] },
  {
    name: "is JSON, but no notebook",
    content: '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}',
    score: 0,
    says: [/is no notebook/],
  },
  {
    name: "has outputs that are none",
    content: '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "1", "outputs": 7}]}',
    score: 0,
    says: [/not as Jupyter writes them/],
  },
  { name: "has 10,000 cells", content: many(), score: HONEST, says: [/"leftOut": 9700/] },
  { name: "has the same id everywhere", content: sameIds() },
  { name: "has scripts in names and outputs", content: scripts() },
  { name: "has 10,000 copies of an answer", content: copies(), says: [/"duplicated": \[\s+"normalise"\s+\]/] },
  {
    name: "is nested without an end",
    content: `{"nbformat": 4, "cells": ${"[".repeat(5_000_000)}`,
    score: 0,
    says: [/expected JSON|not as Jupyter writes them/],
  },
  {
    name: "is not UTF-8",
    content: Buffer.concat([Buffer.from('{"cells": [{"source": "'), Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80])]),
    score: 0,
    says: [/expected JSON/],
  },
  { name: "has names from prototypes", content: oddNames() },
  {
    name: "has an error with a text without an end",
    content: broken(`const n: 1 = "${"<b>".repeat(100_000)}";`),
  },
];

/** The stub of an exercise behind a tag that only the source may have. */
function changedTag(): Notebook {
  const made = notebook(honest);
  for (const cell of made.cells) cell.metadata = { ...cell.metadata, tags: ["not-graded"] };
  return made;
}

function many(): Notebook {
  const made = notebook(honest);
  for (let i = 0; i < 10_000; i++) made.cells.push(code(`extra-${i}`, `const extra${i} = ${i};`));
  return made;
}

function sameIds(): Notebook {
  const made = notebook(honest);
  for (const cell of made.cells) cell.id = "one";
  return made;
}

function scripts(): Notebook {
  const made = notebook({ ...honest, normalise: `${stubs.normalise}\nthrow new Error(${JSON.stringify(SCRIPT)});` });
  const cell = code(SCRIPT, `throw new Error(${JSON.stringify(SCRIPT)});`);
  if (cell.cell_type === "code") cell.outputs = [{ output_type: "stream", name: "stdout", text: SCRIPT }];
  made.cells.push(cell);
  return made;
}

function copies(): Notebook {
  const made = notebook(honest);
  const answer = made.cells.find(({ id }) => id === "normalise")!;
  for (let i = 0; i < 10_000; i++) made.cells.push({ ...answer, source: `${answer.source}\nconst copy${i} = ${i};` });
  return made;
}

function oddNames(): Notebook {
  const made = notebook(honest);
  for (const id of ["__proto__", "constructor", "../../x", "a\nb", "=cmd()", "", "\u001b[2J"])
    made.cells.push(code(id, "0;"));
  made.metadata = JSON.parse('{"__proto__": {"tags": ["not-graded"]}, "unroll": null}');
  return made;
}

function broken(source: string): Notebook {
  const made = notebook(honest);
  made.cells.push(code("broken", source));
  return made;
}
