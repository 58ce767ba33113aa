import { deepEqual, equal } from "node:assert/strict";
import type { Cell, Notebook } from "#kernel/client/notebook.js";
import { restored } from "#kernel/grade/restore.js";

const cell = (id: string, source: string, metadata: Record<string, unknown> = {}): Cell => ({
  cell_type: "code",
  id,
  metadata,
  source,
  outputs: [],
  execution_count: null,
});
const answer = (id: string, source: string) => cell(id, source, { nbgrader: { grade_id: id, solution: true } });
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const source = notebook(
  cell("a", "a"),
  answer("b", "stub"),
  cell("train", "long", { tags: ["not-graded"] }),
  cell("c", "c"),
  answer("d", "stub"),
);

describe("a submission's cells", () => {
  const sources = (...cells: Cell[]) => {
    const all = restored(source, notebook(...cells)).cells;
    return all.filter((one) => one.runs).map((one) => one.source);
  };

  it("are the lecturer's as they were, and the student's answers", () => {
    deepEqual(sources(cell("a", "hacked"), answer("b", "B"), cell("c", ""), answer("d", "D")), ["a", "B", "c", "D"]);
  });

  it("stand in the order of the source, with what the student added behind what it followed", () => {
    const cells = [cell("first", "0"), answer("d", "D"), cell("mine", "1"), cell("a", "a"), answer("b", "B")];
    deepEqual(sources(...cells), ["0", "a", "B", "c", "D", "1"]);
  });

  it("are not run where the source says so, and are where only the submission does", () => {
    deepEqual(sources(cell("train", "long"), cell("c", "c", { tags: ["not-graded"] })), ["a", "c"]);
  });

  it("are reported where they are not as they were", () => {
    const cells = [cell("c", "C"), cell("a", "a"), answer("b", "B"), answer("b", "again")];
    const { report } = restored(source, notebook(...cells));
    deepEqual(report, {
      edited: ["c"],
      deleted: ["train", "d"],
      duplicated: ["b"],
      reordered: ["c"],
      added: 0,
      leftOut: 0,
    });
  });

  it("are told by nbgrader's id where there is one: Jupyter gives a copied cell a new one of its own", () => {
    const copied = { ...answer("b", "B"), id: "other" };
    deepEqual(sources(copied), ["a", "B", "c"]);
    equal(restored(source, notebook(copied)).report.added, 0);
  });
});
