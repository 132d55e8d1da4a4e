#include "system/password_text.h"

#include "base/error.h"

namespace xauth {

Secret password_in(const Secret& text, const std::string& source) {
  const std::string& all = text.reveal();
  std::size_t size = all.size();
  if (size > 0 && all[size - 1] == '\n') --size;
  if (size < all.size() && size > 0 && all[size - 1] == '\r') --size;
  if (size == 0) throw Error(Code::storage, source + " gave no password");
  if (size > kLongestPassword) {
    throw Error(Code::storage, source + " gave more than " +
                                   std::to_string(kLongestPassword / 1024) +
                                   " KiB, which is no password");
  }
  if (all.find('\0') != std::string::npos) {
    throw Error(Code::storage, source + " gave a NUL byte, which is in no password");
  }
  return Secret(all.substr(0, size));
}

}  // namespace xauth
