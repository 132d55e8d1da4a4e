#include "system/random.h"

#include <sys/random.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/error.h"

namespace xauth {

void fill_random(std::span<std::byte> bytes) {
  while (!bytes.empty()) {  // more than 256 bytes may come in pieces
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      throw Error(Code::failure,
                  "no randomness from the system: " + std::generic_category().message(errno));
    }
  }
}

}  // namespace xauth
