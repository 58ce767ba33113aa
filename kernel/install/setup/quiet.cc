// Newer versions of TensorFlow print that they use oneDNN while they are loaded, before they look at
// TF_CPP_MIN_LOG_LEVEL. This module of Node.js, loaded first, loads the library that does so with stderr turned away.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

extern "C" __attribute__((visibility("default"))) void* napi_register_module_v1(void*, void* exports) {
  const int kept = dup(STDERR_FILENO);
  const int nowhere = open("/dev/null", O_WRONLY);
  if (kept >= 0 && nowhere >= 0) {
    dup2(nowhere, STDERR_FILENO);
    dlopen("libtensorflow_framework.so.2", RTLD_LAZY);
    dup2(kept, STDERR_FILENO);
  }
  if (kept >= 0) close(kept);
  if (nowhere >= 0) close(nowhere);
  return exports;
}
