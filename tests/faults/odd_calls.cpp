// Makes system calls behave as they seldom do, in a program that loads this first (LD_PRELOAD);
// XAUTH_ODD_CALLS says which: `short_writes`, where each write takes half of what it is given, or
// `no_locks`, where a file system has none.
#include <dlfcn.h>
#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace {

bool wanted(const char* what) {
  const char* asked = std::getenv("XAUTH_ODD_CALLS");
  return asked != nullptr && std::strcmp(asked, what) == 0;
}

// Half of it, but something of anything.
std::size_t taken(std::size_t size) { return wanted("short_writes") ? (size + 1) / 2 : size; }

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, std::size_t size) {
  static const auto call = real<ssize_t(int, const void*, std::size_t)>("write");
  return call(fd, data, taken(size));
}

ssize_t pwrite(int fd, const void* data, std::size_t size, off_t offset) {
  static const auto call = real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return call(fd, data, taken(size), offset);
}

ssize_t pwrite64(int fd, const void* data, std::size_t size, off64_t offset) {
  return pwrite(fd, data, size, offset);
}

int flock(int fd, int operation) noexcept {
  static const auto call = real<int(int, int)>("flock");
  if (!wanted("no_locks")) return call(fd, operation);
  errno = ENOLCK;
  return -1;
}
}
