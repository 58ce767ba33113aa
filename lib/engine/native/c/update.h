// One step of an optimiser: how each weight is changed by its gradient and what is remembered of it. See UpdateRule.
#pragma once
#include "elementwise.h"

enum { MOMENTUM, MOMENTS, RMSPROP };

static void momentum_row(const float rule[3], float *w, const float *g, float *velocity, int n) {
  const float rate = rule[0], momentum = rule[1];
  if (!velocity) {
    INDEPENDENT for (int j = 0; j < n; j++) w[j] -= rate * g[j];
  } else if (rule[2] != 0) { // Nesterov
    INDEPENDENT for (int j = 0; j < n; j++) {
      const float v = momentum * velocity[j] + g[j];
      velocity[j] = v;
      w[j] -= rate * (g[j] + momentum * v);
    }
  } else {
    INDEPENDENT for (int j = 0; j < n; j++) {
      const float v = momentum * velocity[j] + g[j];
      velocity[j] = v;
      w[j] -= rate * v;
    }
  }
}

static void moments_row(const float rule[8], float *w, const float *g, float *mean, float *square, int n) {
  const float beta1 = rule[0], beta2 = rule[1], rate = rule[2], correction = rule[3], kept = rule[4], epsilon = rule[5];
  const float rest1 = rule[6], rest2 = rule[7]; // 1 − β, which a float β has lost digits of
  INDEPENDENT for (int j = 0; j < n; j++) {
    const float m = beta1 * mean[j] + rest1 * g[j];
    const float v = beta2 * square[j] + rest2 * g[j] * g[j];
    mean[j] = m;
    square[j] = v;
    w[j] = kept * w[j] - rate * m / (sqrtf(v) * correction + epsilon);
  }
}

static void rmsprop_row(const float rule[4], float *w, const float *g, float *square, float *mean, int n) {
  const float rate = rule[0], alpha = rule[1], epsilon = rule[2], rest = rule[3];
  if (!mean) {
    INDEPENDENT for (int j = 0; j < n; j++) {
      const float s = alpha * square[j] + rest * g[j] * g[j];
      square[j] = s;
      w[j] -= rate * g[j] / (sqrtf(s) + epsilon);
    }
    return;
  }
  INDEPENDENT for (int j = 0; j < n; j++) {
    const float s = alpha * square[j] + rest * g[j] * g[j];
    const float m = alpha * mean[j] + rest * g[j];
    square[j] = s;
    mean[j] = m;
    const float variance = s - m * m;
    w[j] -= rate * g[j] / (sqrtf(variance < 0 ? 0 : variance) + epsilon); // below 0 by rounding only
  }
}

static void update_rows(const Rows *task, float *const row[4], int cols) {
  if (task->kind == MOMENTUM) momentum_row(task->more, row[0], row[1], row[2], cols);
  else if (task->kind == MOMENTS) moments_row(task->more, row[0], row[1], row[2], row[3], cols);
  else rmsprop_row(task->more, row[0], row[1], row[2], row[3], cols);
}
static void update_chunk(void *task, int chunk, float *scratch) {
  (void)scratch;
  each_row(task, chunk, update_rows);
}
