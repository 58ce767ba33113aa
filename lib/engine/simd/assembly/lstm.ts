import { sigmoid4, tanh4, throughSigmoid, throughTanh } from "./functions";
import { addRow, copyRows, isPadding, times, timesTransposed } from "./steps";
import { madd, share, store4 } from "./vectors";

/**
 * Some sequences of a batch through all T steps: X_t = x_t ‖ h_{t−1}, then the four gates, c_t = f∗c_{t−1} + u∗X' and
 * h_t = r∗tanh(c_t).
 *
 * @param x T×B×D
 * @param X (T+1)×B×(D+H): the x are copied in, h_{−1} stands there, each h_t is written beside the next x
 * @param Z T×B×4H: f, u, r and the candidate of each step
 * @param C (T+1)×B×H: c_{−1} stands there
 * @param W (D+H)×4H, packed or as it is
 * @param lengths B numbers, or 0
 */
export function lstmForward(
  part: i32,
  parts: i32,
  T: i32,
  B: i32,
  D: i32,
  H: i32,
  x: usize,
  X: usize,
  Z: usize,
  C: usize,
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
  const line = <usize>H * 4;
  for (let t = 0; t < T; t++) {
    const Xt = X + <usize>(t * B + first) * width;
    const Zt = Z + <usize>(t * B + first) * 4 * line;
    const Ct = C + <usize>(t * B + first) * line;
    copyRows(rows, D, x + <usize>((t * B + first) * D) * 4, <usize>D * 4, Xt, width);
    times(rows, 4 * H, D + H, Xt, width, W, ldw, packed, Zt, 4 * line, spare);
    for (let i: usize = 0; i < <usize>rows; i++) {
      const h = Xt + i * width + <usize>D * 4;
      const hNext = h + <usize>B * width;
      const c = Ct + i * line;
      const cNext = c + <usize>B * line;
      if (isPadding(lengths, first + <i32>i, t)) {
        memory.copy(hNext, h, line);
        memory.copy(cNext, c, line);
      } else gates(H, Zt + i * 4 * line, b, c, cNext, hNext);
    }
  }
}

function gates(H: i32, z: usize, b: usize, c: usize, cNext: usize, hNext: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const n = H - j;
    const f = sigmoid4(f32x4.add(v128.load(z + at), v128.load(b + at)));
    const u = sigmoid4(f32x4.add(v128.load(z + line + at), v128.load(b + line + at)));
    const r = sigmoid4(f32x4.add(v128.load(z + 2 * line + at), v128.load(b + 2 * line + at)));
    const candidate = tanh4(f32x4.add(v128.load(z + 3 * line + at), v128.load(b + 3 * line + at)));
    const state = madd(f, v128.load(c + at), f32x4.mul(u, candidate));
    store4(z + at, f, n);
    store4(z + line + at, u, n);
    store4(z + 2 * line + at, r, n);
    store4(z + 3 * line + at, candidate, n);
    store4(cNext + at, state, n);
    store4(hNext + at, f32x4.mul(r, tanh4(state)), n);
  }
}

/**
 * The way back of the same sequences: Z becomes ∂E/∂(X·W + b), dh and dc, B×H, which hold the gradients of the final
 * state, those of the initial one.
 *
 * @param dH what is added to ∂E/∂h_t, T×B×H, or 0
 * @param W the H rows of h, H×4H, packed transposed, or as they are
 */
export function lstmBackward(
  part: i32,
  parts: i32,
  T: i32,
  B: i32,
  H: i32,
  Z: usize,
  C: usize,
  dH: usize,
  dh: usize,
  dc: usize,
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
  const line = <usize>H * 4;
  dh += <usize>first * line;
  dc += <usize>first * line;
  for (let t = T - 1; t >= 0; t--) {
    const Zt = Z + <usize>(t * B + first) * 4 * line;
    const Ct = C + <usize>(t * B + first) * line;
    for (let i: usize = 0; i < <usize>rows; i++) {
      if (dH) addRow(H, dH + <usize>(t * B + first) * line + i * line, dh + i * line);
      if (isPadding(lengths, first + <i32>i, t)) memory.fill(Zt + i * 4 * line, 0, 4 * line);
      else throughGates(H, Zt + i * 4 * line, Ct + i * line, Ct + (<usize>B + i) * line, dh + i * line, dc + i * line);
    }
    timesTransposed(rows, H, 4 * H, Zt, 4 * line, W, ldw, packed, dh, line, true, spare);
  }
}

/** The lines of the forward step in reverse; dh is used up, dc goes on to c_{t−1}. */
function throughGates(H: i32, z: usize, c: usize, cNext: usize, dh: usize, dc: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const n = H - j;
    const f = v128.load(z + at);
    const u = v128.load(z + line + at);
    const r = v128.load(z + 2 * line + at);
    const candidate = v128.load(z + 3 * line + at);
    const tanhC = tanh4(v128.load(cNext + at));
    const dhNext = v128.load(dh + at);
    const dState = f32x4.add(v128.load(dc + at), throughTanh(f32x4.mul(dhNext, r), tanhC));
    store4(z + at, throughSigmoid(f32x4.mul(dState, v128.load(c + at)), f), n);
    store4(z + line + at, throughSigmoid(f32x4.mul(dState, candidate), u), n);
    store4(z + 2 * line + at, throughSigmoid(f32x4.mul(dhNext, tanhC), r), n);
    store4(z + 3 * line + at, throughTanh(f32x4.mul(dState, u), candidate), n);
    store4(dc + at, f32x4.mul(dState, f), n);
    store4(dh + at, f32x4.splat(0), n);
  }
}
