/** Submissions of practical 4, as students of a course with nbgrader hand them in. */
import { join } from "node:path";
import type { Cell, Notebook } from "#kernel/client/notebook.js";
import { projectFolder } from "#kernel/install/project-folder.js";
import { buildPractical, practical } from "#kernel/lessons/practical.js";

export const built = practical(join(projectFolder, "notebooks"), "practical-4");

const given = buildPractical(built, "student");
const solutions = new Map(buildPractical(built, "solution").cells.map(({ id, source }) => [id, source]));

const FIRST_HALF = ["rnn-step", "rnn-forward", "rnn-step-backward", "bptt", "numeric-gradient", "relative-error"];
const WRONG = "subtract(zerosLike({ h }).h, mul(dh, tanhSlope(h)))";

export const samples: Readonly<Record<string, Notebook>> = {
  solution: written(solved),
  empty: written((cell) => cell),
  half: written((cell) => (FIRST_HALF.includes(cell.id) ? solved(cell) : cell)),
  "wrong-sign": written((cell) => {
    const { source, ...rest } = solved(cell);
    return {
      ...rest,
      source: cell.id === "rnn-step-backward" ? source.replace("mul(dh, tanhSlope(h))", WRONG) : source,
    };
  }),
  "tests-edited": written((cell) => (nbgrader(cell).grade && cell.cell_type === "code" ? generous(cell) : cell)),
};

function written(change: (cell: Cell) => Cell): Notebook {
  return { ...given, cells: given.cells.map(change) };
}

function solved(cell: Cell): Cell {
  return nbgrader(cell).solution ? { ...cell, source: solutions.get(cell.id)! } : cell;
}

function generous(cell: Cell): Cell {
  return { ...cell, source: "100", metadata: { ...cell.metadata, nbgrader: { ...nbgrader(cell), points: 100 } } };
}

function nbgrader({ metadata }: Cell): { grade?: boolean; solution?: boolean } {
  return metadata.nbgrader ?? {};
}
