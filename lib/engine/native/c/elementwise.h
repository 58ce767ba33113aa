// Functions number by number, sums of columns, softmax, and rows of a table. Plain loops: the compiler makes vectors.
#pragma once
#include <math.h>

#include "crew.h"
#include "functions.h"

// The numbering of plain.ts's names, which native.ts knows.
enum { TANH, SIGMOID, RELU, TANH_SLOPE, SIGMOID_SLOPE, RELU_SLOPE };
enum { ADD, SUBTRACT, MULTIPLY };

static void map_row(int f, const float *x, float *y, int n) {
  switch (f) {
  case TANH:
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = hyperbolic_tangent(x[j]);
    break;
  case SIGMOID:
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = sigmoid(x[j]);
    break;
  case RELU: // NaN is not below 0, and stays
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = x[j] <= 0 ? 0 : x[j];
    break;
  case TANH_SLOPE:
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = 1 - x[j] * x[j];
    break;
  case SIGMOID_SLOPE:
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = x[j] * (1 - x[j]);
    break;
  case RELU_SLOPE:
    INDEPENDENT for (int j = 0; j < n; j++) y[j] = x[j] > 0 ? 1 : 0;
    break;
  }
}

static void combine_row(int f, const float *x, const float *y, float *z, int n) {
  switch (f) {
  case ADD:
    INDEPENDENT for (int j = 0; j < n; j++) z[j] = x[j] + y[j];
    break;
  case SUBTRACT:
    INDEPENDENT for (int j = 0; j < n; j++) z[j] = x[j] - y[j];
    break;
  case MULTIPLY:
    INDEPENDENT for (int j = 0; j < n; j++) z[j] = x[j] * y[j];
    break;
  }
}

// Up to four matrices of the same size, row by row, split over the crew: by rows, or a single row by columns.
typedef struct {
  int kind, rows, cols, share;
  float *data[4];
  long stride[4];
  const void *more;
} Rows;

typedef void Row(const Rows *task, float *const row[4], int cols);

INLINE void each_row(const Rows *task, int chunk, Row *row) {
  const int by_columns = task->rows == 1;
  const int first = chunk * task->share;
  const int i_end = by_columns ? 1 : min(first + task->share, task->rows);
  const int j = by_columns ? first : 0, cols = by_columns ? min(task->share, task->cols - first) : task->cols;
  if (cols <= 0) return;
  for (int i = by_columns ? 0 : first; i < i_end; i++) {
    float *at[4];
    for (int m = 0; m < 4; m++) at[m] = task->data[m] ? task->data[m] + i * task->stride[m] + j : 0;
    row(task, at, cols);
  }
}

// Where all matrices lie without gaps they are one long row.
static void compute_rows(Chunk *chunk, Rows *task, double cost, Crew by) {
  int gapless = 1;
  for (int m = 0; m < 4; m++) gapless = gapless && (!task->data[m] || task->stride[m] == task->cols);
  if (gapless && (double)task->rows * task->cols < 2e9) task->cols *= task->rows, task->rows = 1;
  const int chunks = chunks_for(cost * task->rows * task->cols, by);
  const int count = task->rows == 1 ? task->cols : task->rows;
  task->share = up_to_multiple((count + chunks - 1) / chunks, task->rows == 1 ? 16 : 1);
  compute(chunk, task, chunks, by);
}

static void map_rows(const Rows *task, float *const row[4], int cols) { map_row(task->kind, row[0], row[1], cols); }
static void map_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  each_row(task, chunk, map_rows);
}

static void combine_rows(const Rows *task, float *const row[4], int cols) {
  combine_row(task->kind, row[0], row[1], row[2], cols);
}
static void combine_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  each_row(task, chunk, combine_rows);
}

// The sum of each column: down the rows, some columns a chunk.
typedef struct {
  const float *A;
  long stride;
  int rows, cols, share;
  float *sums;
} Sums;

static void sums_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  const Sums *s = task;
  const int first = chunk * s->share, end = min(first + s->share, s->cols);
  for (int j = first; j < end; j += 8 * WIDTH) {
    const int cols = min(8 * WIDTH, end - j);
    float sums[8 * WIDTH] = {0};
    for (int i = 0; i < s->rows; i++) {
      const float *row = s->A + i * s->stride + j;
      if (cols == 8 * WIDTH) {
        for (int x = 0; x < 8 * WIDTH; x++) sums[x] += row[x];
      } else {
        for (int x = 0; x < cols; x++) sums[x] += row[x];
      }
    }
    memcpy(s->sums + j, sums, sizeof(float) * cols);
  }
}

// softmax − target, and −log p of the target: log p_j = z_j − max − log Σ e^(z_k − max) is finite even where p is not.
static double softmax_row(const float *z, int N, int target, float *gradient, int *is_largest) {
  float most[WIDTH], largest = -__builtin_inff(); // the largest of every WIDTH-th logit, so that vectors are compared
  for (int x = 0; x < WIDTH; x++) most[x] = largest;
  for (int j = 0; j + WIDTH <= N; j += WIDTH) {
    for (int x = 0; x < WIDTH; x++) most[x] = z[j + x] > most[x] ? z[j + x] : most[x];
  }
  for (int x = 0; x < WIDTH; x++) largest = most[x] > largest ? most[x] : largest;
  for (int j = N - N % WIDTH; j < N; j++) largest = z[j] > largest ? z[j] : largest;
  int first = 0;
  while (first < N && z[first] != largest) first++;
  *is_largest = (first < N ? first : 0) == target;

  INDEPENDENT for (int j = 0; j < N; j++) gradient[j] = exponential(z[j] - largest);
  double sum = 0;
  int j = 0;
  Vector sums = {0};
  for (; j + WIDTH <= N; j += WIDTH) sums += load(gradient + j);
  for (int x = 0; x < WIDTH; x++) sum += sums[x];
  for (; j < N; j++) sum += gradient[j];
  const double nats = log(sum) - ((double)z[target] - largest);
  const float total = (float)sum;
  INDEPENDENT for (int k = 0; k < N; k++) gradient[k] /= total;
  gradient[target] -= 1;
  return nats;
}

typedef struct {
  const float *logits;
  long stride;
  int rows, cols, share;
  const int *targets;
  float *gradient;
  long gradient_stride;
  double loss[MOST_THREADS];
  int correct[MOST_THREADS];
} Softmax;

static void softmax_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  Softmax *s = task;
  s->loss[chunk] = s->correct[chunk] = 0;
  for (int i = chunk * s->share; i < min((chunk + 1) * s->share, s->rows); i++) {
    float *gradient = s->gradient + i * s->gradient_stride;
    if (s->targets[i] < 0) {
      memset(gradient, 0, sizeof(float) * s->cols);
      continue;
    }
    int is_largest;
    s->loss[chunk] += softmax_row(s->logits + i * s->stride, s->cols, s->targets[i], gradient, &is_largest);
    s->correct[chunk] += is_largest;
  }
}
