import assert from "node:assert/strict";
import { random } from "unroll";
import { difference } from "unroll/course/difference.js";
import { practical4 } from "#kernel/grade/practical-4/practical-4.js";
import { buildPractical } from "#kernel/lessons/practical.js";
import { built, declaredBy } from "./submission.js";

const declared = declaredBy(buildPractical(built, "solution"));
const SEEDS = [1, 2, 3];

describe("practical 4, as the grader sees it", () => {
  it("has 100 points, of which each exercise has some that are open and some that are hidden", () => {
    assert.equal(practical4.name, "practical-4");
    for (const { name, parts } of practical4.exercises) {
      assert.deepEqual(new Set(parts.map(({ hidden }) => hidden)), new Set([false, true]), name);
      assert.equal(new Set(parts.map(({ title }) => title)).size, parts.length, name);
    }
  });

  for (const { name, entry, parts } of practical4.exercises.filter((exercise) => exercise.name !== "classifier")) {
    it(`finds the solution of ${name} right whatever the seed is, with calls that need nothing from around them`, () => {
      for (const { title, cases, call, expected } of parts) {
        const sent = call && (new Function(`return (${call});`)() as (...given: unknown[]) => unknown);
        for (const seed of SEEDS) {
          const calls = cases(random(seed));
          assert.ok(calls.length > 0);
          for (const [i, given] of calls.entries()) {
            const wanted = expected(...(cases(random(seed))[i] as never[]));
            const got = sent
              ? sent(declared, ...given)
              : (declared[entry] as (...given: unknown[]) => unknown)(...given);
            assert.equal(difference(wanted, got), undefined, `${title}, seed ${seed}`);
          }
        }
      }
    });
  }
});
