import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Matrix, normal, type Random } from "unroll";
import { writeNotebook } from "#kernel/client/notebook.js";
import { type Assignment, checkAssignment } from "#kernel/grade/assignment.js";
import type { Plain } from "#kernel/grade/plain.js";
import { notebook } from "./source.js";

const folder = mkdtempSync(join(tmpdir(), "unroll-sample-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "sample.ipynb");
writeNotebook(file, notebook());

const noise = (random: Random, rows: number, cols: number) => build(rows, cols, () => normal(random));

function step(x: Matrix, h: Matrix, W: Matrix, U: Matrix): Matrix {
  const product = (a: Matrix, b: Matrix, i: number, j: number) =>
    Array.from({ length: a.cols }, (_, k) => a.at(i, k) * b.at(k, j)).reduce((sum, term) => sum + term, 0);
  return build(x.rows, W.cols, (i, j) => Math.tanh(product(x, W, i, j) + product(h, U, i, j)));
}

const stepCase = (random: Random, batch: number, width: number, units: number): Plain[] => [
  noise(random, batch, width),
  noise(random, batch, units),
  noise(random, width, units),
  noise(random, units, units),
];

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** Two clouds of points. */
function clouds(random: Random, count: number) {
  const labels = Int32Array.from({ length: count }, () => (random() < 0.5 ? 0 : 1));
  return { labels, points: build(count, 3, (i) => (labels[i] === 1 ? 3 : -3) + normal(random)) };
}

/** The labels that belong to test points: they are no argument. */
const truths = new WeakMap<object, Int32Array>();

export const assignment: Assignment = checkAssignment({
  name: "sample",
  title: "A sample",
  notebook: file,
  cellSeconds: 2,
  totalSeconds: 60,
  memory: 400,
  exercises: [
    {
      name: "rnn-step",
      title: "One step forward",
      level: "ALL",
      points: 30,
      entry: "rnnStep",
      seconds: 2,
      parts: [
        {
          title: "one example",
          points: 10,
          hidden: false,
          cases: (random) => [stepCase(random, 1, 2, 3)],
          expected: step,
        },
        {
          title: "a batch",
          points: 20,
          hidden: true,
          cases: (random) => [stepCase(random, 4, 3, 5), stepCase(random, 2, 1, 2)],
          expected: step,
        },
      ],
    },
    {
      name: "rnn-backward",
      title: "One step backward",
      level: "ALL",
      points: 30,
      entry: "rnnBackward",
      seconds: 2,
      parts: [
        {
          title: "through the student's own step",
          points: 30,
          hidden: true,
          cases: (random) => [[...stepCase(random, 3, 2, 4), noise(random, 3, 4)]],
          call: (notebook, x, h, W, U, d) => notebook.rnnBackward(d, notebook.rnnStep(x, h, W, U)),
          expected: (x: Matrix, h: Matrix, W: Matrix, U: Matrix, d: Matrix) => {
            const next = step(x, h, W, U);
            return build(3, 4, (i, j) => d.at(i, j) * (1 - next.at(i, j) ** 2));
          },
        },
      ],
    },
    {
      name: "normalise",
      title: "Probabilities",
      level: "INTERMEDIATE",
      points: 20,
      entry: "normalise",
      seconds: 2,
      parts: [
        {
          title: "three scores",
          points: 5,
          hidden: false,
          cases: (random) => [[Array.from({ length: 3 }, () => normal(random))]],
          expected: softmax,
        },
        {
          title: "large scores",
          points: 15,
          hidden: true,
          cases: (random) => [
            [Array.from({ length: 7 }, () => 1000 * normal(random))],
            [[0, 1000]],
            [[0.25, -0.5, 0.125]],
          ],
          expected: softmax,
        },
      ],
    },
    {
      name: "classify",
      title: "A classifier",
      level: "ADVANCED",
      points: 20,
      entry: "classify",
      seconds: 5,
      parts: [
        {
          title: "95 % of unseen points",
          points: 20,
          hidden: true,
          cases: (random) => {
            const [train, test] = [clouds(random, 60), clouds(random, 40)];
            truths.set(test.points, test.labels);
            return [[train.points, train.labels, test.points]];
          },
          expected: (_train: Matrix, _labels: Int32Array, test: Matrix) => Array.from(truths.get(test)!),
          judge: (got, expected) => {
            const truth = expected as number[];
            const right = truth.filter((label, i) => (got as number[])[i] === label).length;
            return right / truth.length >= 0.95 ? undefined : `${right} of ${truth.length} are right`;
          },
        },
      ],
    },
  ],
});
