#include "oauth/client_auth.h"

#include <algorithm>
#include <array>
#include <string>
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

bool uses_secret(ClientAuth method) {
  return method == ClientAuth::basic || method == ClientAuth::post ||
         method == ClientAuth::client_secret_jwt;
}

std::vector<std::string> client_auth_names() {
  std::vector<std::string> names;
  for (const auto& [name, method] : kNames) {
    if (name == name_of(method)) names.emplace_back(name);  // not the registry's name for the same
  }
  return names;
}

ClientAuth choose_client_auth(const std::vector<ClientAuth>& taken,
                              std::optional<ClientAuth> configured, const Proofs& proofs) {
  if (configured) return *configured;
  if (proofs.certificate) return ClientAuth::tls_client_auth;
  if (proofs.key) return ClientAuth::private_key_jwt;
  if (!proofs.secret) return ClientAuth::none;
  const auto sends_secret = std::find_if(taken.begin(), taken.end(), [](ClientAuth method) {
    return method == ClientAuth::basic || method == ClientAuth::post;
  });
  if (sends_secret != taken.end()) return *sends_secret;
  const bool signs =
      std::find(taken.begin(), taken.end(), ClientAuth::client_secret_jwt) != taken.end();
  if (signs) return ClientAuth::client_secret_jwt;
  return taken.empty() ? ClientAuth::basic : ClientAuth::none;
}

}  // namespace xauth::oauth
