#include "oauth/url_parameters.h"

#include <algorithm>

#include "base/error.h"
#include "base/terminal_text.h"
#include "oauth/url_template.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestLabel = 128;  // twice what a host name's label may be
constexpr std::size_t kLongestShown = 64;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The URL of a server that `value` names; nothing when it names more, or none.
std::optional<Url> server_named(const std::string& value) {
  auto url = parse_url("https://" + value);
  const bool alone = url && url->path.empty() && !url->query && !url->fragment;
  return alone ? url : std::nullopt;
}

bool is_base(const std::string& value) {
  const auto url = parse_url(value);
  return url && is_secure(*url) && !url->query && !url->fragment;
}

[[noreturn]] void fail(const UrlParameter& parameter, const std::string& value,
                       const std::string& wanted) {
  throw Error(Code::usage,
              "'" + for_terminal(value, kLongestShown) + "' is not " + wanted + ": " +
                  parameter.name + " is " + parameter.about,
              "--provider-param " + parameter.name + "=VALUE");
}

const std::string* value_of(const Parameters& values, const std::string& name) {
  for (const auto& [known, value] : values) {
    if (known == name) return &value;
  }
  return nullptr;
}

void check_names(const Provider& provider, const Parameters& values) {
  for (const auto& given : values) {
    const auto& known = provider.parameters;
    const bool found = std::any_of(known.begin(), known.end(),
                                   [&](const auto& one) { return one.name == given.first; });
    if (found) continue;
    std::string names;
    for (const auto& one : known) names += (names.empty() ? "" : ", ") + one.name;
    throw Error(Code::usage,
                provider.name + " has no parameter '" + for_terminal(given.first, kLongestShown) +
                    "'" + (names.empty() ? "" : "; it has " + names),
                "xauth provider show " + provider.id);
  }
}

}  // namespace

bool is_label(const std::string& value) {
  if (value.empty() || value.size() > kLongestLabel || !is_alphanumeric(value.front()))
    return false;
  const bool dots = value.find("..") != std::string::npos || value.back() == '.';
  return !dots && std::all_of(value.begin(), value.end(), [](char c) {
    return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
  });
}

bool is_parameter_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || c == '_' || c == '-';
  });
}

bool is_host(const std::string& text) {
  const auto url = server_named(text);
  return url && url->authority() == text;
}

std::string check_parameter(const UrlParameter& parameter, const std::string& value) {
  switch (parameter.kind) {
    case UrlParameter::Kind::label:
      if (!is_label(value)) fail(parameter, value, "a plain name");
      return value;
    case UrlParameter::Kind::host:
      if (!server_named(value)) fail(parameter, value, "a host name");
      return value;
    case UrlParameter::Kind::url:
      if (!is_base(value)) fail(parameter, value, "an https URL without a query");
      break;
  }
  return value.substr(0, value.find_last_not_of('/') + 1);
}

std::vector<UrlParameter> missing_parameters(const Provider& provider, const Parameters& values) {
  std::vector<UrlParameter> missing;
  for (const auto& parameter : provider.parameters) {
    if (value_of(values, parameter.name) == nullptr && parameter.usual.empty()) {
      missing.push_back(parameter);
    }
  }
  return missing;
}

Parameters settled_parameters(const Provider& provider, const Parameters& values) {
  Parameters settled;
  for (const auto& parameter : provider.parameters) {
    const std::string* given = value_of(values, parameter.name);
    const std::string& value = given != nullptr ? *given : parameter.usual;
    if (!value.empty()) settled.emplace_back(parameter.name, check_parameter(parameter, value));
  }
  return settled;
}

Provider with_parameters(Provider provider, const Parameters& values) {
  check_names(provider, values);
  if (const auto missing = missing_parameters(provider, values); !missing.empty()) {
    const auto& first = missing.front();
    throw Error(Code::usage, provider.name + " needs " + first.name + ": " + first.about,
                "--provider-param " + first.name + "=VALUE");
  }
  const Parameters settled = settled_parameters(provider, values);
  for (std::string* text :
       {&provider.issuer, &provider.authorize_url, &provider.token_url, &provider.refresh_url,
        &provider.client_credentials_url, &provider.device_url, &provider.revoke_url,
        &provider.userinfo_url, &provider.introspect_url, &provider.jwks_url,
        &provider.registration_page, &provider.device.token_url}) {
    *text = fill(*text, settled);
  }
  for (std::string& host : provider.host) host = fill(host, settled);
  return provider;
}

}  // namespace xauth::oauth
