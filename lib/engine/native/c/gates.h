// The cells' equations for one step and one sequence of the batch, forward and in reverse, as in lib/cells. `z` holds
// the products with W and becomes the gates' values; backward these become dZ.
#pragma once
#include "functions.h"

static void rnn_forward(int H, float *z, const float *b, float *h) {
  INDEPENDENT for (int j = 0; j < H; j++) h[j] = hyperbolic_tangent(z[j] + b[j]);
}

static void relu_forward(int H, float *z, const float *b, float *h) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float sum = z[j] + b[j];
    h[j] = sum <= 0 ? 0 : sum;
  }
}

// z, r, candidate in z. First the gates, and the state that the candidate sees.
static void gru_gates_forward(int H, float *z, const float *b, const float *h, float *reset) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    z[j] = sigmoid(z[j] + b[j]);
    z[H + j] = sigmoid(z[H + j] + b[H + j]);
    reset[j] = z[H + j] * h[j];
  }
}

static void gru_candidate_forward(int H, float *z, const float *b, const float *h, float *next) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float candidate = hyperbolic_tangent(z[2 * H + j] + b[2 * H + j]);
    z[2 * H + j] = candidate;
    next[j] = h[j] + z[j] * (candidate - h[j]);
  }
}

// f, u, r, candidate in z.
static void lstm_forward(int H, float *z, const float *b, const float *c, float *c_next, float *h_next) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float f = sigmoid(z[j] + b[j]);
    const float u = sigmoid(z[H + j] + b[H + j]);
    const float r = sigmoid(z[2 * H + j] + b[2 * H + j]);
    const float candidate = hyperbolic_tangent(z[3 * H + j] + b[3 * H + j]);
    const float memory = f * c[j] + u * candidate;
    z[j] = f;
    z[H + j] = u;
    z[2 * H + j] = r;
    z[3 * H + j] = candidate;
    c_next[j] = memory;
    h_next[j] = r * hyperbolic_tangent(memory);
  }
}

// In all of these `dh` is ∂E/∂h_t when they begin. What remains in it is the part of ∂E/∂h_{t−1} that comes by no
// product with W.

static void rnn_backward(int H, float *z, const float *h, float *dh) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    z[j] = dh[j] * (1 - h[j] * h[j]);
    dh[j] = 0;
  }
}

static void relu_backward(int H, float *z, const float *h, float *dh) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    z[j] = dh[j] * (h[j] > 0 ? 1.0f : 0.0f);
    dh[j] = 0;
  }
}

// The candidate and z. r waits in z until the gradient of what the candidate saw is there.
static void gru_candidate_backward(int H, float *z, const float *h, float *dh) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float gate = z[j], candidate = z[2 * H + j];
    const float d_candidate = dh[j] * gate;
    z[j] = dh[j] * (candidate - h[j]) * gate * (1 - gate);
    z[2 * H + j] = d_candidate * (1 - candidate * candidate);
    dh[j] -= d_candidate;
  }
}

static void gru_reset_backward(int H, float *z, const float *h, const float *d_reset, float *dh) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float r = z[H + j];
    z[H + j] = d_reset[j] * h[j] * r * (1 - r);
    dh[j] += d_reset[j] * r;
  }
}

static void lstm_backward(int H, float *z, const float *c, const float *c_next, float *dh, float *dc) {
  INDEPENDENT for (int j = 0; j < H; j++) {
    const float f = z[j], u = z[H + j], r = z[2 * H + j], candidate = z[3 * H + j];
    const float tanh_c = hyperbolic_tangent(c_next[j]);
    const float d_memory = dc[j] + dh[j] * r * (1 - tanh_c * tanh_c);
    z[j] = d_memory * c[j] * f * (1 - f);
    z[H + j] = d_memory * candidate * u * (1 - u);
    z[2 * H + j] = dh[j] * tanh_c * r * (1 - r);
    z[3 * H + j] = d_memory * u * (1 - candidate * candidate);
    dc[j] = d_memory * f;
    dh[j] = 0;
  }
}
