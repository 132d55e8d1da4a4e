#include "oauth/token.h"

#include <charconv>
#include <cmath>

#include "base/encoding.h"
#include "base/terminal_text.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestToken = 64 * 1024;  // JWTs with many groups reach some 10 KiB
constexpr std::size_t kLongestText = 4 * 1024;
constexpr double kTenYears = 10 * 365.25 * 86400;  // beyond it providers mean "never"

HttpRequest token_request(const Provider& provider, const Client& client, Form form,
                          const Parameters& more, const Moment& moment) {
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint("token_url", provider.token_url);
  for (const auto& [name, value] : more) {
    if (!value.empty()) form.push_back({name, value});
  }
  request.form = std::move(form);
  authenticate(request, provider, client, moment);
  return request;
}

[[noreturn]] void bad(const std::string& host, const std::string& what,
                      const std::string& hint = {}) {
  throw Error(Code::bad_response, "the answer of " + host + " " + what, hint);
}

// A member of the answer as a string within `most` bytes; empty when absent or null.
std::string text_member(const Json& body, const char* name, std::size_t most,
                        const std::string& host) {
  const Json* member = body.find(name);
  if (member == nullptr || member->is_null()) return {};
  if (member->string() == nullptr) bad(host, "has a " + std::string(name) + " that is no string");
  if (member->string()->size() > most)
    bad(host, "has a " + std::string(name) + " that is too long");
  return *member->string();
}

Secret token_member(const Json& body, const char* name, const std::string& host) {
  Secret token(text_member(body, name, kLongestToken, host));
  if (!is_printable_ascii(token.reveal())) {
    bad(host, "has control or non-ASCII characters in its " + std::string(name));
  }
  return token;
}

// The number that `expires_in` means: a JSON number or a string of digits. Fractions are cut.
std::optional<Seconds> expires_in_member(const Json& body, const std::string& host) {
  const Json* member = body.find("expires_in");
  if (member == nullptr || member->is_null()) return std::nullopt;
  const auto* number = member->number();
  const auto* digits = member->string();
  if (number == nullptr && digits == nullptr) bad(host, "has an expires_in that is no number");
  const std::string& text = number != nullptr ? number->text : *digits;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  const bool plain = number != nullptr || text.find_first_not_of("0123456789") == std::string::npos;
  if (!whole || !plain || !std::isfinite(value) || value < 0) {
    bad(host, "has an expires_in that is no number of seconds");
  }
  if (value < 1 || value > kTenYears) return std::nullopt;
  return Seconds(static_cast<Seconds::rep>(value));
}

std::optional<std::string> scope_member(const Json& body, const std::string& host) {
  const Json* member = body.find("scope");
  if (member == nullptr || member->is_null()) return std::nullopt;
  if (const auto* list = member->array()) {
    std::vector<std::string> scopes;
    for (const Json& item : *list) {
      if (item.string() == nullptr) bad(host, "has a scope that is no string");
      scopes.push_back(*item.string());
    }
    return join_scopes(scopes, " ");
  }
  return text_member(body, "scope", kLongestText, host);
}

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] | 0x20) : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

TokenGrant read_grant(const Json& body, const std::string& host) {
  TokenGrant grant;
  grant.access_token = token_member(body, "access_token", host);
  if (grant.access_token.empty()) bad(host, "holds no access_token");
  grant.token_type = text_member(body, "token_type", kLongestText, host);
  if (grant.token_type.empty()) grant.token_type = "Bearer";  // real providers leave it out
  if (!same_word(grant.token_type, "bearer")) {
    bad(host, "is a token of type " + for_terminal(grant.token_type, 40) + ", not Bearer");
  }
  grant.token_type = "Bearer";
  grant.refresh_token = token_member(body, "refresh_token", host);
  grant.id_token = token_member(body, "id_token", host);
  grant.expires_in = expires_in_member(body, host);
  grant.scope = scope_member(body, host);
  return grant;
}

Refusal read_refusal(const Provider& provider, const HttpRequest& request, const Json& body,
                     const std::string& host) {
  const std::string error = text_member(body, "error", kLongestText, host);
  if (error.empty()) bad(host, "has an empty error");
  const auto text = [&](const char* name) {
    const Json* member = body.find(name);
    return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
  };
  Refusal refusal =
      make_refusal(error, text("error_description"), text("error_uri"), secrets_of(request));
  interpret(provider, refusal);
  return refusal;
}

// An answer without JSON: its fields when it is a form, else an error.
Json body_of(const HttpResponse& response, const std::string& host) {
  const std::string type = find_header(response.headers, "Content-Type").value_or("");
  if (type.starts_with("application/x-www-form-urlencoded")) {
    Json fields((Json::Object()));
    for (const auto& parameter : parse_query(response.body)) {
      if (fields.find(parameter.name) != nullptr) {
        bad(host, "repeats " + for_terminal(parameter.name, 40));
      }
      fields.set(parameter.name, Json(parameter.value.value_or("")));
    }
    return fields;
  }
  auto json = parse_json(response.body);
  if (json && json->object() != nullptr) return *std::move(json);
  const std::string status = " (status " + std::to_string(response.status) + ")";
  if (type.starts_with("text/html")) {
    bad(host, "is a web page, not a token" + status,
        "check the token URL; a proxy or a sign-in page of the network may stand in between");
  }
  if (response.body.empty()) bad(host, "is empty" + status);
  bad(host, "is not a JSON object" + status);
}

}  // namespace

HttpRequest make_code_request(const PendingAuthorization& pending, const CheckedCallback& callback,
                              const Parameters& more, const Moment& moment) {
  Form form = {{"grant_type", "authorization_code"},
               {"code", callback.code()},
               {"redirect_uri", pending.redirect_uri},
               {"code_verifier", pending.code_verifier}};
  return token_request(pending.provider, pending.client, std::move(form), more, moment);
}

HttpRequest make_refresh_request(const Provider& provider, const Client& client,
                                 const Secret& refresh_token, const Parameters& more,
                                 const Moment& moment) {
  Form form = {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
  return token_request(provider, client, std::move(form), more, moment);
}

TokenAnswer check_token_response(const Provider& provider, const HttpRequest& request,
                                 const HttpResponse& response) {
  const std::string& host = request.url.host;
  check_answered(response, host);
  const Json body = body_of(response, host);
  if (const Json* error = body.find("error"); error != nullptr && !error->is_null()) {
    return read_refusal(provider, request, body, host);
  }
  if (response.status != 200) {
    bad(host, "has status " + std::to_string(response.status) + " without an OAuth error");
  }
  return read_grant(body, host);
}

void check_answered(const HttpResponse& response, const std::string& host) {
  const std::string status = std::to_string(response.status);
  if (response.status >= 300 && response.status < 400) {
    const auto target = parse_url(find_header(response.headers, "Location").value_or(""));
    bad(host, "is a redirect (status " + status + ")" +
                  (target ? " to " + target->host : std::string()) + ", which is not followed");
  }
  if (response.status >= 500 || response.status == 429) {
    const char* what = response.status == 429 ? " asks to slow down" : " has a problem of its own";
    throw Error(Code::unreachable, host + what + " (status " + status + ")", "try again later");
  }
}

}  // namespace xauth::oauth
