#include "oauth/token.h"

#include "base/encoding.h"
#include "fuzz/property.h"
#include "oauth/preset.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest refresh_request() {
  HttpRequest request;
  request.url = *parse_url("https://as.example/token");
  request.form = {{"refresh_token", Secret(std::string("sent-secret"))}};
  return request;
}

bool is_safe(const std::string& text) { return is_utf8(text) && !has_control(text); }

void check_grant(const TokenGrant& grant) {
  fuzz::require(!grant.access_token.empty() && grant.token_type == "Bearer", "a grant is usable");
  for (const auto* token : {&grant.access_token, &grant.refresh_token, &grant.id_token}) {
    fuzz::require(is_printable_ascii(token->reveal()), "a token fits into a header");
  }
  fuzz::require(!grant.expires_in || grant.expires_in->count() > 0, "a life is positive");
}

// What the answer is read as: by the standards alone for 0, else as one of the presets has it.
const Provider& provider_for(unsigned choice) {
  static const auto providers = [] {
    std::vector<Provider> all(1);
    for (const auto& id : preset_ids()) all.push_back(*find_preset(id));
    return all;
  }();
  return providers[choice % providers.size()];
}

}  // namespace

// The first byte chooses status and type, the second the preset, the rest is the body.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const char* type = (*data & 1) != 0 ? "application/x-www-form-urlencoded" : "application/json";
  const HttpResponse response = {(*data & 2) != 0 ? 400 : 200, {{"Content-Type", type}}, {}};
  static const auto request = refresh_request();
  try {
    const auto answer = check_token_response(
        provider_for(data[1]), request,
        {response.status, response.headers, std::string(fuzz::text_of(data + 2, size - 2))});
    if (const auto* grant = std::get_if<TokenGrant>(&answer)) {
      check_grant(*grant);
      fuzz::require(response.status == 200, "only 200 grants");
      return 0;
    }
    const auto text = text_of(std::get<Refusal>(answer));
    fuzz::require(is_printable_ascii(text) && text.find("sent-secret") == text.npos,
                  "a refusal can be shown");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::bad_response && is_safe(error.message),
                  "a bad answer is told so, in text that can be shown");
  }
  return 0;
}
