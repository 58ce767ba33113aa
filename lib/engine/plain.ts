import type { Block } from "./block.js";
import type { CombineName, Engine, MapName, UpdateRule } from "./engine.js";
import { quickTanh } from "./quick-tanh.js";

/** Whatever engines do beside products, in plain loops and any precision. */
export const plain: Pick<
  Engine,
  | "map"
  | "combine"
  | "columnSums"
  | "softmaxCrossEntropy"
  | "update"
  | "gather"
  | "scatterAdd"
  | "recurrence"
  | "allocate"
> = {
  map(f, x, y) {
    const apply = (x.data instanceof Float32Array && quickMaps[f]) || maps[f];
    for (let i = 0; i < x.rows; i++) apply(x.data, x.offset + i * x.stride, y.data, y.offset + i * y.stride, x.cols);
  },

  combine(f, x, y, z) {
    const apply = combinations[f];
    for (let i = 0; i < x.rows; i++) {
      const [p, q, r] = [x.offset + i * x.stride, y.offset + i * y.stride, z.offset + i * z.stride];
      apply(x.data, p, y.data, q, z.data, r, x.cols);
    }
  },

  columnSums(A, { data: sums, offset }) {
    sums.fill(0, offset, offset + A.cols);
    for (let i = 0; i < A.rows; i++) {
      const row = A.offset + i * A.stride;
      for (let j = 0; j < A.cols; j++) sums[offset + j]! += A.data[row + j]!;
    }
  },

  softmaxCrossEntropy(logits, targets, gradient) {
    let [loss, correct] = [0, 0];
    for (let i = 0; i < logits.rows; i++) {
      const to = gradient.offset + i * gradient.stride;
      if (targets[i]! < 0) {
        gradient.data.fill(0, to, to + logits.cols);
        continue;
      }
      const row = surprise(logits, i, targets[i]!, gradient.data, to);
      loss += row.nats;
      if (row.isLargest) correct++;
    }
    return { loss, correct };
  },

  update(rule, weights, gradient, memory) {
    const row = (block: Block | undefined, i: number): Row =>
      block ? { data: block.data, at: block.offset + i * block.stride } : nothing;
    const [first, second] = memory;
    for (let i = 0; i < weights.rows; i++) {
      const [w, g, m1, m2] = [row(weights, i), row(gradient, i), row(first, i), row(second, i)];
      if (rule.kind === "moments") moments(rule, weights.cols, w, g, m1, m2);
      else if (rule.kind === "rmsprop") rmsprop(rule, weights.cols, w, g, m1, second && m2);
      else momentum(rule, weights.cols, w, g, first && m1);
    }
  },

  gather(table, ids, rows) {
    ids.forEach((id, i) => {
      const [from, to] = [table.offset + id * table.stride, rows.offset + i * rows.stride];
      rows.data.set(table.data.subarray(from, from + table.cols), to);
    });
  },

  scatterAdd(rows, ids, table) {
    ids.forEach((id, i) => {
      const [from, to] = [rows.offset + i * rows.stride, table.offset + id * table.stride];
      for (let j = 0; j < table.cols; j++) table.data[to + j]! += rows.data[from + j]!;
    });
  },

  recurrence: () => undefined,
  allocate: (length) => new Float32Array(length),
};

type Numbers = Float64Array | Float32Array;
type MapRow = (x: Numbers, p: number, y: Numbers, r: number, count: number) => void;
type CombineRow = (x: Numbers, p: number, y: Numbers, q: number, z: Numbers, r: number, count: number) => void;

// a loop for each function, as the compiler then keeps all in registers
const maps: Record<MapName, MapRow> = {
  tanh(x, p, y, r, count) {
    for (let j = 0; j < count; j++) y[r + j] = Math.tanh(x[p + j]!);
  },
  sigmoid(x, p, y, r, count) {
    for (let j = 0; j < count; j++) y[r + j] = 1 / (1 + Math.exp(-x[p + j]!));
  },
  relu(x, p, y, r, count) {
    for (let j = 0; j < count; j++) y[r + j] = Math.max(0, x[p + j]!);
  },
  tanhSlope(x, p, y, r, count) {
    for (let j = 0; j < count; j++) {
      const value = x[p + j]!;
      y[r + j] = 1 - value * value;
    }
  },
  sigmoidSlope(x, p, y, r, count) {
    for (let j = 0; j < count; j++) {
      const value = x[p + j]!;
      y[r + j] = value * (1 - value);
    }
  },
  reluSlope(x, p, y, r, count) {
    for (let j = 0; j < count; j++) y[r + j] = x[p + j]! > 0 ? 1 : 0;
  },
};

/** What is quicker where float32 rounds the result. */
const quickMaps: Partial<Record<MapName, MapRow>> = {
  tanh(x, p, y, r, count) {
    for (let j = 0; j < count; j++) y[r + j] = quickTanh(x[p + j]!);
  },
};

const combinations: Record<CombineName, CombineRow> = {
  add(x, p, y, q, z, r, count) {
    for (let j = 0; j < count; j++) z[r + j] = x[p + j]! + y[q + j]!;
  },
  subtract(x, p, y, q, z, r, count) {
    for (let j = 0; j < count; j++) z[r + j] = x[p + j]! - y[q + j]!;
  },
  multiply(x, p, y, q, z, r, count) {
    for (let j = 0; j < count; j++) z[r + j] = x[p + j]! * y[q + j]!;
  },
};

/** One row of softmax and cross-entropy; log p_j = z_j − max − log Σ e^{z_k − max} is finite even where p underflows. */
function surprise(logits: Block, row: number, target: number, gradient: Numbers, to: number) {
  const [N, z, from] = [logits.cols, logits.data, logits.offset + row * logits.stride];
  let [max, first] = [Number.NEGATIVE_INFINITY, 0];
  for (let j = 0; j < N; j++) if (z[from + j]! > max) [max, first] = [z[from + j]!, j];
  let sum = 0;
  for (let j = 0; j < N; j++) sum += gradient[to + j] = Math.exp(z[from + j]! - max);
  for (let j = 0; j < N; j++) gradient[to + j]! /= sum;
  gradient[to + target]! -= 1;
  return { nats: Math.log(sum) - (z[from + target]! - max), isLargest: first === target };
}

/** Where in an array a row begins. */
interface Row {
  readonly data: Numbers;
  readonly at: number;
}

const nothing: Row = { data: new Float64Array(0), at: 0 };

type Rule<Kind extends UpdateRule["kind"]> = Extract<UpdateRule, { kind: Kind }>;

function moments(rule: Rule<"moments">, count: number, w: Row, g: Row, m: Row, v: Row): void {
  const { beta1, beta2, meanRate, squareCorrection, kept, epsilon } = rule;
  const [weights, slopes, means, squares] = [w.data, g.data, m.data, v.data];
  const [fresh1, fresh2] = [1 - beta1, 1 - beta2];
  let [p, q, r, s] = [w.at, g.at, m.at, v.at];
  for (let j = 0; j < count; j++, p++, q++, r++, s++) {
    const slope = slopes[q]!;
    const mean = (means[r] = beta1 * means[r]! + fresh1 * slope);
    const square = (squares[s] = beta2 * squares[s]! + fresh2 * slope * slope);
    weights[p] = kept * weights[p]! - (meanRate * mean) / (Math.sqrt(square) / squareCorrection + epsilon);
  }
}

function rmsprop(rule: Rule<"rmsprop">, count: number, w: Row, g: Row, s: Row, m: Row | undefined): void {
  const { rate, alpha, epsilon } = rule;
  for (let j = 0; j < count; j++) {
    const slope = g.data[g.at + j]!;
    let square = (s.data[s.at + j] = alpha * s.data[s.at + j]! + (1 - alpha) * slope * slope);
    if (m) {
      const mean = (m.data[m.at + j] = alpha * m.data[m.at + j]! + (1 - alpha) * slope);
      square = Math.max(0, square - mean * mean); // never negative but for rounding
    }
    w.data[w.at + j]! -= (rate * slope) / (Math.sqrt(square) + epsilon);
  }
}

function momentum(rule: Rule<"momentum">, count: number, w: Row, g: Row, v: Row | undefined): void {
  const { rate, momentum, nesterov } = rule;
  for (let j = 0; j < count; j++) {
    let direction = g.data[g.at + j]!;
    if (v) {
      const velocity = (v.data[v.at + j] = momentum * v.data[v.at + j]! + direction);
      direction = nesterov ? direction + momentum * velocity : velocity;
    }
    w.data[w.at + j]! -= rate * direction;
  }
}
