#include "system/request_reader.h"

#include "fuzz/property.h"

using namespace xauth;

namespace {

ServerLimits small() {
  ServerLimits limits;
  limits.request_line = 64;
  limits.header_block = 256;
  limits.header_count = 4;
  limits.body = 16;
  return limits;
}

void check_form(const IncomingRequest& request) {
  fuzz::require(request.target.starts_with('/') && request.target.size() <= 64, "a path");
  fuzz::require(request.headers.size() <= 4 && request.body.size() <= 16, "within the limits");
  std::string head = request.method + request.target;
  for (const auto& [name, value] : request.headers) head += name + value;
  fuzz::require(head.find_first_of(std::string("\r\n\0", 3)) == head.npos, "no line end inside");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  RequestReader whole(small());
  RequestReader cut(small());
  whole.feed(text);
  for (const char& c : text) cut.feed({&c, 1});
  fuzz::require(whole.complete() == cut.complete() && whole.refusal() == cut.refusal(),
                "packets make no difference");
  fuzz::require(!whole.complete() || whole.refusal() == 0, "complete or refused, not both");
  if (!whole.complete()) return 0;
  const auto request = whole.take();
  check_form(request);
  const auto again = cut.take();
  fuzz::require(again.target == request.target && again.headers == request.headers &&
                    again.body == request.body,
                "packets change no byte");
  return 0;
}
