import assert from "node:assert/strict";
import { dummyRnn, judgeDigits, type Matrix, random } from "unroll";
import { examineTask, type TaskVerdict } from "unroll/course/examine-task.js";
import { rnnForward } from "unroll/course/practical-4/by-library.js";
import { indaba2017, printed2017 } from "unroll/course/practical-4/indaba-2017.js";
import { practical4 } from "unroll/course/practical-4/index.js";

/** What a student may leave in a cell before the work begins. */
const EMPTY: readonly unknown[] = [
  undefined,
  null,
  7,
  () => {},
  () => Number.NaN,
  () => [],
  () => ({}),
  () => {
    throw new Error("your turn: write it");
  },
];

const untrained = practical4.filter(({ name }) => name !== "classifier");

describe("the tasks of practical 4", () => {
  it("have names and entries of their own, and 100 points", () => {
    for (const key of ["name", "entry", "title"] as const) {
      assert.equal(new Set(practical4.map((task) => task[key])).size, practical4.length);
    }
    assert.equal(
      practical4.reduce((sum, { points }) => sum + points, 0),
      100,
    );
  });

  for (const task of untrained) {
    describe(`${task.name}, ${task.title}`, () => {
      const judged = (attempt: unknown) => examineTask(task, attempt) as TaskVerdict;

      it("accepts the library's own computation with all points that are open", () => {
        const { outcome, passed, of, points, message } = judged(task.solution);
        assert.deepEqual(
          { outcome, passed, message: outcome === "accepted" ? "" : message },
          { outcome: "accepted", passed: of, message: "" },
        );
        assert.equal(
          points,
          task.tests.reduce((sum, test) => sum + test.points, 0),
        );
        assert.ok(points >= 1 && points < task.points, `${points} of ${task.points} points are open`);
      });

      it("gives nothing for an attempt that is empty", () => {
        for (const attempt of EMPTY) {
          const { outcome, passed, points } = judged(attempt);
          assert.notEqual(outcome, "accepted", String(attempt));
          assert.deepEqual({ passed, points }, { passed: 0, points: 0 }, String(attempt));
        }
      });

      it("has a message of its own for each typical mistake, beside what differs", () => {
        assert.ok(task.mistakes.length > 0);
        for (const { attempt, says } of task.mistakes) {
          const { outcome, advice, message, passed, of } = judged(attempt);
          assert.deepEqual({ outcome, advice }, { outcome: "missed", advice: says });
          assert.ok(message.length > 0 && passed < of);
        }
      });

      it("can be judged from another seed, with the same outcome", () => {
        for (const seed of [1, 99]) {
          assert.equal((examineTask(task, task.solution, { seed }) as TaskVerdict).outcome, "accepted");
          for (const { attempt } of task.mistakes) {
            assert.equal((examineTask(task, attempt, { seed }) as TaskVerdict).outcome, "missed");
          }
        }
      });
    });
  }

  it("computes what the practical of 2017 printed", () => {
    const { weights, xs, h0 } = indaba2017();
    const { ys, caches } = rnnForward(weights, xs, h0);
    assertPrinted(caches.at(-1)!.h, printed2017.h);
    assertPrinted(ys.at(-1)!, printed2017.y);
  });

  it("asks a trained network itself, and says how many pictures it gets right", () => {
    const weights = dummyRnn(random(1), 28, 16, 10);
    assert.match(judgeDigits(weights, 0.5)!, /expected 50.0 % of 2000 test pictures right or more, got \d+\.\d %/);
    assert.equal(judgeDigits(undefined, 0.5), "expected a matrix Wxh, got none");
    assert.match(judgeDigits({ ...weights, Whh: weights.Why }, 0.5)!, /expected Whh to be 16×16, got 16×10/);
    weights.bh.set(0, 3, Number.NaN);
    assert.match(judgeDigits(weights, 0.5)!, /a number in bh that is not finite/);
  });
});

/** They were printed with eight digits behind the point. */
function assertPrinted(m: Matrix, printed: readonly number[]): void {
  assert.deepEqual(
    Array.from(m.data, (v) => v.toFixed(7)),
    printed.map((v) => v.toFixed(7)),
  );
}
