#include "store/token_file.h"

#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::store;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tokens = parse_tokens(fuzz::text_of(data, size));
  if (!tokens) return 0;
  fuzz::require(!tokens->access_token.empty(), "a token file holds a token");
  const auto text = text_of(*tokens).reveal();
  const auto again = parse_tokens(text);
  fuzz::require(again && text_of(*again).reveal() == text, "what is saved is read as the same");
  fuzz::require(again->access_token.matches(tokens->access_token.reveal()) &&
                    again->refresh_token.matches(tokens->refresh_token.reveal()) &&
                    again->account_id == tokens->account_id &&
                    again->expires_at == tokens->expires_at && again->refused == tokens->refused &&
                    again->others.text() == tokens->others.text(),
                "nothing is lost by a save");
  return 0;
}
