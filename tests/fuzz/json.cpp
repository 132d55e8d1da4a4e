#include "base/json.h"

#include "base/encoding.h"
#include "fuzz/property.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json(fuzz::text_of(data, size));
  if (!json) return 0;
  const std::string text = json->text();
  fuzz::require(is_printable_ascii(text), "JSON that we write is printable ASCII");
  const auto again = parse_json(text);
  fuzz::require(again && again->text() == text, "what we write is read as the same");
  const auto indented = parse_json(json->pretty());
  fuzz::require(indented && indented->text() == text, "indentation changes nothing");
  return 0;
}
