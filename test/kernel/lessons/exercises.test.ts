import assert from "node:assert/strict";
import { exercisesOf, withSolutions } from "#kernel/lessons/exercises.js";
import { codeCell, notebookOf, textCell } from "../../support/notebooks.js";

const STUB = `function twice(x: number): number {
  return Number.NaN; // your turn
}
check("0.1", twice);`;
const SOLUTION = "const twice = (x: number) => 2 * x;";
const FOLDED = `Some text.\n\n<details><summary>Solution of 0.1</summary>\n\n\`\`\`ts\n${SOLUTION}\n\`\`\`\n\n</details>\n\nMore.`;

describe("the exercises of a notebook", () => {
  const notebook = notebookOf(textCell("# Title"), codeCell(STUB), textCell(FOLDED), codeCell('check("0.2", 1);'));

  it("are its cells that end in a check, with the solutions that are folded away", () => {
    const [first, second] = exercisesOf(notebook);
    assert.deepEqual([first!.name, first!.index], ["0.1", 1]);
    assert.equal(first!.solved!.source, `${SOLUTION}\ncheck("0.1", twice);`);
    assert.deepEqual(second, { name: "0.2", index: 3, solved: undefined });
  });

  it("can each be followed by its solution", () => {
    const { cells } = withSolutions(notebook);
    assert.deepEqual(
      cells.map(({ source }) => source),
      ["# Title", STUB, `${SOLUTION}\ncheck("0.1", twice);`, FOLDED, 'check("0.2", 1);'],
    );
    assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
  });
});
