// Vectors of as many floats as one register holds: GCC's and clang's extension, which both compile for any chip.
#pragma once

#if defined(__AVX512F__)
enum { WIDTH = 16 };
#elif defined(__AVX__)
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif

typedef float Vector __attribute__((vector_size(4 * WIDTH)));
typedef float Unaligned __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

// The iterations of the loop below do not depend on each other, even where an output is also an input.
#if defined(__clang__)
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define INDEPENDENT _Pragma("GCC ivdep")
#define UNROLLED _Pragma("GCC unroll 16")
#endif

INLINE Vector load(const float *from) { return (Vector) * (const Unaligned *)from; }
INLINE void store(float *to, Vector v) { *(Unaligned *)to = (Unaligned)v; }
INLINE Vector splat(float x) { return x - (Vector){0}; }

INLINE float sum(Vector v) {
  float total = 0;
  for (int i = 0; i < WIDTH; i++) total += v[i];
  return total;
}

INLINE int min(int a, int b) { return a < b ? a : b; }
INLINE int max(int a, int b) { return a > b ? a : b; }
INLINE int up_to_multiple(int n, int of) { return (n + of - 1) / of * of; }
