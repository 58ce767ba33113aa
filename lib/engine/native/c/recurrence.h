// A whole sequence of a known cell. Each chunk has some sequences of the batch and walks all T steps with them alone;
// W is packed once for all steps.
#pragma once
#include "few-rows.h"
#include "elementwise.h"
#include "gates.h"

enum { RNN, RELU_RNN, LSTM, GRU };

typedef struct {
  int kind, T, B, D, H;
  const float *x;   // T×B×D
  const float *W;   // (D+H)×G·H, rows `stride` apart
  long stride;
  const float *b;   // G·H
  const int *lengths; // or 0: all have T
  // the tape: what backward needs of forward
  float *z;         // T×B×G·H: the gates' values, backward dZ
  float *h;         // (T+1)×B×H, h_{−1} first
  float *c;         // the same of the LSTM
  float *reset;     // T×B×H: the GRU's r∗h_{t−1}
  // the way back
  const float *dh_own; // T×B×H, what the losses of the steps say; or 0
  float *dh, *dc;      // B×H: of the final state, in the end of the initial one
  float *dW;           // (D+H+1)×G·H: the last row is db
  // packed W, or its transpose
  float *packed;
  int share;
} Recurrence;

INLINE int gate_count(int kind) { return kind == LSTM ? 4 : kind == GRU ? 3 : 1; }

INLINE int is_padding(const Recurrence *r, int t, int row) { return r->lengths && t >= r->lengths[row]; }

// W's parts, each packed alone: W_x for all gates, W_h for those that see h_{t−1}, W_h of the GRU's candidate.
typedef struct {
  int K, N, col;
  int row;
  int transposed;
  float *packed;
} Part;

enum { PARTS = 3 };

static int parts_of(const Recurrence *r, int backward, Part parts[PARTS]) {
  const int D = r->D, H = r->H, N = gate_count(r->kind) * H, direct = r->kind == GRU ? 2 * H : N;
  float *packed = r->packed;
  int count = 0;
  if (!backward) {
    parts[count++] = (Part){D, N, 0, 0, 0, packed};
    packed += packed_size(D, N);
    parts[count++] = (Part){H, direct, 0, D, 0, packed};
    packed += packed_size(H, direct);
    if (r->kind == GRU) parts[count++] = (Part){H, H, 2 * H, D, 0, packed};
  } else {
    parts[count++] = (Part){direct, H, 0, D, 1, packed};
    packed += packed_size(direct, H);
    if (r->kind == GRU) parts[count++] = (Part){H, H, 2 * H, D, 1, packed};
  }
  return count;
}

// How many floats the packed W needs, forward or backward.
static long packed_weights(int kind, int D, int H) {
  const int N = gate_count(kind) * H;
  return packed_size(D + H, N + 2 * COLS) + packed_size(N, H + COLS);
}

typedef struct {
  const Recurrence *r;
  int backward, chunks;
} Packing;

// Chunk i packs every i-th group of panels of each part.
static void pack_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  const Packing *p = task;
  Part parts[PARTS] = {{0}};
  const int count = parts_of(p->r, p->backward, parts);
  for (int i = 0; i < count; i++) {
    const Part part = parts[i];
    const float *corner = p->r->W + part.row * p->r->stride + part.col;
    const Matrix W = {corner, p->r->stride, part.transposed};
    const int share = up_to_multiple((part.N + p->chunks - 1) / p->chunks, COLS), first = chunk * share;
    const int cols = min(share, part.N - first);
    if (cols > 0) pack_columns(from(W, 0, first), part.K, cols, part.packed + (long)first * part.K);
  }
}

static void pack_weights(const Recurrence *r, int backward, Crew by) {
  Packing p = {r, backward, chunks_for((double)(r->D + r->H) * gate_count(r->kind) * r->H / 2, by)};
  compute(pack_chunk, &p, p.chunks, by);
}

// ---- forward

// The gates of step t for the sequences first … end − 1; `candidate` is the GRU's second half.
static void gates_forward(const Recurrence *r, int t, int first, int end, int candidate) {
  const int H = r->H, N = gate_count(r->kind) * H;
  for (int i = first; i < end; i++) {
    const long row = (long)t * r->B + i, next = row + r->B;
    float *z = r->z + row * N, *h = r->h + row * H, *h_next = r->h + next * H;
    float *c = r->kind == LSTM ? r->c + row * H : 0, *c_next = r->kind == LSTM ? r->c + next * H : 0;
    if (r->kind == RNN) rnn_forward(H, z, r->b, h_next);
    else if (r->kind == RELU_RNN) relu_forward(H, z, r->b, h_next);
    else if (r->kind == LSTM) lstm_forward(H, z, r->b, c, c_next, h_next);
    else if (!candidate) gru_gates_forward(H, z, r->b, h, r->reset + row * H);
    else gru_candidate_forward(H, z, r->b, h, h_next);
    if (is_padding(r, t, i)) {
      memcpy(h_next, h, sizeof(float) * H);
      if (c) memcpy(c_next, c, sizeof(float) * H);
    }
  }
}

static void forward_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  const Recurrence *r = task;
  const int D = r->D, H = r->H, N = gate_count(r->kind) * H;
  const int first = chunk * r->share, end = min(first + r->share, r->B), rows = end - first;
  if (rows <= 0) return;
  Part parts[PARTS] = {{0}};
  parts_of(r, 0, parts);
  for (int t = 0; t < r->T; t++) {
    const long row = (long)t * r->B + first;
    float *z = r->z + row * N;
    multiply(r->x + row * D, D, parts[0].packed, z, N, rows, N, D, 0);
    multiply(r->h + row * H, H, parts[1].packed, z, N, rows, parts[1].N, H, 1);
    gates_forward(r, t, first, end, 0);
    if (r->kind != GRU) continue;
    multiply(r->reset + row * H, H, parts[2].packed, z + 2 * H, N, rows, H, H, 1);
    gates_forward(r, t, first, end, 1);
  }
}

// A few sequences: no packing, and each product is split over the crew by its columns.
static void forward_few(const Recurrence *r, Crew by) {
  const int D = r->D, H = r->H, N = gate_count(r->kind) * H, direct = r->kind == GRU ? 2 * H : N;
  const Matrix Wx = {r->W, r->stride, 0}, Wh = from(Wx, D, 0);
  for (int t = 0; t < r->T; t++) {
    const long row = (long)t * r->B;
    float *z = r->z + row * N;
    product((Matrix){r->x + row * D, D, 0}, Wx, z, N, r->B, N, D, 0, by);
    product((Matrix){r->h + row * H, H, 0}, Wh, z, N, r->B, direct, H, 1, by);
    gates_forward(r, t, 0, r->B, 0);
    if (r->kind != GRU) continue;
    product((Matrix){r->reset + row * H, H, 0}, from(Wh, 0, 2 * H), z + 2 * H, N, r->B, H, H, 1, by);
    gates_forward(r, t, 0, r->B, 1);
  }
}

// How many sequences a chunk has: alike, and such that tiles come out even.
static int share_of_batch(const Recurrence *r, Crew by) {
  const double work = (double)r->T * r->B * (r->D + r->H) * gate_count(r->kind) * r->H;
  const int chunks = chunks_for(work, by), share = (r->B + chunks - 1) / chunks;
  return share > 4 ? up_to_multiple(share, 4) : share;
}

static void forward(Recurrence *r, Crew by) {
  if (r->B <= FEW) {
    forward_few(r, by);
    return;
  }
  pack_weights(r, 0, by);
  r->share = share_of_batch(r, by);
  compute(forward_chunk, r, (r->B + r->share - 1) / r->share, by);
}

// ---- backward

static void gates_backward(const Recurrence *r, int t, int first, int end) {
  const int H = r->H, N = gate_count(r->kind) * H;
  for (int i = first; i < end; i++) {
    const long row = (long)t * r->B + i, next = row + r->B;
    float *z = r->z + row * N, *dh = r->dh + (long)i * H;
    if (r->dh_own) combine_row(ADD, dh, r->dh_own + row * H, dh, H);
    if (is_padding(r, t, i)) {
      memset(z, 0, sizeof(float) * N); // dh and dc pass through
    } else if (r->kind == RNN) {
      rnn_backward(H, z, r->h + next * H, dh);
    } else if (r->kind == RELU_RNN) {
      relu_backward(H, z, r->h + next * H, dh);
    } else if (r->kind == LSTM) {
      lstm_backward(H, z, r->c + row * H, r->c + next * H, dh, r->dc + (long)i * H);
    } else {
      gru_candidate_backward(H, z, r->h + row * H, dh);
    }
  }
}

// dr, and what comes back through r∗h; `d_reset` is the chunk's own.
static void reset_backward(const Recurrence *r, int t, int first, int end, const float *d_reset) {
  const int H = r->H;
  for (int i = first; i < end; i++) {
    const long row = (long)t * r->B + i;
    if (is_padding(r, t, i)) continue;
    gru_reset_backward(H, r->z + row * 3 * H, r->h + row * H, d_reset + (long)(i - first) * H, r->dh + (long)i * H);
  }
}

static void backward_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  const Recurrence *r = task;
  const int H = r->H, N = gate_count(r->kind) * H;
  const int first = chunk * r->share, end = min(first + r->share, r->B), rows = end - first;
  if (rows <= 0) return;
  Part parts[PARTS] = {{0}};
  parts_of(r, 1, parts);
  float *dh = r->dh + (long)first * H;
  for (int t = r->T - 1; t >= 0; t--) {
    float *z = r->z + ((long)t * r->B + first) * N;
    gates_backward(r, t, first, end);
    if (r->kind == GRU) {
      // r∗h_{t−1} has been read for the last time at the next step, and step t's place is free only behind the weights'
      // gradients: d_reset is put where the dc of the LSTM is
      float *d_reset = r->dc + (long)first * H;
      multiply(z + 2 * H, N, parts[1].packed, d_reset, H, rows, H, H, 0);
      reset_backward(r, t, first, end, d_reset);
    }
    multiply(z, N, parts[0].packed, dh, H, rows, H, parts[0].K, 1);
  }
}

// ---- the weights' gradients

// dW and db at once: (x ‖ h_{t−1} ‖ 1)ᵀ·dZ over all T·B rows, some columns a chunk. dZ is packed once for all of them.
// The GRU's candidate has seen r∗h_{t−1} in place of h_{t−1}.
typedef struct {
  const Recurrence *r;
  int first_column, columns, share;
  const float *state;
} Gradients;

// DEPTH rows of x ‖ state ‖ 1, as tiles of ROWS columns.
static void pack_inputs(const Recurrence *r, const float *state, long k, int deep, int first, int count, float *packed) {
  const int D = r->D, H = r->H;
  for (int i = first; i < first + count; i += ROWS, packed += (long)deep * ROWS) {
    const int inside_x = i + ROWS <= D, inside_h = i >= D && i + ROWS <= D + H;
    if (inside_x || inside_h) {
      pack_rows_of_transpose(inside_x ? r->x + k * D + i : state + k * H + i - D, inside_x ? D : H, ROWS, deep, packed);
      continue;
    }
    for (int q = 0; q < deep; q++) {
      for (int y = 0; y < ROWS; y++) {
        const int row = i + y;
        packed[q * ROWS + y] = row < D ? r->x[(k + q) * D + row] : row < D + H ? state[(k + q) * H + row - D] : 1;
      }
    }
  }
}

static void gradients_chunk(void *task, int chunk, float *scratch) {
  const Gradients *g = task;
  const Recurrence *r = g->r;
  const int N = gate_count(r->kind) * r->H, M = r->D + r->H + 1;
  const long K = (long)r->T * r->B;
  const int first = chunk * g->share, cols = min(g->share, g->columns - first);
  float *columns = scratch, *rows = scratch + DEPTH * WIDE;
  for (int j = 0; j < cols; j += WIDE) {
    const int wide = min(WIDE, cols - j), col = g->first_column + first + j;
    for (long k = 0; k < K; k += DEPTH) {
      const int deep = K - k < DEPTH ? (int)(K - k) : DEPTH;
      pack_columns((Matrix){r->z + k * N + col, N, 0}, deep, wide, columns);
      for (int i = 0; i < M; i += TALL) {
        const int tall = min(TALL, M - i);
        pack_inputs(r, g->state, k, deep, i, tall, rows);
        multiply(rows, 0, columns, r->dW + (long)i * N + col, N, tall, wide, deep, k > 0);
      }
    }
  }
}

static void gradients(const Recurrence *r, int first_column, int columns, const float *state, Crew by) {
  Gradients g = {r, first_column, columns, 0, state};
  const int chunks = chunks_for((double)r->T * r->B * (r->D + r->H + 1) * columns, by);
  g.share = up_to_multiple((columns + chunks - 1) / chunks, COLS);
  compute(gradients_chunk, &g, chunks, by);
}

static void backward(Recurrence *r, Crew by) {
  const int H = r->H, N = gate_count(r->kind) * H;
  pack_weights(r, 1, by);
  r->share = share_of_batch(r, by);
  compute(backward_chunk, r, (r->B + r->share - 1) / r->share, by);
  if (r->kind == GRU) {
    gradients(r, 0, 2 * H, r->h, by);
    gradients(r, 2 * H, H, r->reset, by);
  } else {
    gradients(r, 0, N, r->h, by);
  }
}
