#include "cli/credential_host.h"

#include <algorithm>

#include "cli/connection.h"
#include "cli/renewal.h"
#include "cli/usable_tokens.h"
#include "store/profile_name.h"

namespace xauth::cli {

std::optional<CredentialProfile> credential_profile(const Context& context,
                                                    const std::string& given) {
  const store::Config config = context.store.config();
  std::string name = given.empty() ? environment("XAUTH_PROFILE") : given;
  if (name.empty()) name = config.default_profile();
  if (name.empty()) return std::nullopt;
  store::check_profile_name(name);
  const auto profile = config.profile(name);
  if (!profile) return std::nullopt;
  auto hosts = profile->host.empty() ? provider_of(context, *profile).host : profile->host;
  return CredentialProfile{name, *profile, std::move(hosts)};
}

std::optional<CredentialProfile> profile_for_host(const Context& context, const std::string& given,
                                                  const std::string& host) {
  auto profile = credential_profile(context, given);
  if (!profile) return std::nullopt;
  const auto& hosts = profile->hosts;
  if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) return profile;
  context.out.detail("another host than those of " + profile->name + ": nothing to answer");
  return std::nullopt;
}

std::optional<std::string> https_host(const std::string& url) {
  constexpr std::string_view kScheme = "https://";
  const auto parsed = parse_url(url);
  if (!parsed || !url.starts_with(kScheme)) return std::nullopt;
  const std::string rest = url.substr(kScheme.size());
  const std::string host = rest.substr(0, rest.find_first_of("/?#"));
  return parsed->authority() == host ? std::optional(host) : std::nullopt;
}

store::Tokens credential_tokens(const Context& context, const CredentialProfile& profile,
                                bool id_token) {
  auto tokens = usable_tokens(context, profile.name, {.id_token = id_token});
  require_fit(context, profile.name, profile.settings, tokens);
  return tokens;
}

}  // namespace xauth::cli
