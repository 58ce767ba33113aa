// What JavaScript calls. Memory is JavaScript's throughout: nothing here allocates, so nothing can leak.
//
// Each function gets the crew's size and scratch first, then data pointers with the offset of their first entry, and the
// strides between rows.
#include "recurrence.h"
#include "update.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int unroll_vector_width(void) { return WIDTH; }

EXPORT int unroll_threads(int wanted) { return gather_crew(wanted); }

// In floats.
EXPORT double unroll_scratch(int threads) { return (double)threads * SCRATCH; }

EXPORT void unroll_product(int threads, float *scratch, const float *A, int64_t a, int64_t a_stride, int transpose_a,
                           const float *B, int64_t b, int64_t b_stride, int transpose_b, float *C, int64_t c,
                           int64_t c_stride, int M, int N, int K, int accumulate) {
  product((Matrix){A + a, a_stride, transpose_a}, (Matrix){B + b, b_stride, transpose_b}, C + c, c_stride, M, N, K,
          accumulate, (Crew){threads, scratch});
}

EXPORT void unroll_map(int threads, int f, int rows, int cols, const float *x, int64_t x0, int64_t x_stride, float *y,
                       int64_t y0, int64_t y_stride) {
  Rows task = {f, rows, cols, 0, {(float *)x + x0, y + y0}, {x_stride, y_stride}, 0};
  compute_rows(map_chunk, &task, f < RELU ? 10 : 1, (Crew){threads, 0});
}

EXPORT void unroll_combine(int threads, int f, int rows, int cols, const float *x, int64_t x0, int64_t x_stride,
                           const float *y, int64_t y0, int64_t y_stride, float *z, int64_t z0, int64_t z_stride) {
  Rows task = {f, rows, cols, 0, {(float *)x + x0, (float *)y + y0, z + z0}, {x_stride, y_stride, z_stride}, 0};
  compute_rows(combine_chunk, &task, 1, (Crew){threads, 0});
}

EXPORT void unroll_column_sums(int threads, int rows, int cols, const float *A, int64_t a, int64_t stride, float *sums,
                               int64_t sums0) {
  Sums task = {A + a, stride, rows, cols, 0, sums + sums0};
  const int chunks = chunks_for((double)rows * cols, (Crew){threads, 0});
  task.share = up_to_multiple((cols + chunks - 1) / chunks, 8 * WIDTH);
  compute(sums_chunk, &task, chunks, (Crew){threads, 0});
}

// results: the loss, and how many rows are right.
EXPORT void unroll_softmax(int threads, int rows, int cols, const float *logits, int64_t z, int64_t stride,
                           const int *targets, float *gradient, int64_t g, int64_t gradient_stride, double *results) {
  Softmax task = {logits + z, stride, rows, cols, 0, targets, gradient + g, gradient_stride, {0}, {0}};
  const int chunks = chunks_for(10.0 * rows * cols, (Crew){threads, 0});
  task.share = (rows + chunks - 1) / chunks;
  compute(softmax_chunk, &task, chunks, (Crew){threads, 0});
  results[0] = results[1] = 0;
  for (int i = 0; i < chunks; i++) {
    results[0] += task.loss[i];
    results[1] += task.correct[i];
  }
}

EXPORT void unroll_update(int threads, int kind, const float *rule, int rows, int cols, float *w, int64_t w0,
                          int64_t w_stride, const float *g, int64_t g0, int64_t g_stride, float *m, int64_t m0,
                          int64_t m_stride, float *m2, int64_t m20, int64_t m2_stride) {
  Rows task = {kind, rows, cols, 0, {w + w0, (float *)g + g0, m ? m + m0 : 0, m2 ? m2 + m20 : 0},
               {w_stride, g_stride, m_stride, m2_stride}, rule};
  compute_rows(update_chunk, &task, 3, (Crew){threads, 0});
}

// Rows of a table. Both return the place of an id that the table has not got, before anything is done, or −1.
static int first_stray(const int *ids, int count, int table_rows) {
  for (int i = 0; i < count; i++) {
    if (ids[i] < 0 || ids[i] >= table_rows) return i;
  }
  return -1;
}

EXPORT int unroll_gather(int table_rows, int cols, const float *table, int64_t t, int64_t table_stride, const int *ids,
                         int count, float *rows, int64_t r, int64_t row_stride) {
  const int stray = first_stray(ids, count, table_rows);
  for (int i = 0; stray < 0 && i < count; i++) {
    memcpy(rows + r + i * row_stride, table + t + ids[i] * table_stride, sizeof(float) * cols);
  }
  return stray;
}

EXPORT int unroll_scatter_add(int table_rows, int cols, float *table, int64_t t, int64_t table_stride, const int *ids,
                              int count, const float *rows, int64_t r, int64_t row_stride) {
  const int stray = first_stray(ids, count, table_rows);
  for (int i = 0; stray < 0 && i < count; i++) {
    float *to = table + t + ids[i] * table_stride;
    combine_row(ADD, to, rows + r + i * row_stride, to, cols);
  }
  return stray;
}

// The tape: z, then h, then c or r∗h. In floats.
static int64_t tape_size(int kind, int T, int B, int H) {
  const int64_t state = (int64_t)(T + 1) * B * H;
  return (int64_t)T * B * gate_count(kind) * H + state * (kind == LSTM || kind == GRU ? 2 : 1);
}

EXPORT double unroll_tape(int kind, int T, int B, int H) { return (double)tape_size(kind, T, B, H); }
EXPORT double unroll_packed(int kind, int D, int H) { return (double)packed_weights(kind, D, H); }

// sizes: kind, T, B, D, H
static Recurrence recurrence(const int *sizes, const float *x, const float *W, int64_t w, int64_t stride, const float *b,
                             int64_t b0, const int *lengths, float *tape, float *packed) {
  Recurrence r = {sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], .x = x, .W = W + w, .stride = stride, .b = b + b0,
                  .lengths = lengths, .packed = packed};
  r.z = tape;
  r.h = r.z + (long)r.T * r.B * gate_count(r.kind) * r.H;
  float *behind = r.h + (long)(r.T + 1) * r.B * r.H;
  if (r.kind == LSTM) r.c = behind;
  if (r.kind == GRU) r.reset = behind;
  return r;
}

// The initial state is on the tape already.
EXPORT void unroll_forward(int threads, float *scratch, const int *sizes, const float *x, const float *W, int64_t w,
                           int64_t stride, const float *b, int64_t b0, const int *lengths, float *tape, float *packed) {
  Recurrence r = recurrence(sizes, x, W, w, stride, b, b0, lengths, tape, packed);
  forward(&r, (Crew){threads, scratch});
}

// dh and dc are the final state's gradient, and become the initial state's; of the GRU dc is memory to compute in.
EXPORT void unroll_backward(int threads, float *scratch, const int *sizes, const float *x, const float *W, int64_t w,
                            int64_t stride, const int *lengths, float *tape, float *packed, const float *dh_own, float *dh,
                            float *dc, float *dW) {
  Recurrence r = recurrence(sizes, x, W, w, stride, 0, 0, lengths, tape, packed);
  r.dh_own = dh_own;
  r.dh = dh;
  r.dc = dc;
  r.dW = dW;
  backward(&r, (Crew){threads, scratch});
}
