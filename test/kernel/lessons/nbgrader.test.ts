import assert from "node:assert/strict";
import type { Cell } from "#kernel/client/notebook.js";
import { nbgraderOf, withChecksum } from "#kernel/lessons/nbgrader.js";

const cellOf = (nbgrader: object): Cell => ({
  cell_type: "code",
  id: "x",
  metadata: { nbgrader },
  source: 'check("rnn-step");',
  outputs: [],
  execution_count: null,
});

describe("what nbgrader is told of a cell", () => {
  it("follows its schema 3", () => {
    const common = { schema_version: 3, task: false };
    assert.deepEqual(nbgraderOf({ is: "tests", name: "bptt" }, 14), {
      ...common,
      grade_id: "bptt-tests",
      grade: true,
      solution: false,
      locked: true,
      points: 14,
    });
    assert.deepEqual(nbgraderOf({ is: "question", name: "why" }, 9), {
      ...common,
      grade_id: "question-why",
      grade: true,
      solution: true,
      locked: false,
      points: 0,
    });
  });

  it("ends in the checksum that nbgrader computes", () => {
    // hashlib.md5(b'check("rnn-step");codeTrueFalseTruernn-step-tests8.0').hexdigest(), and of the answer without points
    const { metadata } = withChecksum(cellOf(nbgraderOf({ is: "tests", name: "rnn-step" }, 8)));
    const answer = withChecksum(cellOf(nbgraderOf({ is: "answer", name: "rnn-step" }, 8))).metadata;
    const sums = [metadata, answer].map((m) => (m.nbgrader as { checksum: string; cell_type: string }).checksum);
    assert.deepEqual(sums, ["a27d680129df34d72dd0f362111d8ce0", "194b27ab7aec2a574f50e4e5d2ff4dad"]);
    assert.equal((metadata.nbgrader as { cell_type: string }).cell_type, "code");
  });

  it("leaves cells alone that nbgrader need not know", () => {
    const cell = { ...cellOf({}), metadata: {} };
    assert.equal(withChecksum(cell), cell);
  });
});
