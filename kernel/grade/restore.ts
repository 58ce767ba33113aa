/** A submission as it is graded: the lecturer's cells from the source, the student's from the submission. */
import type { Cell, Notebook } from "../client/notebook.js";

export interface RestoredCell {
  /** What the student finds it by: its `grade_id`, else its id. */
  readonly name: string;
  readonly source: string;
  readonly isStudents: boolean;
  /** A cell that does not run is still compiled: what it declares has its type. */
  readonly runs: boolean;
}

/** Names of cells that the student has treated otherwise than asked. */
export interface CellReport {
  readonly edited: readonly string[];
  readonly deleted: readonly string[];
  readonly duplicated: readonly string[];
  readonly reordered: readonly string[];
  /** How many the student has added. */
  readonly added: number;
  /** How many of those are left out, because they are too many. */
  readonly leftOut: number;
}

/**
 * Cells of a source with this tag are not run when notebooks are graded: training, plots, checks. Neither are the cells with
 * tests for nbgrader: the assignment has its own.
 */
const NOT_GRADED = "not-graded";
const MOST_ADDED = 300;
/** Of a cell's copies the last ones count. */
const MOST_COPIES = 20;

/**
 * All code cells in the order of the source. A lecturer's cell is the source's own; a cell for an answer has the student's text,
 * and where it was copied, the copies run (the last 20 of them), in the order of the submission; a cell that the student has added stands behind the
 * one that it followed.
 */
export function restored(source: Notebook, submission: Notebook): { cells: RestoredCell[]; report: CellReport } {
  const asked = new Set(source.cells.map(nameOf));
  const given = new Map<string, Cell[]>();
  const added = new Map<string, Cell[]>();
  let previous = "";
  for (const cell of submission.cells) {
    const name = nameOf(cell);
    if (asked.has(name)) {
      given.set(name, [...(given.get(name) ?? []), cell]);
      previous = name;
    } else if (cell.cell_type === "code") added.set(previous, [...(added.get(previous) ?? []), cell]);
  }

  const all = [...added.values()].flat();
  const kept = new Set(all.slice(0, MOST_ADDED));
  const cells: RestoredCell[] = [];
  const follow = (name: string) => {
    for (const cell of added.get(name) ?? [])
      if (kept.has(cell)) cells.push({ name: cell.id, source: cell.source, isStudents: true, runs: true });
  };
  follow("");
  for (const cell of source.cells) {
    const name = nameOf(cell);
    if (cell.cell_type === "code") {
      const answers = isAnswer(cell)
        ? (given.get(name) ?? []).filter((one) => one.cell_type === "code").slice(-MOST_COPIES)
        : [cell];
      const common = { name, isStudents: isAnswer(cell), runs: !isNotGraded(cell) };
      for (const one of answers) cells.push({ ...common, source: one.source });
    }
    follow(name);
  }

  const names = source.cells.map(nameOf);
  const report: CellReport = {
    edited: source.cells
      .filter((cell) => !isAnswer(cell) && (given.get(nameOf(cell)) ?? []).some(differsFrom(cell)))
      .map(nameOf),
    deleted: names.filter((name) => !given.has(name)),
    duplicated: names.filter((name) => (given.get(name)?.length ?? 0) > 1),
    reordered: reordered(names, [...given.keys()]),
    added: all.length,
    leftOut: all.length - kept.size,
  };
  return { cells, report };
}

export function nameOf(cell: Cell): string {
  const id = grading(cell).grade_id;
  return typeof id === "string" && id ? id : cell.id;
}

/** Is it the student's to fill in? */
export function isAnswer(cell: Cell): boolean {
  return grading(cell).solution === true;
}

function grading(cell: Cell): Record<string, unknown> {
  const metadata = cell.metadata.nbgrader;
  return typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {};
}

function isNotGraded(cell: Cell): boolean {
  const { tags } = cell.metadata;
  const { grade, solution } = grading(cell);
  return (Array.isArray(tags) && tags.includes(NOT_GRADED)) || (grade === true && solution !== true);
}

const differsFrom = (source: Cell) => (cell: Cell) =>
  cell.cell_type !== source.cell_type || cell.source.trim() !== source.source.trim();

/** Those that have to move so that the others are in order: all but a longest run that is. */
function reordered(wanted: readonly string[], found: readonly string[]): string[] {
  const place = new Map(wanted.map((name, index) => [name, index]));
  const places = found.map((name) => place.get(name)!);
  const length = new Array<number>(places.length).fill(1);
  const before = new Array<number>(places.length).fill(-1);
  for (let i = 0; i < places.length; i++)
    for (let j = 0; j < i; j++)
      if (places[j]! < places[i]! && length[j]! + 1 > length[i]!) [length[i], before[i]] = [length[j]! + 1, j];
  const inOrder = new Set<number>();
  for (let i = length.indexOf(Math.max(...length)); i >= 0; i = before[i]!) inOrder.add(i);
  return found.filter((_, index) => !inOrder.has(index));
}
