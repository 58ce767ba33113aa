// exp, tanh and sigmoid of one number, without a branch or a table: in a loop the compiler computes a vector of them.
// NaN comes out as NaN: each comparison is written so that it is false for NaN and lets it pass.
#pragma once
#include <stdint.h>
#include <string.h>

#include "vector.h"

// e^x = 2^n · e^r with the whole n next to x / ln 2, so that |r| ≤ ln 2 / 2, where six terms of the Taylor series are as
// good as float. 2^n is a float whose exponent bits are n + 127.
INLINE float exponential(float x) {
  const float in_range = x > 88.7f ? 88.7f : x < -87.3f ? -87.3f : x;
  // adding 1.5 · 2^23 leaves no bits behind the point: the sum is rounded to a whole number, which is its last bits
  const float shifted = in_range * 1.44269504f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (in_range - n * 0.693359375f) - n * -2.12194440e-4f; // ln 2 in two parts: n times the first is exact
  const float series =
      1 + r * (1 + r * (1 / 2.0f + r * (1 / 6.0f + r * (1 / 24.0f + r * (1 / 120.0f + r * (1 / 720.0f))))));
  int32_t bits;
  memcpy(&bits, &shifted, 4);
  bits = (int32_t)((uint32_t)bits << 23) + (127 << 23);
  float power;
  memcpy(&power, &bits, 4);
  const float y = series * power;
  return x < -87.3f ? 0 : x > 88.7f ? __builtin_inff() : y;
}

INLINE float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

// Lambert's continued fraction at x/4, doubled twice: see quick-tanh.ts. Numerator and denominator are kept apart until
// a single division in the end.
INLINE float hyperbolic_tangent(float x) {
  const float in_range = x > 9.1f ? 9.1f : x < -9.1f ? -9.1f : x;
  const float y = in_range * 0.25f, s = y * y;
  const float n = y * (1 + s * (17325 / 135135.0f + s * (378 / 135135.0f + s * (1 / 135135.0f))));
  const float d = 1 + s * (62370 / 135135.0f + s * (3150 / 135135.0f + s * (28 / 135135.0f)));
  const float n2 = 2 * n * d, d2 = d * d + n * n;
  return 2 * n2 * d2 / (d2 * d2 + n2 * n2);
}
