#include "cli/connection.h"

#include <algorithm>

#include "base/terminal_text.h"
#include "cli/client.h"
#include "cli/presets.h"
#include "cli/provider_params.h"
#include "cli/trace.h"
#include "oauth/url_parameters.h"
#include "system/real_system.h"

namespace xauth::cli {

namespace {

// A provider that has no preset.
oauth::Provider unnamed(const std::string& issuer) {
  const auto url = parse_url(issuer);
  return {.id = issuer.empty() ? "custom" : issuer, .name = url ? url->host : "the provider"};
}

void replace(std::string& url, const std::string& with) {
  if (!with.empty()) url = with;
}

// The endpoints are who a provider is: at another token endpoint than its own, a preset's issuer
// and keys say nothing.
void leave_issuer(oauth::Provider& provider) {
  provider.issuer.clear();
  provider.jwks_url.clear();
  provider.id_token_required = false;  // nobody can tell whether it is one
}

// An application's own tokens come, at some providers, from an endpoint of their own, and the
// others are then for the tokens of persons.
void turn_to_application(oauth::Provider& provider) {
  if (provider.client_credentials_url.empty()) return;
  provider.token_url = provider.client_credentials_url;
  provider.revoke_url.clear();
  provider.userinfo_url.clear();
}

// Where all presets that can be read have their tokens: whose answer is traced is not known.
std::vector<std::string> token_paths(const Context& context) {
  std::vector<std::string> paths;
  for (const auto& id : preset_ids(context)) {
    try {
      const oauth::GrantFields fields = preset_named(context, id).grant;
      paths.insert(paths.end(), {fields.access_token, fields.refresh_token});
    } catch (const Error&) {  // who means that one is told elsewhere
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace

bool same_server(const std::string& one, const std::string& other) {
  const auto a = parse_url(one);
  const auto b = parse_url(other);
  return a && b && a->scheme == b->scheme && a->host == b->host &&
         a->effective_port() == b->effective_port();
}

std::optional<oauth::Provider> preset_of(const Context& context, const store::Profile& profile) {
  if (profile.provider.empty()) return std::nullopt;
  return preset_named(context, profile.provider);
}

oauth::Provider provider_of(const Context& context, const store::Profile& profile) {
  return provider_of(preset_of(context, profile), profile);
}

oauth::Provider provider_of(std::optional<oauth::Provider> preset, const store::Profile& profile) {
  oauth::Provider provider =
      preset
          ? oauth::with_parameters(*std::move(preset), provider_params_of(profile.provider_param))
          : unnamed(profile.issuer);
  if (profile.client_credentials) turn_to_application(provider);
  const bool moves = !provider.token_url.empty() && !profile.token_url.empty() &&
                     !same_server(provider.token_url, profile.token_url);
  if (moves) leave_issuer(provider);
  replace(provider.issuer, profile.issuer);
  replace(provider.authorize_url, profile.authorize_url);
  replace(provider.token_url, profile.token_url);
  replace(provider.device_url, profile.device_url);
  replace(provider.revoke_url, profile.revoke_url);
  replace(provider.userinfo_url, profile.userinfo_url);
  replace(provider.introspect_url, profile.introspect_url);
  replace(provider.jwks_url, profile.jwks_url);
  if (!profile.client_auth_algorithm.empty()) provider.client_auth_algorithms.clear();
  for (const auto& name : profile.client_auth_algorithm) {
    const auto algorithm = jose::algorithm_from(name);
    if (algorithm) provider.client_auth_algorithms.push_back(*algorithm);
  }
  return provider;
}

std::string token_url_of(const Context& context, const store::Profile& profile) {
  try {
    return provider_of(context, profile).token_url;
  } catch (const Error&) {
    return {};
  }
}

Connection connection_of(const Context& context, const std::string& name,
                         const store::Profile& profile) {
  Connection connection;
  connection.provider = provider_of(context, profile);
  store::Profile settled = profile;
  const bool says_how = !profile.client_auth.empty() || !profile.client_key_file.empty() ||
                        !profile.client_certificate_file.empty();
  if (!says_how && context.store.client_secret(name).empty()) settled.client_auth = "none";
  connection.client = client_of(context, name, settled, connection.provider, std::nullopt);
  connection.token_params = params_of("token_param", profile.token_param);
  return connection;
}

std::string kept_browser(const Context& context) {
  const bool named = !environment("XAUTH_BROWSER").empty() || !environment("BROWSER").empty();
  return named ? std::string() : context.store.config().setting("browser");
}

System system_of(const Context& context, const std::string& ca_file, const std::string& browser,
                 const HttpLimits& limits) {
  const auto say = [&context](const std::string& line) { context.out.say(line); };
  System system =
      real_system({.ca_file = ca_file, .browser = browser, .say = say, .limits = limits});
  if (context.global.trace) {
    system.send = traced(std::move(system.send), say, token_paths(context));
  } else if (context.global.verbose) {
    system.send = told_briefly(std::move(system.send), say);
  }
  return system;
}

oauth::Parameters params_of(const std::string& option, const std::vector<std::string>& texts) {
  oauth::Parameters params;
  for (const auto& text : texts) {
    auto param = oauth::parse_param(option, text);
    const bool repeated = std::any_of(params.begin(), params.end(), [&](const auto& other) {
      return other.first == param.first;
    });
    if (repeated) throw Error(Code::usage, option + " gives " + param.first + " more than once");
    params.push_back(std::move(param));
  }
  return params;
}

}  // namespace xauth::cli
