import { buildSequence, type Examples } from "unroll";

/** Class 1 rises, class 0 falls; examples can be made to hold a bad number. */
export function ramps(count: number, bad?: { example: number; value: number }): Examples {
  return {
    count,
    batch: (indices) => ({
      x: buildSequence(
        5,
        indices.length,
        1,
        (t, i) => (bad && indices[i] === bad.example && t === 2 ? bad.value : ((indices[i]! % 2 ? 1 : -1) * t) / 5),
        "float32",
      ),
      labels: Array.from(indices, (i) => i % 2),
    }),
  };
}
