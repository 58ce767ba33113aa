import { tanh4, throughTanh } from "./functions";
import { addRow, copyRows, isPadding, times, timesTransposed } from "./steps";
import { share, store4 } from "./vectors";

/**
 * Some sequences of a batch through all T steps: h_t = f(X_t·W + b), X_t = x_t ‖ h_{t−1}.
 *
 * @param x T×B×D
 * @param X (T+1)×B×(D+H): the x are copied in, h_{−1} stands there, each h_t is written beside the next x
 * @param W (D+H)×H, packed or as it is
 * @param lengths B numbers, or 0
 */
export function rnnForward(
  part: i32,
  parts: i32,
  relu: bool,
  T: i32,
  B: i32,
  D: i32,
  H: i32,
  x: usize,
  X: usize,
  W: usize,
  ldw: usize,
  packed: bool,
  b: usize,
  lengths: usize,
  scratch: usize,
  scratchSize: usize,
): void {
  const first = share(part, parts, B, 4);
  const rows = share(part + 1, parts, B, 4) - first;
  const spare = scratch + scratchSize * <usize>part;
  const width = <usize>(D + H) * 4;
  for (let t = 0; t < T; t++) {
    const Xt = X + <usize>(t * B + first) * width;
    const h = Xt + <usize>D * 4;
    const hNext = h + <usize>B * width;
    copyRows(rows, D, x + <usize>((t * B + first) * D) * 4, <usize>D * 4, Xt, width);
    times(rows, H, D + H, Xt, width, W, ldw, packed, hNext, width, spare);
    for (let i = 0; i < rows; i++) {
      const z = hNext + <usize>i * width;
      if (isPadding(lengths, first + i, t)) memory.copy(z, h + <usize>i * width, <usize>H * 4);
      else activate(relu, H, z, b);
    }
  }
}

function activate(relu: bool, H: i32, z: usize, b: usize): void {
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const sum = f32x4.add(v128.load(z + at), v128.load(b + at));
    store4(z + at, relu ? f32x4.max(sum, f32x4.splat(0)) : tanh4(sum), H - j);
  }
}

/**
 * The way back of the same sequences: Z, T×B×H, becomes ∂E/∂(X·W + b), and dh, B×H, which holds ∂E/∂h_{T−1}, ∂E/∂h_{−1}.
 *
 * @param dH what is added to ∂E/∂h_t, T×B×H, or 0
 * @param W the H rows of h, H×H, packed transposed, or as they are
 */
export function rnnBackward(
  part: i32,
  parts: i32,
  relu: bool,
  T: i32,
  B: i32,
  D: i32,
  H: i32,
  X: usize,
  Z: usize,
  dH: usize,
  dh: usize,
  W: usize,
  ldw: usize,
  packed: bool,
  lengths: usize,
  scratch: usize,
  scratchSize: usize,
): void {
  const first = share(part, parts, B, 4);
  const rows = share(part + 1, parts, B, 4) - first;
  const spare = scratch + scratchSize * <usize>part;
  const width = <usize>(D + H) * 4;
  const line = <usize>H * 4;
  dh += <usize>first * line;
  for (let t = T - 1; t >= 0; t--) {
    const Zt = Z + <usize>(t * B + first) * line;
    const h = X + <usize>((t + 1) * B + first) * width + <usize>D * 4;
    for (let i: usize = 0; i < <usize>rows; i++) {
      if (dH) addRow(H, dH + <usize>(t * B + first) * line + i * line, dh + i * line);
      if (isPadding(lengths, first + <i32>i, t)) memory.fill(Zt + i * line, 0, line);
      else throughActivation(relu, H, dh + i * line, h + i * width, Zt + i * line);
    }
    timesTransposed(rows, H, H, Zt, line, W, ldw, packed, dh, line, true, spare);
  }
}

/** dz = dh∗f'(z); dh is used up. */
function throughActivation(relu: bool, H: i32, dh: usize, h: usize, dz: usize): void {
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const y = v128.load(h + at);
    const dy = v128.load(dh + at);
    const slope = v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1));
    store4(dz + at, relu ? f32x4.mul(dy, slope) : throughTanh(dy, y), H - j);
    store4(dh + at, f32x4.splat(0), H - j);
  }
}
