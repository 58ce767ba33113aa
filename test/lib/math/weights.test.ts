import assert from "node:assert/strict";
import { build, copyWeights, countWeights, flatten, matrix, zerosLike } from "unroll";

describe("weights", () => {
  const tree = { cell: { W: build(2, 3, (i, j) => i + j), b: build(1, 3, () => 1) }, scale: matrix([[2]]) };

  it("are flattened to dotted names that share their memory", () => {
    const flat = flatten(tree);
    assert.deepEqual(Object.keys(flat), ["cell.W", "cell.b", "scale"]);
    assert.equal(flat["cell.W"], tree.cell.W);
  });

  it("are copied without sharing memory, in another precision if asked", () => {
    const other = copyWeights(tree, "float32");
    assert.equal(other.cell.W.precision, "float32");
    assert.deepEqual(other.cell.W.toRows(), tree.cell.W.toRows());
    other.cell.W.set(0, 0, 99);
    assert.equal(tree.cell.W.at(0, 0), 0);
  });

  it("are counted, and have zeros of their form", () => {
    assert.equal(countWeights(tree), 2 * 3 + 3 + 1);
    assert.deepEqual(zerosLike(tree).cell.b.toRows(), [[0, 0, 0]]);
  });
});
