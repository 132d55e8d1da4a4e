#include "system/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace xauth {

Descriptor memory_file(const std::string& name, std::string_view content) {
  const auto failed = [] {
    return Error(Code::failure, std::string("no file in memory: ") + std::strerror(errno));
  };
  Descriptor file(memfd_create(name.c_str(), 0));
  if (!file) throw failed();
  while (!content.empty()) {
    const auto count = write(file.get(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw failed();
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) throw failed();
  return file;
}

}  // namespace xauth
