import { sigmoid4, tanh4, throughSigmoid, throughTanh } from "./functions";
import { addRow, copyRows, isPadding, times, timesTransposed } from "./steps";
import { madd, share, store4 } from "./vectors";

/**
 * Some sequences of a batch through all T steps: z and r from X_t = x_t ‖ h_{t−1}, the candidate from x_t ‖ r∗h_{t−1},
 * and h_t = h_{t−1} + z∗(X'' − h_{t−1}).
 *
 * @param x T×B×D
 * @param X (T+1)×B×(D+H): the x are copied in, h_{−1} stands there, each h_t is written beside the next x
 * @param Xr T×B×(D+H): x_t ‖ r∗h_{t−1}
 * @param Z T×B×3H: z, r and the candidate of each step
 * @param W (D+H)×2H, packed or as it is; `Wc` (D+H)×H as well
 * @param lengths B numbers, or 0
 */
export function gruForward(
  part: i32,
  parts: i32,
  T: i32,
  B: i32,
  D: i32,
  H: i32,
  x: usize,
  X: usize,
  Xr: usize,
  Z: usize,
  W: usize,
  Wc: usize,
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
    const Xrt = Xr + <usize>(t * B + first) * width;
    const Zt = Z + <usize>(t * B + first) * 3 * line;
    const h = Xt + <usize>D * 4;
    copyRows(rows, D, x + <usize>((t * B + first) * D) * 4, <usize>D * 4, Xt, width);
    copyRows(rows, D, Xt, width, Xrt, width);
    times(rows, 2 * H, D + H, Xt, width, W, ldw, packed, Zt, 3 * line, spare);
    for (let i: usize = 0; i < <usize>rows; i++) {
      reset(H, Zt + i * 3 * line, b, h + i * width, Xrt + i * width + <usize>D * 4);
    }
    times(rows, H, D + H, Xrt, width, Wc, ldw, packed, Zt + 2 * line, 3 * line, spare);
    for (let i: usize = 0; i < <usize>rows; i++) {
      const hNext = h + (<usize>B + i) * width;
      if (isPadding(lengths, first + <i32>i, t)) memory.copy(hNext, h + i * width, line);
      else mix(H, Zt + i * 3 * line, b + 2 * line, h + i * width, hNext);
    }
  }
}

/** z, r and r∗h. */
function reset(H: i32, z: usize, b: usize, h: usize, rh: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const r = sigmoid4(f32x4.add(v128.load(z + line + at), v128.load(b + line + at)));
    store4(z + at, sigmoid4(f32x4.add(v128.load(z + at), v128.load(b + at))), H - j);
    store4(z + line + at, r, H - j);
    store4(rh + at, f32x4.mul(r, v128.load(h + at)), H - j);
  }
}

/** The candidate, and the new h. */
function mix(H: i32, z: usize, b: usize, h: usize, hNext: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const candidate = tanh4(f32x4.add(v128.load(z + 2 * line + at), v128.load(b + at)));
    const old = v128.load(h + at);
    store4(z + 2 * line + at, candidate, H - j);
    store4(hNext + at, madd(v128.load(z + at), f32x4.sub(candidate, old), old), H - j);
  }
}

/**
 * The way back of the same sequences: Z becomes ∂E/∂(what z, r and the candidate are the σ, σ and tanh of), and dh, B×H,
 * which holds ∂E/∂h_{T−1}, ∂E/∂h_{−1}.
 *
 * @param dH what is added to ∂E/∂h_t, T×B×H, or 0
 * @param dReset B×H: room for ∂E/∂(r∗h)
 * @param W the H rows of h for z and r, H×2H, packed transposed, or as they are; `Wc` for the candidate, H×H
 */
export function gruBackward(
  part: i32,
  parts: i32,
  T: i32,
  B: i32,
  D: i32,
  H: i32,
  X: usize,
  Z: usize,
  dH: usize,
  dh: usize,
  dReset: usize,
  W: usize,
  Wc: usize,
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
  dReset += <usize>first * line;
  for (let t = T - 1; t >= 0; t--) {
    const Zt = Z + <usize>(t * B + first) * 3 * line;
    const h = X + <usize>(t * B + first) * width + <usize>D * 4;
    for (let i: usize = 0; i < <usize>rows; i++) {
      if (dH) addRow(H, dH + <usize>(t * B + first) * line + i * line, dh + i * line);
      if (isPadding(lengths, first + <i32>i, t)) memory.fill(Zt + i * 3 * line, 0, 3 * line);
      else throughMix(H, Zt + i * 3 * line, h + i * width, dh + i * line);
    }
    timesTransposed(rows, H, H, Zt + 2 * line, 3 * line, Wc, ldw, packed, dReset, line, false, spare);
    for (let i: usize = 0; i < <usize>rows; i++) {
      throughReset(H, Zt + i * 3 * line, h + i * width, dReset + i * line, dh + i * line);
    }
    timesTransposed(rows, H, 2 * H, Zt, 3 * line, W, ldw, packed, dh, line, true, spare);
  }
}

/** h_t = h + z∗(X'' − h): what z and the candidate get, and what goes straight to h. */
function throughMix(H: i32, z: usize, h: usize, dh: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const update = v128.load(z + at);
    const candidate = v128.load(z + 2 * line + at);
    const dhNext = v128.load(dh + at);
    const dCandidate = f32x4.mul(dhNext, update);
    store4(z + at, throughSigmoid(f32x4.mul(dhNext, f32x4.sub(candidate, v128.load(h + at))), update), H - j);
    store4(z + 2 * line + at, throughTanh(dCandidate, candidate), H - j);
    store4(dh + at, f32x4.sub(dhNext, dCandidate), H - j);
  }
}

/** r∗h: what r gets, and what goes to h. Behind a sequence's end r is 0 here, so that nothing comes of it. */
function throughReset(H: i32, z: usize, h: usize, dReset: usize, dh: usize): void {
  const line = <usize>H * 4;
  for (let j = 0; j < H; j += 4) {
    const at = <usize>j * 4;
    const r = v128.load(z + line + at);
    const d = v128.load(dReset + at);
    store4(dh + at, madd(d, r, v128.load(dh + at)), H - j);
    store4(z + line + at, throughSigmoid(f32x4.mul(d, v128.load(h + at)), r), H - j);
  }
}
