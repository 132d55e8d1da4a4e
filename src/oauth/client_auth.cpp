#include "oauth/client_auth.h"

#include <algorithm>
#include <array>
#include <utility>

namespace xauth::oauth {

namespace {

// Our names first, then the registry's for the same.
constexpr std::array<std::pair<std::string_view, ClientAuth>, 9> kNames = {{
    {"none", ClientAuth::none},
    {"basic", ClientAuth::basic},
    {"post", ClientAuth::post},
    {"client_secret_jwt", ClientAuth::client_secret_jwt},
    {"private_key_jwt", ClientAuth::private_key_jwt},
    {"tls_client_auth", ClientAuth::tls_client_auth},
    {"client_secret_basic", ClientAuth::basic},
    {"client_secret_post", ClientAuth::post},
    {"self_signed_tls_client_auth", ClientAuth::tls_client_auth},
}};

}  // namespace

std::optional<ClientAuth> client_auth_from(std::string_view name) {
  for (const auto& [known, method] : kNames) {
    if (known == name) return method;
  }
  return std::nullopt;
}

std::string_view name_of(ClientAuth method) {
  const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                         [&](const auto& known) { return known.second == method; });
  return found->first;
}

ClientAuth choose_client_auth(const std::vector<ClientAuth>& taken,
                              std::optional<ClientAuth> configured, bool has_secret) {
  if (configured) return *configured;
  if (!has_secret) return ClientAuth::none;
  const auto sends_secret = std::find_if(taken.begin(), taken.end(), [](ClientAuth method) {
    return method == ClientAuth::basic || method == ClientAuth::post;
  });
  return sends_secret == taken.end() ? ClientAuth::basic : *sends_secret;
}

}  // namespace xauth::oauth
