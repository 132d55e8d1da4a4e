#include "base/encoding.h"
#include "fuzz/property.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  fuzz::require(base64_decode(base64(text)) == text, "base64 is undone by decoding");
  if (const auto bytes = base64_decode(text)) {
    fuzz::require(base64(*bytes) == text, "only the canonical form is decoded");
  }
  return 0;
}
