import assert from "node:assert/strict";
import { pointsFor } from "unroll";
import { parameterCounts } from "unroll/course/practical-4/by-library.js";
import { withFakeHost } from "../display/fake-host.js";

const hidden = [
  { title: "one", points: 2, cases: () => [[5, 6]] },
  { title: "another", points: 0.5, cases: () => [[7, 8]] },
];

describe("pointsFor", () => {
  it("adds up the points of the public and of the hidden tests that pass, and prints nothing", async () => {
    const scored = async (attempt: unknown) => {
      let points: number | undefined;
      await withFakeHost(
        async (shown) => {
          points = await pointsFor("parameter-counts", hidden);
          assert.deepEqual(shown, []);
        },
        { declared: (name) => (name === "parameterCounts" ? attempt : undefined) },
      );
      return points;
    };
    assert.equal(await scored(parameterCounts), 3.5);
    assert.equal(await scored((D: number, H: number) => parameterCounts(D, H === 8 ? 1 : H)), 3);
  });

  it("stops the cell where there are no points: nbgrader takes a 0 for all of them", async () => {
    await assert.rejects(pointsFor("parameter-counts", hidden), /^Error: 0 of 3 points$/);
  });

  it("refuses a task that no practical has", async () => {
    await assert.rejects(pointsFor("lunch", []), /pointsFor: there is no task "lunch", expected one of a practical/);
  });
});
