#include "cli/issuer.h"

#include <algorithm>
#include <array>

#include "cli/connection.h"
#include "oauth/id_token.h"

namespace xauth::cli {

namespace {

// An endpoint's URL as options, profiles, metadata and providers have it.
struct UrlMember {
  const char* name;
  std::string LoginOptions::*option;  // null pointer: there is none
  std::string store::Profile::*profile;
  std::string oauth::Endpoints::*metadata;
  std::string oauth::Provider::*provider;
};

using oauth::Endpoints;
using oauth::Provider;
using store::Profile;

constexpr std::array<UrlMember, 7> kUrls = {{
    {"authorize_url", &LoginOptions::authorize_url, &Profile::authorize_url,
     &Endpoints::authorize_url, &Provider::authorize_url},
    {"token_url", &LoginOptions::token_url, &Profile::token_url, &Endpoints::token_url,
     &Provider::token_url},
    {"device_url", &LoginOptions::device_url, &Profile::device_url, &Endpoints::device_url,
     &Provider::device_url},
    {"revoke_url", &LoginOptions::revoke_url, &Profile::revoke_url, &Endpoints::revoke_url,
     &Provider::revoke_url},
    {"userinfo_url", &LoginOptions::userinfo_url, &Profile::userinfo_url, &Endpoints::userinfo_url,
     &Provider::userinfo_url},
    {"introspect_url", nullptr, &Profile::introspect_url, &Endpoints::introspect_url,
     &Provider::introspect_url},
    {"jwks_url", nullptr, &Profile::jwks_url, &Endpoints::jwks_url, &Provider::jwks_url},
}};

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// The methods that the metadata lists and we know, Basic first: every server must take it.
// RFC 6749 §2.3.1
std::vector<oauth::ClientAuth> client_auth_in(const oauth::Metadata& metadata) {
  std::vector<oauth::ClientAuth> methods;
  for (const auto& name : metadata.token_endpoint_auth_methods_supported) {
    const auto method = oauth::client_auth_from(name);
    if (!method || std::find(methods.begin(), methods.end(), *method) != methods.end()) continue;
    methods.insert(*method == oauth::ClientAuth::basic ? methods.begin() : methods.end(), *method);
  }
  return methods;
}

// Whether a person has said where this login goes, not a preset or an issuer.
bool is_by_hand(const Context& context, const Profile& profile) {
  if (!issuer_to_ask(context, profile).empty()) {
    return contains(profile.given_url, "authorize_url") || contains(profile.given_url, "token_url");
  }
  return !profile.authorize_url.empty() || !profile.token_url.empty();
}

// The provider of a profile; one without endpoints where its preset is not known any more.
Provider provider_or_none(const Context& context, const Profile& profile) {
  try {
    return provider_of(context, profile);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::string issuer_to_ask(const Context& context, const Profile& profile) {
  if (!profile.issuer.empty() || profile.provider.empty()) return profile.issuer;
  const Provider preset = provider_of(
      context, {.provider = profile.provider, .provider_param = profile.provider_param});
  const bool complete = !preset.authorize_url.empty() && !preset.token_url.empty();
  return complete ? std::string() : preset.issuer;
}

void forget_found_urls(Profile& profile, const LoginOptions& options) {
  for (const auto& url : kUrls) {
    const bool given_now = url.option != nullptr && !(options.*url.option).empty();
    if (given_now && !contains(profile.given_url, url.name)) profile.given_url.push_back(url.name);
    if (!contains(profile.given_url, url.name)) (profile.*url.profile).clear();
  }
}

void add_found(const oauth::Metadata& metadata, Profile& profile, Provider& provider) {
  for (const auto& url : kUrls) {
    if (!(provider.*url.provider).empty()) continue;
    profile.*url.profile = metadata.endpoints.*url.metadata;
    provider.*url.provider = metadata.endpoints.*url.metadata;
  }
  if (provider.client_auth.empty()) provider.client_auth = client_auth_in(metadata);
  if (provider.client_auth_algorithms.empty()) {
    for (const auto& name : metadata.token_endpoint_auth_signing_alg_values_supported) {
      const auto algorithm = jose::algorithm_from(name);
      if (algorithm) provider.client_auth_algorithms.push_back(*algorithm);
    }
  }
  if (provider.scope.empty()) provider.scope = usual_scopes(metadata);
  provider.sends_iss = metadata.sends_iss;
  if (provider.id_token_algs.empty()) {
    provider.id_token_algs =
        oauth::signing_algorithms(metadata.id_token_signing_alg_values_supported);
  }
}

void use_mtls_endpoints(const oauth::Metadata& metadata, Profile& profile, Provider& provider) {
  for (const auto& url : kUrls) {
    const std::string& alias = metadata.mtls.*url.metadata;
    const bool found = provider.*url.provider == metadata.endpoints.*url.metadata;
    if (alias.empty() || !found || contains(profile.given_url, url.name)) continue;
    profile.*url.profile = alias;
    provider.*url.provider = alias;
  }
}

std::vector<std::string> usual_scopes(const oauth::Metadata& metadata) {
  std::vector<std::string> scopes;
  if (!metadata.openid) return scopes;
  const auto& listed = metadata.scopes_supported;
  for (const char* scope : {"openid", "profile", "email", "offline_access"}) {
    if (listed.empty() || contains(listed, scope)) scopes.emplace_back(scope);
  }
  return scopes;
}

std::vector<std::string> elsewhere(const oauth::Metadata& metadata) {
  const std::string home = oauth::issuer_url(metadata.issuer).host;
  std::vector<std::string> out;
  for (const auto& url : kUrls) {
    const auto parsed = parse_url(metadata.endpoints.*url.metadata);
    if (!parsed || parsed->host == home) continue;
    out.push_back(std::string(url.name) + " is on another host than the issuer: " + parsed->host);
  }
  return out;
}

void check_one_place(const Context& context, const store::Config& config, const std::string& name,
                     const Profile& profile) {
  const Provider provider = provider_of(context, profile);
  if (provider.issuer.empty()) return;
  for (const auto& other_name : config.names()) {
    if (other_name == name) continue;
    const Profile other = config.profile(other_name).value_or(Profile());
    const Provider there = provider_or_none(context, other);
    const bool same_place =
        there.authorize_url == provider.authorize_url && there.token_url == provider.token_url;
    if (there.issuer != provider.issuer || same_place) continue;
    if (!is_by_hand(context, profile) && !is_by_hand(context, other)) continue;
    throw Error(
        Code::usage,
        "profile " + other_name + " has the same issuer (" + provider.issuer +
            ") with other endpoints, and one issuer has only one place",
        "leave --authorize-url and --token-url out, or: xauth logout --forget " + other_name);
  }
}

}  // namespace xauth::cli
