#include "demo/random_text.h"

#include <array>

#include "base/encoding.h"

namespace xauth::demo {

std::string random_text(std::string_view prefix, const FillRandom& fill_random) {
  std::array<std::byte, 32> bytes{};
  fill_random(bytes);
  const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return std::string(prefix) + base64url(view);
}

}  // namespace xauth::demo
