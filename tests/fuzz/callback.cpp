#include "oauth/callback.h"

#include "base/encoding.h"
#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

PendingAuthorization pending_with_state() {
  PendingAuthorization pending;
  pending.state = Secret(std::string("fixed-state"));
  pending.provider.issuer = "https://as.example";
  return pending;
}

bool holds_our_state(std::string_view query) {
  std::size_t states = 0;
  bool ours = false;
  for (const auto& [name, value] : parse_query(query)) {
    if (name == "state") ++states, ours = value == "fixed-state";
  }
  return states == 1 && ours;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto pending = pending_with_state();
  const auto query = query_of_pasted(fuzz::text_of(data, size));
  const auto verdict = check_callback(pending, query);
  fuzz::require(std::holds_alternative<NotOurs>(verdict) || holds_our_state(query),
                "nothing is believed without the state");
  if (const auto* callback = std::get_if<CheckedCallback>(&verdict)) {
    const auto& code = callback->code().reveal();
    fuzz::require(!code.empty() && is_utf8(code) && !has_control(code), "a code can be sent");
  }
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    const auto text = text_of(*refusal);
    fuzz::require(is_printable_ascii(text) && text.find("fixed-state") == text.npos,
                  "a refusal can be shown");
  }
  const auto* error = std::get_if<Error>(&verdict);
  fuzz::require(error == nullptr || error->code == Code::bad_response, "a broken answer is 7");
  return 0;
}
