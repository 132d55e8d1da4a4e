// For which hosts a profile's token is a password: those and no others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "store/profile.h"
#include "store/token_file.h"

namespace xauth::cli {

// The user name beside a token, where the tool names none: providers look at the token alone.
inline constexpr const char* kCredentialUser = "oauth2";

// A profile as a credential helper sees it.
struct CredentialProfile {
  std::string name;
  store::Profile settings;
  std::vector<std::string> hosts;  // the profile's `host`, else its preset's; with a port or not
};

// The profile that is meant by `given`, as choose_profile() has it; nothing when there is none: a
// tool that asks for everything must not be told about logins for nothing.
std::optional<CredentialProfile> credential_profile(const Context& context,
                                                    const std::string& given);

// The same; nothing also when `host` is none of its hosts, byte for byte.
std::optional<CredentialProfile> profile_for_host(const Context& context, const std::string& given,
                                                  const std::string& host);

// The host of an https URL, with the port where it is named, as it is written there; nothing for
// another scheme, a user name, or what is no URL.
std::optional<std::string> https_host(const std::string& url);

// The tokens of that profile, renewed if need be, with `id_token` good as well. Throws Error as
// usable_tokens does, and login_needed when they were not made for the profile's provider.
store::Tokens credential_tokens(const Context& context, const CredentialProfile& profile,
                                bool id_token = false);

}  // namespace xauth::cli
