import { type Matrix, zeros } from "./matrix.js";

/**
 * Numbers to probabilities, row by row: p_j = e^{z_j} / Σ_k e^{z_k}.
 *
 * The largest number of a row is subtracted first, which changes no probability and keeps e^z from overflowing.
 *
 * @param logits B×N
 * @returns B×N, each row sums to 1
 *
 * @example
 * const p = softmax(matrix([[0, Math.log(3)]])); // ¼, ¾
 */
export function softmax(logits: Matrix): Matrix {
  const p = zeros(logits.rows, logits.cols, logits.precision);
  const [from, to] = [logits.data, p.data];
  for (let i = 0; i < logits.rows; i++) {
    const [z, y] = [logits.offset + i * logits.stride, i * logits.cols];
    let max = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < logits.cols; j++) max = Math.max(max, from[z + j]!);
    let sum = 0;
    for (let j = 0; j < logits.cols; j++) sum += to[y + j] = Math.exp(from[z + j]! - max);
    for (let j = 0; j < logits.cols; j++) to[y + j]! /= sum;
  }
  return p;
}

/** The column of each row's largest entry; the first one when several are equal. */
export function argmax(A: Matrix): Int32Array {
  const best = new Int32Array(A.rows);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 1; j < A.cols; j++) if (A.at(i, j) > A.at(i, best[i]!)) best[i] = j;
  }
  return best;
}
