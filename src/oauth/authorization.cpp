#include "oauth/authorization.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/joined.h"
#include "oauth/resource.h"

namespace xauth::oauth {

namespace {

// Parameters that only the protocol itself sets; `request` and `request_uri` would replace them.
constexpr std::array<std::string_view, 19> kOwned = {"response_type",  "client_id",
                                                     "redirect_uri",   "state",
                                                     "scope",          "nonce",
                                                     "code_challenge", "code_challenge_method",
                                                     "code",           "code_verifier",
                                                     "grant_type",     "refresh_token",
                                                     "client_secret",  "request",
                                                     "request_uri",    "client_assertion",
                                                     "token",          "client_assertion_type",
                                                     "password"};

void append(Url& url, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  const std::string pair = percent_encode(name) + "=" + percent_encode(value);
  url.query = url.query && !url.query->empty() ? *url.query + "&" + pair : pair;
}

// What the person wishes, and what the preset adds where it is not wished otherwise.
Parameters wishes(const Provider& provider, const AuthorizationOptions& options) {
  Parameters wishes;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) wishes.emplace_back(name, value);
  };
  add("audience", options.audience);
  add("prompt", options.prompt);
  add("login_hint", options.login_hint);
  add("max_age", options.max_age);
  wishes.insert(wishes.end(), options.params.begin(), options.params.end());
  return merge(provider.authorize_params, wishes);
}

// Refuses an endpoint whose own query already holds a parameter that we send. RFC 6749 §3.1
void check_no_repetition(const Url& url) {
  std::vector<std::string> names;
  for (const auto& parameter : parse_query(url.query.value_or(""))) {
    if (std::find(names.begin(), names.end(), parameter.name) != names.end()) {
      throw Error(Code::usage,
                  "the authorize request would hold " + parameter.name + " more than once");
    }
    names.push_back(parameter.name);
  }
}

}  // namespace

PendingAuthorization make_authorization_request(const Provider& provider, const Client& client,
                                                const std::string& redirect_uri,
                                                const AuthorizationOptions& options,
                                                const Entropy& for_state,
                                                const Entropy& for_verifier,
                                                const Entropy& for_nonce) {
  PendingAuthorization pending{.url = endpoint("authorize_url", provider.authorize_url),
                               .state = random_value(for_state),
                               .code_verifier = random_value(for_verifier),
                               .nonce = {},
                               .redirect_uri = redirect_uri,
                               .response_mode = response_mode_of(provider, options.params),
                               .provider = provider,
                               .client = client};
  if (asks_openid(options.scope) && provider.id_token_nonce) {
    pending.nonce = random_value(for_nonce);
  }
  Url request = pending.url;
  append(request, "response_type", "code");
  append(request, provider.client_id_parameter, client.id);
  append(request, "redirect_uri", redirect_uri);
  append(request, provider.scope_parameter, joined(options.scope, provider.scope_separator));
  append(request, "state", pending.state.reveal());
  append(request, "code_challenge", code_challenge(pending.code_verifier.reveal()));
  append(request, "code_challenge_method", "S256");
  append(request, "nonce", pending.nonce.reveal());
  for (const auto& [name, value] : wishes(provider, options)) append(request, name, value);
  check_no_repetition(request);
  for (const auto& resource : options.resource) {
    check_resource(resource);
    append(request, "resource", resource);  // the one parameter that may repeat
  }
  pending.url = request;
  return pending;
}

ResponseMode response_mode_of(const Provider& provider, const Parameters& params) {
  std::string mode;
  const auto url = parse_url(provider.authorize_url);
  for (const auto& parameter : parse_query(url ? url->query.value_or("") : "")) {
    if (parameter.name == "response_mode") mode = parameter.value.value_or("");
  }
  for (const auto* more : {&provider.authorize_params, &params}) {
    for (const auto& [name, value] : *more) {
      if (name == "response_mode") mode = value;
    }
  }
  if (mode.empty() || mode == "query") return ResponseMode::query;
  if (mode == "form_post") return ResponseMode::form_post;
  throw Error(Code::usage, "an answer with that response_mode cannot be read here",
              "--param response_mode=query, or form_post");
}

bool asks_openid(const std::vector<std::string>& scopes) {
  return std::find(scopes.begin(), scopes.end(), "openid") != scopes.end();
}

void add_scopes(std::vector<std::string>& scopes, const std::string& text) {
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" ,", at)) != std::string::npos) {
    const auto end = std::min(text.find_first_of(" ,", at), text.size());
    const std::string scope = text.substr(at, end - at);
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
    at = end;
  }
}

std::string missing_scopes(const std::vector<std::string>& asked, const std::string& granted) {
  std::vector<std::string> got;
  add_scopes(got, granted);
  std::vector<std::string> missing;
  for (const auto& scope : asked) {
    if (std::find(got.begin(), got.end(), scope) == got.end()) missing.push_back(scope);
  }
  return joined(missing, " ");
}

Parameters merge(const Parameters& usual, const Parameters& given) {
  Parameters merged;
  for (const auto& param : usual) {
    const bool replaced = std::any_of(
        given.begin(), given.end(), [&](const auto& other) { return other.first == param.first; });
    if (!replaced) merged.push_back(param);
  }
  merged.insert(merged.end(), given.begin(), given.end());
  return merged;
}

bool is_of_protocol(std::string_view name) {
  return std::find(kOwned.begin(), kOwned.end(), name) != kOwned.end();
}

std::pair<std::string, std::string> parse_param(const std::string& option,
                                                const std::string& text) {
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (equals == std::string::npos || name.empty() || !is_printable_ascii(name)) {
    throw Error(Code::usage, option + " needs KEY=VALUE");
  }
  if (is_of_protocol(name)) {
    throw Error(Code::usage, option + " cannot set " + name + ": the protocol itself sends it");
  }
  return {name, text.substr(equals + 1)};
}

}  // namespace xauth::oauth
