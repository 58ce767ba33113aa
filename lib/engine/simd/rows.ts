import type { CombineName, Engine, MapName } from "../engine.js";
import { asOneRow, inFloat32, type Machine } from "./machine.js";

/** In the order of the numbers that assembly/elementwise.ts gives them. */
const maps: readonly MapName[] = ["tanh", "sigmoid", "relu", "tanhSlope", "sigmoidSlope", "reluSlope"];
const combinations: readonly CombineName[] = ["add", "subtract", "multiply"];

/** Below so many numbers, plain loops are done before the operands are copied. */
const FEW = 256;

/** What goes through rows of numbers once. Where that is not worth a copy, `plain` does it. */
export function rowFunctionsOn(
  machine: Machine,
  plain: Engine,
): Pick<Engine, "map" | "combine" | "columnSums" | "softmaxCrossEntropy" | "gather" | "scatterAdd"> {
  const { crew, memory, space } = machine;
  const lies = ({ data }: { data: Float32Array | Float64Array }) =>
    data instanceof Float32Array && memory.addressOf(data) !== undefined;

  return {
    map(f, x, y) {
      const done =
        inFloat32(x, y) &&
        x.rows * x.cols >= FEW &&
        machine.task(() => {
          const [from, to] = asOneRow([x, y]) as [typeof x, typeof y];
          const [a, b] = [space.read(from), space.write(to)];
          const parts = machine.partsFor(16 * from.rows * from.cols);
          crew.run("map", parts, [maps.indexOf(f), from.rows, from.cols, a.address, a.stride, b.address, b.stride]);
          space.finish();
          return true;
        });
      if (!done) plain.map(f, x, y);
    },

    combine(f, x, y, z) {
      const done =
        inFloat32(x, y, z) &&
        x.rows * x.cols >= FEW &&
        machine.task(() => {
          const [left, right, result] = asOneRow([x, y, z]) as [typeof x, typeof y, typeof z];
          const [a, b, c] = [space.read(left), space.read(right), space.write(result)];
          crew.run("combine", 1, [
            ...[combinations.indexOf(f), left.rows, left.cols],
            ...[a.address, a.stride, b.address, b.stride, c.address, c.stride],
          ]);
          space.finish();
          return true;
        });
      if (!done) plain.combine(f, x, y, z);
    },

    columnSums(A, sums) {
      const done =
        inFloat32(A, sums) &&
        A.rows * A.cols >= FEW &&
        machine.task(() => {
          const [a, to] = [space.read(A), space.write(sums)];
          const parts = Math.min(machine.partsFor(A.rows * A.cols), Math.ceil(A.cols / 16));
          crew.run("columnSums", parts, [A.rows, A.cols, a.address, a.stride, to.address]);
          space.finish();
          return true;
        });
      if (!done) plain.columnSums(A, sums);
    },

    softmaxCrossEntropy(logits, targets, gradient) {
      const { rows, cols } = logits;
      const found =
        inFloat32(logits, gradient) && rows * cols >= FEW
          ? machine.task(() => {
              const [z, g, ids, facts] = [
                space.read(logits),
                space.write(gradient),
                space.copyIn(targets),
                space.room(4 * rows),
              ];
              const parts = Math.min(machine.partsFor(16 * rows * cols), Math.ceil(rows / 4));
              crew.run("softmaxCrossEntropy", parts, [
                ...[rows, cols, z.address, z.stride, ids, g.address, g.stride, facts],
              ]);
              space.finish();
              return lossOf(rows, targets, memory.floats().subarray(facts / 4, facts / 4 + 4 * rows));
            })
          : undefined;
      return found ?? plain.softmaxCrossEntropy(logits, targets, gradient);
    },

    // the table is long and few of its rows are touched: a copy of it would cost more than it brings
    gather(table, ids, rows) {
      const done =
        lies(table) &&
        inFloat32(rows) &&
        machine.task(() => {
          const [from, list, to] = [space.read(table), space.copyIn(ids), space.write(rows)];
          crew.run("gather", 1, [ids.length, table.cols, from.address, from.stride, list, to.address, to.stride]);
          space.finish();
          return true;
        });
      if (!done) plain.gather(table, ids, rows);
    },

    scatterAdd(rows, ids, table) {
      const done =
        lies(table) &&
        inFloat32(rows) &&
        machine.task(() => {
          const [to, list, from] = [space.write(table), space.copyIn(ids), space.read(rows)];
          crew.run("scatterAdd", 1, [ids.length, table.cols, from.address, from.stride, list, to.address, to.stride]);
          return true;
        });
      if (!done) plain.scatterAdd(rows, ids, table);
    },
  };
}

/** −log p = log Σ − (z[target] − max), in float64. */
function lossOf(rows: number, targets: Int32Array, facts: Float32Array): { loss: number; correct: number } {
  let [loss, correct] = [0, 0];
  for (let i = 0; i < rows; i++) {
    if (targets[i]! < 0) continue;
    loss += Math.log(facts[4 * i]!) - facts[4 * i + 1]!;
    correct += facts[4 * i + 2]!;
  }
  return { loss, correct };
}
