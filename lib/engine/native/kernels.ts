import type { Block } from "../block.js";
import { type CombineName, type Engine, type MapName, productShape, type UpdateRule } from "../engine.js";
import { referenceEngine } from "../reference.js";
import type { Library } from "./binding.js";

/** The numbers of the functions in `c/elementwise.h` and `c/update.h`. */
const maps: readonly MapName[] = ["tanh", "sigmoid", "relu", "tanhSlope", "sigmoidSlope", "reluSlope"];
const combinations: readonly CombineName[] = ["add", "subtract", "multiply"];
const rules: readonly UpdateRule["kind"][] = ["momentum", "moments", "rmsprop"];

/** A block that C can read: float32, and inside of its array. */
export type FloatBlock = Block & { readonly data: Float32Array };

/** Threads and the memory that they compute in, of this JavaScript thread's own. */
export interface Crew {
  readonly threads: number;
  readonly scratch: Float32Array;
}

/** Everything but the recurrence. What is not in float32 the reference engine computes. */
export function kernels(
  library: Library,
  { threads, scratch }: Crew,
): Pick<
  Engine,
  "product" | "map" | "combine" | "columnSums" | "softmaxCrossEntropy" | "update" | "gather" | "scatterAdd"
> {
  const reference = referenceEngine();
  const results = new Float64Array(2);
  const numbersOfRule = new Float32Array(8);

  return {
    product(A, B, C, options = {}) {
      const { M, N, K } = productShape(A, B, C, options);
      if (!(isFloat(A) && isFloat(B) && isFloat(C))) return reference.product(A, B, C, options);
      const { transposeA = false, transposeB = false, accumulate = false } = options;
      checkInside("product", A, B, C);
      const right = [...at(B), transposeB ? 1 : 0];
      library.product(threads, scratch, ...at(A), transposeA ? 1 : 0, ...right, ...at(C), M, N, K, accumulate ? 1 : 0);
    },

    map(f, x, y) {
      if (!(isFloat(x) && isFloat(y))) return reference.map(f, x, y);
      checkAlike("map", x, y);
      checkInside("map", x, y);
      library.map(threads, maps.indexOf(f), x.rows, x.cols, ...at(x), ...at(y));
    },

    combine(f, x, y, z) {
      if (!(isFloat(x) && isFloat(y) && isFloat(z))) return reference.combine(f, x, y, z);
      checkAlike("combine", x, y, z);
      checkInside("combine", x, y, z);
      library.combine(threads, combinations.indexOf(f), x.rows, x.cols, ...at(x), ...at(y), ...at(z));
    },

    columnSums(A, sums) {
      if (!(isFloat(A) && isFloat(sums))) return reference.columnSums(A, sums);
      if (sums.cols !== A.cols) throw new RangeError(`columnSums: ${A.cols} columns, ${sums.cols} sums`);
      checkInside("columnSums", A, sums);
      library.columnSums(threads, A.rows, A.cols, ...at(A), sums.data, sums.offset);
    },

    softmaxCrossEntropy(logits, targets, gradient) {
      if (!(isFloat(logits) && isFloat(gradient))) return reference.softmaxCrossEntropy(logits, targets, gradient);
      checkAlike("softmaxCrossEntropy", logits, gradient);
      checkInside("softmaxCrossEntropy", logits, gradient);
      if (targets.length < logits.rows || targets.some((target) => target >= logits.cols)) {
        throw new RangeError(`softmaxCrossEntropy: expected ${logits.rows} targets below ${logits.cols}`);
      }
      library.softmax(threads, logits.rows, logits.cols, ...at(logits), targets, ...at(gradient), results);
      return { loss: results[0]!, correct: results[1]! };
    },

    update(rule, weights, gradient, memory) {
      if (!(isFloat(weights) && isFloat(gradient) && memory.every(isFloat))) {
        return reference.update(rule, weights, gradient, memory);
      }
      checkAlike("update", weights, gradient, ...memory);
      checkInside("update", weights, gradient, ...memory);
      numbersOfRule.set(numbersOf(rule));
      const remembered = [...at(memory[0] as FloatBlock | undefined), ...at(memory[1] as FloatBlock | undefined)];
      const { rows, cols } = weights;
      const kind = rules.indexOf(rule.kind);
      library.update(threads, kind, numbersOfRule, rows, cols, ...at(weights), ...at(gradient), ...remembered);
    },

    gather(table, ids, rows) {
      if (!(isFloat(table) && isFloat(rows))) return reference.gather(table, ids, rows);
      checkInside("gather", table, rows);
      checkRows("gather", table, ids, rows);
      const stray = library.gather(table.rows, table.cols, ...at(table), ids, ids.length, ...at(rows));
      if (stray >= 0) throw strayId("gather", ids[stray]!, table);
    },

    scatterAdd(rows, ids, table) {
      if (!(isFloat(table) && isFloat(rows))) return reference.scatterAdd(rows, ids, table);
      checkInside("scatterAdd", table, rows);
      checkRows("scatterAdd", table, ids, rows);
      const stray = library.scatterAdd(table.rows, table.cols, ...at(table), ids, ids.length, ...at(rows));
      if (stray >= 0) throw strayId("scatterAdd", ids[stray]!, table);
    },
  };
}

/** In the order in which `c/update.h` reads them. */
function numbersOf(rule: UpdateRule): number[] {
  if (rule.kind === "momentum") return [rule.rate, rule.momentum, rule.nesterov ? 1 : 0];
  if (rule.kind === "rmsprop") return [rule.rate, rule.alpha, rule.epsilon, 1 - rule.alpha];
  const { beta1, beta2, meanRate, squareCorrection, kept, epsilon } = rule;
  return [beta1, beta2, meanRate, 1 / squareCorrection, kept, epsilon, 1 - beta1, 1 - beta2];
}

/** A block as C takes it: where there is none, no address. */
function at(block: FloatBlock | undefined): [data: Float32Array | null, offset: number, stride: number] {
  return block ? [block.data, block.offset, block.stride] : [null, 0, 0];
}

export function isFloat(block: Block): block is FloatBlock {
  return block.data instanceof Float32Array;
}

/** C would read and write whatever lies there: so no block reaches out of its array. */
export function checkInside(what: string, ...blocks: readonly Block[]): void {
  for (const { rows, cols, data, offset, stride } of blocks) {
    const end = rows > 0 ? offset + (rows - 1) * stride + cols : offset;
    const isWhole = Number.isInteger(end) && rows >= 0 && cols >= 0 && offset >= 0 && stride >= 0;
    if (!(isWhole && end <= data.length)) {
      throw new RangeError(
        `${what}: a block of ${rows}×${cols} with offset ${offset} and stride ${stride} does not fit into an array of ${data.length} numbers`,
      );
    }
  }
}

function checkAlike(what: string, first: Block, ...others: readonly Block[]): void {
  for (const other of others) {
    if (other.rows !== first.rows || other.cols !== first.cols) {
      throw new RangeError(
        `${what}: ${first.rows}×${first.cols} and ${other.rows}×${other.cols}, expected blocks of one size`,
      );
    }
  }
}

function checkRows(what: string, table: Block, ids: Int32Array, rows: Block): void {
  if (rows.rows < ids.length || rows.cols !== table.cols) {
    throw new RangeError(
      `${what}: ${ids.length} ids and ${rows.rows}×${rows.cols} rows do not fit a table of ${table.cols} columns`,
    );
  }
}

function strayId(what: string, id: number, table: Block): RangeError {
  return new RangeError(`${what}: the id ${id} is in no row of the table, expected 0 … ${table.rows - 1}`);
}
