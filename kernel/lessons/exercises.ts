import type { CodeCell, Notebook } from "../client/notebook.js";

/** An exercise as it stands in a lesson. */
export interface LessonExercise {
  /** "2.1" */
  readonly name: string;
  /** Where its cell stands among all cells. */
  readonly index: number;
  /** The solution that is folded away below it, as a cell that is checked; undefined where there is none. */
  readonly solved: CodeCell | undefined;
}

const CHECK = /^check\("([^"]+)",[\s\S]*/m;
const SOLUTION = /<details><summary>Solution of (\S+)<\/summary>\s*```ts\n([\s\S]*?)```\s*<\/details>/g;

/** The exercises of a lesson: cells that end in `check("…", …)`. */
export function exercisesOf(notebook: Notebook): LessonExercise[] {
  const solutions = new Map(
    notebook.cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => [...source.matchAll(SOLUTION)].map(([, name, code]) => [name!, code!] as const)),
  );
  return notebook.cells.flatMap((cell, index) => {
    const [call, name] = (cell.cell_type === "code" && CHECK.exec(cell.source)) || [];
    if (cell.cell_type !== "code" || call === undefined || name === undefined) return [];
    const solution = solutions.get(name);
    const solved =
      solution === undefined ? undefined : { ...cell, id: `${cell.id}-solved`, source: `${solution.trim()}\n${call}` };
    return [{ name, index, solved }];
  });
}

/** The lesson with a cell behind each exercise that solves it. */
export function withSolutions(notebook: Notebook): Notebook {
  const solved = new Map(exercisesOf(notebook).map((exercise) => [exercise.index, exercise.solved]));
  const cells = notebook.cells.flatMap((cell, index) => {
    const next = solved.get(index);
    return next ? [cell, next] : [cell];
  });
  return { ...notebook, cells };
}
