#include "system/http_answer.h"

#include "fuzz/property.h"

using namespace xauth;

namespace {

HttpLimits small() {
  HttpLimits limits;
  limits.status_line = 64;
  limits.header_block = 256;
  limits.body = 16;
  return limits;
}

}  // namespace

// The input is an answer; what follows its head is given as the body, in one piece.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = fuzz::text_of(data, size);
  AnswerReader reader(small());
  bool taken = true;
  while (taken && !rest.empty() && !reader.has_head()) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    taken = reader.take_line(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  fuzz::require(taken == reader.fault().empty(), "what is refused has a fault, and only that");
  if (!taken || !reader.has_head()) return 0;
  const bool fits = reader.take_body(rest);
  fuzz::require(fits == (rest.size() <= 16), "the body is taken up to its limit");
  if (!fits) return 0;
  const auto response = reader.take();
  fuzz::require(response.status >= 200 && response.status <= 599, "only final answers are kept");
  fuzz::require(response.body == rest, "the body is what was sent");
  for (const auto& [name, value] : response.headers) {
    const auto text = name + value;
    fuzz::require(!name.empty() && text.find_first_of(std::string("\r\n\0\x1b", 4)) == text.npos,
                  "headers hold no line end and no escape");
  }
  return 0;
}
