import { copyRows } from "./steps";
import { share } from "./vectors";

/** Some of the rows: rows[i] = table[ids[i]]. */
export function gather(
  part: i32,
  parts: i32,
  count: i32,
  cols: i32,
  table: usize,
  ldt: usize,
  ids: usize,
  rows: usize,
  ldr: usize,
): void {
  const last = share(part + 1, parts, count, 4);
  for (let i = share(part, parts, count, 4); i < last; i++) {
    const id = <usize>load<i32>(ids + <usize>i * 4);
    copyRows(1, cols, table + id * ldt, ldt, rows + <usize>i * ldr, ldr);
  }
}

/** Some of the columns: table[ids[i]] += rows[i], in the order of i. */
export function scatterAdd(
  part: i32,
  parts: i32,
  count: i32,
  cols: i32,
  rows: usize,
  ldr: usize,
  ids: usize,
  table: usize,
  ldt: usize,
): void {
  const first = share(part, parts, cols, 16);
  const last = share(part + 1, parts, cols, 16);
  for (let i = 0; i < count; i++) {
    const to = table + <usize>load<i32>(ids + <usize>i * 4) * ldt;
    const from = rows + <usize>i * ldr;
    let j = first;
    for (; j + 4 <= last; j += 4) {
      const at = <usize>j * 4;
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    }
    for (; j < last; j++) store<f32>(to + <usize>j * 4, load<f32>(to + <usize>j * 4) + load<f32>(from + <usize>j * 4));
  }
}

/** A copy of a rectangle: some of its rows. */
export function copy(
  part: i32,
  parts: i32,
  rows: i32,
  cols: i32,
  from: usize,
  ldf: usize,
  to: usize,
  ldt: usize,
): void {
  const first = share(part, parts, rows, 4);
  copyRows(share(part + 1, parts, rows, 4) - first, cols, from + <usize>first * ldf, ldf, to + <usize>first * ldt, ldt);
}
