/**
 * log Σ_j e^{z_j} of the first `count` numbers, without overflow: max + log Σ e^{z_j − max}.
 *
 * @param z at least one number; −∞ counts as e^{−∞} = 0
 *
 * @example
 * console.log(logSumExp([1000, 1000])); // 1000 + log 2 = 1000.693…
 */
export function logSumExp(z: ArrayLike<number>, count = z.length): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) max = Math.max(max, z[j]!);
  if (max === Number.NEGATIVE_INFINITY) return max;
  let sum = 0;
  for (let j = 0; j < count; j++) sum += Math.exp(z[j]! - max);
  return max + Math.log(sum);
}
