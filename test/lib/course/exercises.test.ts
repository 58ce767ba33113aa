import assert from "node:assert/strict";
import { examine } from "unroll/course/examine.js";
import { exercises as allExercises } from "unroll/course/find-exercise.js";

const exercises = allExercises();

/** What a student may leave in a cell before the work begins. */
const EMPTY: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  "",
  [],
  {},
  () => {},
  () => undefined,
  () => null,
  () => Number.NaN,
  () => [],
  () => [Number.NaN, Number.NaN],
  () => ({}),
  () => {
    throw new Error("your turn");
  },
];

describe("the exercises of all lessons", () => {
  it("have names of their own", () => {
    const names = exercises.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
  });

  for (const exercise of exercises) {
    describe(`${exercise.name}, ${exercise.asks}`, () => {
      it("accepts its solution", () => {
        assert.equal(examine(exercise, exercise.solution).outcome, "accepted");
      });

      it("accepts no attempt that is empty", () => {
        for (const attempt of EMPTY) assert.notEqual(examine(exercise, attempt).outcome, "accepted", String(attempt));
      });

      it("has a message of its own for each typical mistake, beside what differs", () => {
        for (const { attempt, says } of exercise.mistakes) {
          const { outcome, advice, message } = examine(exercise, attempt);
          assert.deepEqual({ outcome, advice }, { outcome: "missed", advice: says });
          assert.ok(message.length > 0);
        }
      });

      it("looks at a function with more than one set of inputs", () => {
        if (typeof exercise.solution === "function") assert.ok(exercise.looks.length >= 2);
      });
    });
  }
});
