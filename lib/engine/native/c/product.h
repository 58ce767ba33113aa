// C = A·B. Three ideas, as in reference.ts:
//
//   tile     ROWS × COLS entries of C are summed in registers, so that each number loaded is used many times
//   packing  B is copied in the order in which tiles read it: panels of COLS columns, row after row
//   blocks   of DEPTH × WIDE of B and TALL × DEPTH of A, so that what is packed stays in the caches
//
// Goto & van de Geijn 2008, Anatomy of high-performance matrix multiplication.
//
// Each entry of C is summed over k in order, whatever block, tile or thread it belongs to: a row of a batch has the same
// bits alone and among others.
#pragma once
#include <string.h>

#include "crew.h"

// Tiles fill about half of the registers of AVX-512 and of arm64, and three quarters of AVX's.
#if defined(__AVX__) && !defined(__AVX512F__)
enum { ROWS = 6 };
#else
enum { ROWS = 8 };
#endif
enum { COLS = 2 * WIDTH, DEPTH = 256, WIDE = 512, TALL = 24 * ROWS };
_Static_assert(DEPTH * WIDE + TALL * DEPTH <= SCRATCH, "blocks fit into a thread's scratch");

// A matrix inside memory: entry (i, j) is data[i * stride + j], or of the transpose data[j * stride + i].
typedef struct {
  const float *data;
  long stride;
  int transposed;
} Matrix;

INLINE const float *entry(Matrix M, long i, long j) {
  return M.transposed ? M.data + j * M.stride + i : M.data + i * M.stride + j;
}

INLINE Matrix from(Matrix M, long i, long j) { return (Matrix){entry(M, i, j), M.stride, M.transposed}; }

// Panels of COLS columns of B, K×N, each K×COLS without gaps; zeros behind the last column. Panel j is at packed + j*K.
static void pack_columns(Matrix B, int K, int N, float *packed) {
  for (int j = 0; j < N; j += COLS, packed += (long)K * COLS) {
    const int cols = min(COLS, N - j);
    if (cols < COLS) memset(packed, 0, sizeof(float) * K * COLS);
    if (!B.transposed) {
      if (cols == COLS) {
        for (int k = 0; k < K; k++) memcpy(packed + (long)k * COLS, entry(B, k, j), sizeof(float) * COLS);
      } else {
        for (int k = 0; k < K; k++) memcpy(packed + (long)k * COLS, entry(B, k, j), sizeof(float) * cols);
      }
      continue;
    }
    for (int k = 0; k < K; k += 16) { // 16 numbers of a line at a time: what is written stays in the first-level cache
      const int end = min(k + 16, K);
      for (int x = 0; x < cols; x++) {
        const float *line = entry(B, 0, j + x);
        for (int q = k; q < end; q++) packed[(long)q * COLS + x] = line[q];
      }
    }
  }
}

INLINE long packed_size(int K, int N) { return (long)K * up_to_multiple(N, COLS); }

// Rows of A whose numbers lie `k_step` apart, the rows `row_step` apart.
INLINE void tile(int rows, int K, const float *A, long row_step, long k_step, const float *B, float *C, long stride,
                 int accumulate) {
  Vector left[ROWS], right[ROWS];
  UNROLLED for (int i = 0; i < rows; i++) {
    left[i] = accumulate ? load(C + i * stride) : (Vector){0};
    right[i] = accumulate ? load(C + i * stride + WIDTH) : (Vector){0};
  }
  for (int k = 0; k < K; k++) {
    const Vector b = load(B + (long)k * COLS), b2 = load(B + (long)k * COLS + WIDTH);
    UNROLLED for (int i = 0; i < rows; i++) {
      const Vector a = splat(A[i * row_step + k * k_step]);
      left[i] += a * b;
      right[i] += a * b2;
    }
  }
  UNROLLED for (int i = 0; i < rows; i++) {
    store(C + i * stride, left[i]);
    store(C + i * stride + WIDTH, right[i]);
  }
}

// The largest tile that fits into what is left of the rows; a function for each height, so that all stay in registers.
INLINE int tallest_tile(int rows, int K, const float *A, long row_step, long k_step, const float *B, float *C,
                        long stride, int accumulate) {
  if (rows >= ROWS) return tile(ROWS, K, A, row_step, k_step, B, C, stride, accumulate), ROWS;
  if (rows >= 4) return tile(4, K, A, row_step, k_step, B, C, stride, accumulate), 4;
  if (rows >= 2) return tile(2, K, A, row_step, k_step, B, C, stride, accumulate), 2;
  return tile(1, K, A, row_step, k_step, B, C, stride, accumulate), 1;
}

static __attribute__((noinline)) int tile_of_rows(int rows, int K, const float *A, long row_step, const float *B,
                                                  float *C, long stride, int accumulate) {
  return tallest_tile(rows, K, A, row_step, 1, B, C, stride, accumulate);
}

static __attribute__((noinline)) int tile_of_packed(int rows, int K, const float *A, const float *B, float *C,
                                                    long stride, int accumulate) {
  return tallest_tile(rows, K, A, 1, ROWS, B, C, stride, accumulate);
}

// C (+)= A·B with packed B; A in rows, `a_stride` apart, or packed where that is 0.
static void multiply(const float *A, long a_stride, const float *packed, float *C, long stride, int M, int N, int K,
                     int accumulate) {
  for (int j = 0; j < N; j += COLS) {
    const float *B = packed + (long)j * K;
    const int cols = min(COLS, N - j);
    for (int i = 0, rows; i < M; i += rows) {
      float *to = C + i * stride + j;
      float edge[ROWS * COLS];
      float *sums = cols == COLS ? to : edge;
      const long step = cols == COLS ? stride : COLS;
      const int onto = accumulate && cols == COLS;
      rows = a_stride ? tile_of_rows(M - i, K, A + i * a_stride, a_stride, B, sums, step, onto)
                      : tile_of_packed(M - i, K, A + (long)(i / ROWS) * ROWS * K + i % ROWS, B, sums, step, onto);
      if (cols == COLS) continue;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < cols; x++) to[y * stride + x] = edge[y * COLS + x] + (accumulate ? to[y * stride + x] : 0);
      }
    }
  }
}

// Tiles of ROWS columns of A, K×M, which are rows of Aᵀ: each K×ROWS without gaps.
static void pack_rows_of_transpose(const float *A, long stride, int M, int K, float *packed) {
  for (int i = 0; i < M; i += ROWS, packed += (long)K * ROWS) {
    const int rows = min(ROWS, M - i);
    if (rows == ROWS) {
      for (int k = 0; k < K; k++) memcpy(packed + (long)k * ROWS, A + k * stride + i, sizeof(float) * ROWS);
    } else {
      for (int k = 0; k < K; k++) {
        for (int x = 0; x < rows; x++) packed[(long)k * ROWS + x] = A[k * stride + i + x];
      }
    }
  }
}

// C (+)= A·B, block by block, by one thread.
static void multiply_blocks(Matrix A, Matrix B, float *C, long stride, int M, int N, int K, int accumulate,
                            float *scratch) {
  float *columns = scratch, *rows = scratch + DEPTH * WIDE;
  for (int j = 0; j < N; j += WIDE) {
    const int wide = min(WIDE, N - j);
    for (int k = 0; k < K; k += DEPTH) {
      const int deep = min(DEPTH, K - k);
      pack_columns(from(B, k, j), deep, wide, columns);
      for (int i = 0; i < M; i += TALL) {
        const int tall = min(TALL, M - i);
        const Matrix part = from(A, i, k);
        if (A.transposed) pack_rows_of_transpose(part.data, part.stride, tall, deep, rows);
        multiply(A.transposed ? rows : part.data, A.transposed ? 0 : part.stride, columns, C + i * stride + j, stride,
                 tall, wide, deep, accumulate || k > 0);
      }
    }
  }
}
