/** A small assignment's notebook, for the tests of the grader: as students get it, and with whatever is put into its cells. */
import type { Cell, Notebook } from "#kernel/client/notebook.js";

export type Answers = Partial<Record<AnswerName, string>>;
export type AnswerName = "rnn-step" | "rnn-backward" | "normalise" | "classify";

export const stubs: Readonly<Record<AnswerName, string>> = {
  "rnn-step": `function rnnStep(x: Matrix, h: Matrix, W: Matrix, U: Matrix): Matrix {
  return zeros(0, 0); // your turn
}`,
  "rnn-backward": `function rnnBackward(dNext: Matrix, next: Matrix): Matrix {
  return zeros(0, 0); // your turn
}`,
  normalise: `function normalise(scores: readonly number[]): number[] {
  return []; // your turn
}`,
  classify: `function classify(train: Matrix, labels: Int32Array, test: Matrix): number[] {
  return []; // your turn
}`,
};

export const solutions: Readonly<Record<AnswerName, string>> = {
  "rnn-step": `function rnnStep(x: Matrix, h: Matrix, W: Matrix, U: Matrix): Matrix {
  return build(x.rows, W.cols, (i, j) => {
    let sum = 0;
    for (let k = 0; k < x.cols; k++) sum += x.at(i, k) * W.at(k, j);
    for (let k = 0; k < h.cols; k++) sum += h.at(i, k) * U.at(k, j);
    return Math.tanh(sum);
  });
}`,
  "rnn-backward": `function rnnBackward(dNext: Matrix, next: Matrix): Matrix {
  return build(next.rows, next.cols, (i, j) => dNext.at(i, j) * (1 - next.at(i, j) ** 2));
}`,
  normalise: `function normalise(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}`,
  classify: `function classify(train: Matrix, labels: Int32Array, test: Matrix): number[] {
  const distance = (i: number, row: number) => {
    let sum = 0;
    for (let k = 0; k < test.cols; k++) sum += (test.at(i, k) - train.at(row, k)) ** 2;
    return sum;
  };
  return Array.from({ length: test.rows }, (_, i) => {
    let nearest = 0;
    for (let row = 1; row < train.rows; row++) if (distance(i, row) < distance(i, nearest)) nearest = row;
    return labels[nearest]!;
  });
}`,
};

function text(id: string, source: string): Cell {
  return { cell_type: "markdown", id, metadata: grading(id, {}), source };
}

export function code(id: string, source: string, metadata: Record<string, unknown> = {}): Cell {
  return { cell_type: "code", id, metadata, source, outputs: [], execution_count: null };
}

/** nbgrader's metadata, schema 3. */
function grading(id: string, { solution = false, tags }: { solution?: boolean; tags?: readonly string[] }) {
  const nbgrader = { schema_version: 3, grade_id: id, grade: solution, solution, locked: !solution, task: false };
  return { nbgrader: solution ? { ...nbgrader, points: 25 } : nbgrader, ...(tags && { tags }) };
}

/** @param answers the text of the answers' cells; of those that are missing, the stub */
export function notebook(answers: Answers = {}): Notebook {
  const answer = (name: AnswerName) => code(name, answers[name] ?? stubs[name], grading(name, { solution: true }));
  const cells: Cell[] = [
    text("title", "# A sample"),
    code("set-up", 'import { build, Matrix, zeros } from "unroll";\nconst lecturers = 1;', grading("set-up", {})),
    answer("rnn-step"),
    answer("rnn-backward"),
    answer("normalise"),
    answer("classify"),
    code("train", "for (;;) {}", grading("train", { tags: ["not-graded"] })),
    text("end", "That is all."),
  ];
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}
