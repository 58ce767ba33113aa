// C = A·B where A has up to four rows, as when one sequence is read step by step: each number of B is used once a row,
// so that what counts is to read B in the order of memory, once, without packing.
#pragma once
#include "product.h"

enum { FEW = 4 };

// C += A·B, B in rows: four rows of B at a time flow past the sums.
INLINE void few_times_rows(int M, Matrix A, const float *B, long b_stride, float *C, long stride, int N, int K) {
  int k = 0;
  for (; k + 4 <= K; k += 4) {
    const float *b = B + k * b_stride;
    float a[FEW][4];
    for (int i = 0; i < M; i++) {
      for (int q = 0; q < 4; q++) a[i][q] = *entry(A, i, k + q);
    }
    int j = 0;
    for (; j + WIDTH <= N; j += WIDTH) {
      Vector row[4];
      UNROLLED for (int q = 0; q < 4; q++) row[q] = load(b + q * b_stride + j);
      UNROLLED for (int i = 0; i < M; i++) {
        Vector c = load(C + i * stride + j);
        UNROLLED for (int q = 0; q < 4; q++) c += splat(a[i][q]) * row[q];
        store(C + i * stride + j, c);
      }
    }
    for (; j < N; j++) {
      for (int i = 0; i < M; i++) {
        for (int q = 0; q < 4; q++) C[i * stride + j] += a[i][q] * b[q * b_stride + j];
      }
    }
  }
  for (; k < K; k++) {
    for (int i = 0; i < M; i++) {
      const float a = *entry(A, i, k), *b = B + k * b_stride;
      float *c = C + i * stride;
      INDEPENDENT for (int j = 0; j < N; j++) c[j] += a * b[j];
    }
  }
}

// C += A·Bᵀ, B in rows: each entry of C is an inner product of two lines.
static void few_times_transpose(int M, Matrix A, const float *B, long b_stride, float *C, long stride, int N, int K) {
  for (int i = 0; i < M; i++) {
    for (int j = 0; j < N; j++) {
      const float *b = B + j * b_stride;
      Vector sums[4] = {{0}};
      float rest = 0;
      int k = 0;
      if (!A.transposed || A.stride == 1) {
        const float *a = entry(A, i, 0);
        for (; k + 4 * WIDTH <= K; k += 4 * WIDTH) {
          UNROLLED for (int q = 0; q < 4; q++) sums[q] += load(a + k + q * WIDTH) * load(b + k + q * WIDTH);
        }
      }
      for (; k < K; k++) rest += *entry(A, i, k) * b[k];
      C[i * stride + j] += sum((sums[0] + sums[1]) + (sums[2] + sums[3])) + rest;
    }
  }
}

static void multiply_few(Matrix A, Matrix B, float *C, long stride, int M, int N, int K, int accumulate) {
  if (!accumulate) {
    for (int i = 0; i < M; i++) memset(C + i * stride, 0, sizeof(float) * N);
  }
  if (B.transposed) few_times_transpose(M, A, B.data, B.stride, C, stride, N, K);
  else if (M == 1) few_times_rows(1, A, B.data, B.stride, C, stride, N, K);
  else if (M == 2) few_times_rows(2, A, B.data, B.stride, C, stride, N, K);
  else if (M == 3) few_times_rows(3, A, B.data, B.stride, C, stride, N, K);
  else few_times_rows(4, A, B.data, B.stride, C, stride, N, K);
}

// A product by the whole crew: each chunk has some of C's columns, or of its rows where there are more of these.
typedef struct {
  Matrix A, B;
  float *C;
  long stride;
  int M, N, K, accumulate;
  int by_rows, share;
} Product;

static void product_chunk(void *task, int chunk, float *scratch) {
  const Product *p = task;
  const int first = chunk * p->share;
  const int i = p->by_rows ? first : 0, j = p->by_rows ? 0 : first;
  const int M = p->by_rows ? min(p->share, p->M - i) : p->M, N = p->by_rows ? p->N : min(p->share, p->N - j);
  if (M <= 0 || N <= 0) return;
  float *C = p->C + i * p->stride + j;
  if (p->M <= FEW) multiply_few(from(p->A, i, 0), from(p->B, 0, j), C, p->stride, M, N, p->K, p->accumulate);
  else multiply_blocks(from(p->A, i, 0), from(p->B, 0, j), C, p->stride, M, N, p->K, p->accumulate, scratch);
}

static void product(Matrix A, Matrix B, float *C, long stride, int M, int N, int K, int accumulate, Crew by) {
  // a few rows are done with before a helper is awake
  const int chunks = chunks_for((double)M * N * K / (M <= FEW ? 16 : 1), by);
  Product p = {A, B, C, stride, M, N, K, accumulate, .by_rows = M > N};
  p.share = p.by_rows ? up_to_multiple((M + chunks - 1) / chunks, ROWS) : up_to_multiple((N + chunks - 1) / chunks, COLS);
  compute(product_chunk, &p, chunks, by);
}
