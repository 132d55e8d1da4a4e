#include "system/input.h"

#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace xauth {

std::string read_input(int fd, std::size_t most, const std::string& what) {
  std::string content;
  std::array<char, 4096> buffer{};
  while (content.size() <= most) {
    const auto wanted = std::min(buffer.size(), most + 1 - content.size());
    const auto count = read(fd, buffer.data(), wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(Code::usage, what + " cannot be read: " + std::strerror(errno));
    if (count == 0) break;
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
  explicit_bzero(buffer.data(), buffer.size());
  return content;
}

}  // namespace xauth
