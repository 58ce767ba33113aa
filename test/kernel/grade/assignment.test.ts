import { doesNotThrow, throws } from "node:assert/strict";
import { type Assignment, checkAssignment } from "#kernel/grade/assignment.js";
import { assignment } from "../../exercises/sample/assignment.js";

describe("an assignment", () => {
  const [first, ...rest] = assignment.exercises;
  const refused = (change: Partial<Assignment>, why: RegExp) =>
    throws(() => checkAssignment({ ...assignment, ...change }), why);

  it("is taken where its points sum up", () => doesNotThrow(() => checkAssignment(assignment)));

  it("is refused where they do not, an exercise comes twice, or has a name that is none", () => {
    refused({ exercises: rest }, /the exercises have 70 points, expected 100/);
    refused(
      { exercises: [{ ...first!, points: 29 }, ...rest] },
      /the parts of rnn-step have 30 points, the exercise 29/,
    );
    refused({ exercises: [first!, first!, ...rest] }, /there are two exercises "rnn-step"/);
    refused({ exercises: [{ ...first!, name: "../x" }, ...rest] }, /a name that is not made of letters/);
    refused({ exercises: [{ ...first!, seconds: 0 }, ...rest] }, /has 0 seconds/);
  });

  it("is refused where somebody could know all answers of a part that gives points", () => {
    const [one, ...others] = first!.parts;
    const fixed = (points: number): Partial<Assignment> => ({
      exercises: [
        {
          ...first!,
          parts: [
            { ...one!, points, cases: () => [[1]], expected: () => 1 },
            { ...others[0]!, points: 30 - points },
          ],
        },
        ...rest,
      ],
    });
    refused(
      fixed(10),
      /rnn-step, one example: the answers are the same for every seed, expected inputs that are drawn/,
    );
    doesNotThrow(() => checkAssignment({ ...assignment, ...fixed(0) }));
  });
});
