import { type Displayable, jupyterDisplay, type MimeBundle, nodeInspect } from "../display/mime.js";
import { Table } from "../display/table.js";

/** A data set in three parts: to train on, to choose by, and to look at once, in the end. */
export interface DataSet<T> extends Displayable {
  readonly name: string;
  readonly train: readonly T[];
  readonly dev: readonly T[];
  readonly test: readonly T[];
  /** Where these rows come from, in words. */
  readonly origin: string;
  /** Whether it is the data set itself, and not a small one that stands in for it. */
  readonly isWhole: boolean;
  /** Rows, licence, credit and origin, a line each. */
  describe(): string;
}

/** What a data set says about itself beside its rows. */
export interface About {
  readonly name: string;
  readonly task: string;
  readonly unit: string;
  readonly licence: string;
  readonly credit: string;
}

/** The parts of a data set. */
export interface Parts<T> {
  readonly train: readonly T[];
  readonly dev: readonly T[];
  readonly test: readonly T[];
}

/**
 * @param counts how much each part has, where this is not the number of its rows
 */
export function dataSet<T>(
  about: About,
  { train, dev, test }: Parts<T>,
  { origin, isWhole, counts }: { origin: string; isWhole: boolean; counts?: readonly [number, number, number] },
): DataSet<T> {
  const [a, b, c] = (counts ?? [train.length, dev.length, test.length]).map((count) => count.toLocaleString("en-US"));
  const table = new Table(
    `${about.name}: ${about.task}`,
    [],
    [
      ["rows", `${a} ${about.unit} to train on, ${b} dev, ${c} test`],
      ["licence", about.licence],
      ["credit", about.credit],
      ["from", origin],
    ],
  );
  const described = {
    describe: () => table.toString(),
    [jupyterDisplay]: (): MimeBundle => table[jupyterDisplay](),
    [nodeInspect]: () => table.toString(),
  };
  return { name: about.name, train, dev, test, origin, isWhole, ...described };
}
