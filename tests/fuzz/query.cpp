#include <algorithm>

#include "base/encoding.h"
#include "fuzz/property.h"

using namespace xauth;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  fuzz::require(form_decode(form_encode(text)) == text, "form encoding is undone by decoding");
  std::string encoded;
  std::size_t broken = 0;
  for (const auto& [name, value] : parse_query(text)) {
    fuzz::require(!name.empty(), "a parameter has a name");
    if (!value) ++broken;
    encoded += form_encode(name) + "=" + form_encode(value.value_or("")) + "&";
  }
  const auto pieces = static_cast<std::size_t>(std::count(text.begin(), text.end(), '&')) + 1;
  const auto again = parse_query(encoded);
  fuzz::require(again.size() <= pieces && broken <= again.size(), "no parameter is made up");
  fuzz::require(std::all_of(again.begin(), again.end(), [](const auto& p) { return p.value; }),
                "what we encode can be decoded");
  return 0;
}
