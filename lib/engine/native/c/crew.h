// The threads that compute. A caller hands out a task in chunks; it and the helpers take one chunk after the other.
//
// Who computes a chunk makes no difference to its numbers. So a helper that comes late, or not at all, costs time and
// nothing else, and a second caller, from another JavaScript thread, computes its chunks alone.
#pragma once
#if defined(__APPLE__)
#include <dlfcn.h>
#endif
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

#include "vector.h"

enum { MOST_THREADS = 64 };

// What each thread may use for packing while it computes a chunk: see product.h.
enum { SCRATCH = 192 * 1024 };

// The caller's threads, itself included, and the memory they compute in: SCRATCH floats for each.
typedef struct {
  int threads;
  float *scratch;
} Crew;

typedef void Chunk(void *task, int chunk, float *scratch);

static struct {
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  int helpers;
  atomic_int sleeping;
  atomic_flag taken;      // by a caller
  atomic_ullong ticket;   // see ticket()
  atomic_int unfinished;  // chunks
  // The task. Who has taken a chunk may read this: the caller does not go on before that chunk is finished.
  Chunk *chunk;
  void *task;
  float *scratch;
} crew = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER, .taken = ATOMIC_FLAG_INIT};

INLINE void breathe(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// What is to be taken, in one number, so that it changes at once: the number of the task, how many threads may work on it,
// and how many of its chunks nobody has taken.
INLINE unsigned long long ticket(unsigned long long number, int threads, int left) {
  return number << 32 | (unsigned long long)threads << 16 | (unsigned long long)left;
}
INLINE int left_for(int thread, unsigned long long ticket) {
  return thread < (int)(ticket >> 16 & 0xffff) ? (int)(ticket & 0xffff) : 0; // each thread has scratch of its own
}

// Computes one chunk; false when there is none left.
static int take_chunk(int thread) {
  unsigned long long now = atomic_load(&crew.ticket);
  do {
    if (left_for(thread, now) == 0) return 0;
  } while (!atomic_compare_exchange_weak(&crew.ticket, &now, now - 1));
  crew.chunk(crew.task, left_for(thread, now) - 1, crew.scratch + (long)thread * SCRATCH);
  atomic_fetch_sub(&crew.unfinished, 1);
  return 1;
}

// A helper: it looks out for work for some 50 µs, which is longer than the pauses inside a training step, then sleeps.
static void *help(void *number) {
  const int thread = (int)(intptr_t)number;
  for (;;) {
    for (int looks = 0; looks < 2000; looks++) {
      if (take_chunk(thread)) looks = 0;
      breathe();
    }
    pthread_mutex_lock(&crew.mutex);
    atomic_fetch_add(&crew.sleeping, 1);
    while (left_for(thread, atomic_load(&crew.ticket)) == 0) pthread_cond_wait(&crew.wake, &crew.mutex);
    atomic_fetch_sub(&crew.sleeping, 1);
    pthread_mutex_unlock(&crew.mutex);
  }
  return 0;
}

// Helpers run on when the JavaScript thread that has loaded this library ends: it must stay. (Linux: -z nodelete.)
static void stay_loaded(void) {
#if defined(__APPLE__)
  Dl_info here;
  if (dladdr((void *)help, &here)) dlopen(here.dli_fname, RTLD_NOW | RTLD_NODELETE);
#endif
}

// Sees to it that there are helpers for so many threads. Returns how many threads there are.
static int gather_crew(int threads) {
  pthread_mutex_lock(&crew.mutex);
  if (crew.helpers == 0) stay_loaded();
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the business of Node's threads
  while (crew.helpers + 1 < min(threads, MOST_THREADS)) {
    pthread_t helper;
    if (pthread_create(&helper, 0, help, (void *)(intptr_t)(crew.helpers + 1)) != 0) break;
    pthread_detach(helper);
    crew.helpers++;
  }
  pthread_sigmask(SIG_SETMASK, &before, 0);
  const int there = min(threads, crew.helpers + 1);
  pthread_mutex_unlock(&crew.mutex);
  return there;
}

// Computes all chunks of a task.
static void compute(Chunk *chunk, void *task, int chunks, Crew by) {
  if (chunks < 2 || by.threads < 2 || atomic_flag_test_and_set(&crew.taken)) {
    for (int i = 0; i < chunks; i++) chunk(task, i, by.scratch);
    return;
  }
  crew.chunk = chunk;
  crew.task = task;
  crew.scratch = by.scratch;
  atomic_store(&crew.unfinished, chunks);
  const unsigned long long number = (atomic_load(&crew.ticket) >> 32) + 1;
  atomic_store(&crew.ticket, ticket(number, by.threads, chunks));
  if (atomic_load(&crew.sleeping) > 0) {
    pthread_mutex_lock(&crew.mutex);
    pthread_cond_broadcast(&crew.wake);
    pthread_mutex_unlock(&crew.mutex);
  }
  while (take_chunk(0)) continue;
  for (int looks = 0; atomic_load(&crew.unfinished) > 0; looks++) {
    if (looks < 10000) breathe();
    else sched_yield();
  }
  atomic_flag_clear(&crew.taken);
}

// How many chunks are worth it: one where there is so little to do that waking helpers would cost more.
INLINE int chunks_for(double multiplications, Crew by) { return multiplications < 60000 ? 1 : by.threads; }
