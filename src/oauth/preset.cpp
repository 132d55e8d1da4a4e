#include "oauth/preset.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/error.h"
#include "base/header_name.h"
#include "base/terminal_text.h"
#include "oauth/authorization.h"
#include "oauth/embedded_presets.h"
#include "oauth/preset_reader.h"
#include "oauth/redirect_uri.h"
#include "oauth/url_parameters.h"
#include "oauth/url_template.h"

namespace xauth::oauth {

namespace {

// The errors that a preset may translate to. RFC 6749 §4.1.2.1, §5.2; RFC 8628 §3.5; RFC 7009
// §2.2.1
constexpr std::array<std::string_view, 16> kStandardErrors = {
    "invalid_request",        "invalid_client",   "invalid_grant",
    "unauthorized_client",    "access_denied",    "unsupported_grant_type",
    "invalid_scope",          "server_error",     "temporarily_unavailable",
    "authorization_pending",  "slow_down",        "expired_token",
    "unsupported_token_type", "consent_required", "interaction_required",
    "invalid_token"};

template <class List, class Item>
bool holds(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::vector<UrlParameter> read_parameters(PresetReader& preset) {
  std::vector<UrlParameter> parameters;
  for (auto& entry : preset.objects("parameters")) {
    UrlParameter parameter;
    parameter.name = entry.text("name");
    parameter.about = entry.text("about");
    const auto kind = entry.word("kind", {"label", "host", "url"});
    if (kind == "host") parameter.kind = UrlParameter::Kind::host;
    if (kind == "url") parameter.kind = UrlParameter::Kind::url;
    parameter.usual = entry.text("usual");
    entry.finish();
    if (parameter.name.empty()) entry.fail("is needed", "name");
    if (!is_parameter_name(parameter.name)) {
      entry.fail("may hold letters, digits, _ and - only", "name");
    }
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

// Reads URLs and hosts in which some names in braces may stand, and checks them as if they were
// filled.
class UrlReader {
 public:
  UrlReader(PresetReader& preset, std::string id, const std::vector<UrlParameter>& parameters)
      : preset_(preset), id_(std::move(id)) {
    for (const auto& parameter : parameters) {
      const bool whole = parameter.kind == UrlParameter::Kind::url;
      samples_.emplace_back(parameter.name, whole ? "https://host.example" : "host.example");
    }
  }

  std::string url(std::string_view field, const std::vector<std::string>& further = {}) {
    auto text = preset_.text(field);
    if (text.empty()) return text;
    Parameters samples = samples_;
    for (const auto& name : further) samples.emplace_back(name, "sample");
    endpoint("preset " + id_ + ": " + std::string(field), filled(field, text, samples));
    return text;
  }

  std::vector<std::string> hosts(std::string_view field) {
    auto hosts = preset_.texts(field);
    for (const auto& host : hosts) {
      if (!is_host(filled(field, host, samples_))) {
        preset_.fail("needs host names, such as git.example or git.example:8443", field);
      }
    }
    return hosts;
  }

 private:
  std::string filled(std::string_view field, const std::string& text,
                     const Parameters& samples) const {
    std::string filled = fill(text, samples);
    if (names_in(filled).empty()) return filled;
    preset_.fail("holds a {name} that is not among its parameters", field);
  }

  PresetReader& preset_;
  std::string id_;
  Parameters samples_;
};

void read_urls(PresetReader& preset, Provider& provider) {
  UrlReader reader(preset, provider.id, provider.parameters);
  provider.issuer_claims = preset.pairs("issuer_claims");
  std::vector<std::string> claims;
  for (const auto& [name, claim] : provider.issuer_claims) claims.push_back(name);
  provider.issuer = reader.url("issuer", claims);
  provider.authorize_url = reader.url("authorize_url");
  provider.token_url = reader.url("token_url");
  provider.refresh_url = reader.url("refresh_url");
  provider.client_credentials_url = reader.url("client_credentials_url");
  provider.device_url = reader.url("device_url");
  provider.revoke_url = reader.url("revoke_url", {"client_id"});
  provider.userinfo_url = reader.url("userinfo_url");
  provider.introspect_url = reader.url("introspect_url");
  provider.jwks_url = reader.url("jwks_url");
  provider.registration_page = reader.url("registration_page");
}

std::vector<ClientAuth> read_client_auth(PresetReader& preset) {
  std::vector<ClientAuth> methods;
  for (const std::string& name : preset.texts("client_auth")) {
    const auto method = client_auth_from(name);
    if (!method) preset.fail("is not a client authentication method", name);
    methods.push_back(*method);
  }
  return methods;
}

std::vector<jose::Algorithm> read_algorithms(PresetReader& preset, std::string_view field) {
  std::vector<jose::Algorithm> algorithms;
  for (const std::string& name : preset.texts(field)) {
    const auto algorithm = jose::algorithm_from(name);
    if (!algorithm) preset.fail("is not a signature algorithm", name);
    algorithms.push_back(*algorithm);
  }
  return algorithms;
}

void read_id_token(PresetReader& preset, Provider& provider) {
  provider.id_token_algs = read_algorithms(preset, "id_token_algs");
  provider.id_token_required = !preset.flag("id_token_optional");
  provider.id_token_nonce = !preset.flag("id_token_without_nonce");
}

// A redirect URI that a login can use: http leads to this machine.
std::string read_redirect_uri(PresetReader& preset) {
  constexpr const char* kField = "redirect_uri";
  auto text = preset.text(kField);
  if (text.empty()) return text;
  try {
    const RedirectUri uri = parse_redirect_uri(text);
    if (!uri.url || is_secure(*uri.url)) return text;
  } catch (const Error&) {  // told below, with the preset's name
  }
  preset.fail("must be an absolute URI without fragment; http is for this machine only", kField);
}

void read_registration(PresetReader& preset, Provider& provider) {
  provider.client_auth = read_client_auth(preset);
  provider.client_auth_algorithms = read_algorithms(preset, "client_auth_algorithms");
  provider.any_port = preset.flag("any_port");
  provider.redirect_uri = read_redirect_uri(preset);
  provider.paste_only = preset.flag("paste_only");
  provider.redirect_note = preset.text("redirect_note");
  provider.registration_note = preset.text("registration_note");
}

BodyFormat format_of(const std::string& word) {
  if (word == "json") return BodyFormat::json;
  return word == "query" ? BodyFormat::query : BodyFormat::form;
}

// Further parameters of requests: none of those that are sent anyway, as each may be there once;
// `but` is one that this request does not have of its own.
Parameters read_params(PresetReader& preset, std::string_view field, const Provider& provider,
                       std::string_view but = {}) {
  auto params = preset.pairs(field);
  for (const auto& [name, value] : params) {
    const bool sent = is_of_protocol(name) || name == provider.client_id_parameter ||
                      name == provider.client_secret_parameter || name == provider.scope_parameter;
    if (sent && name != but) {
      preset.fail("cannot set " + for_terminal(name, 64) + ": it is sent anyway", field);
    }
  }
  return params;
}

void read_requests(PresetReader& preset, Provider& provider) {
  provider.scope = preset.texts("scope");
  provider.scope_separator = preset.text_or("scope_separator", " ");
  if (has_control(provider.scope_separator)) {
    preset.fail("cannot hold control characters", "scope_separator");
  }
  provider.scope_parameter = preset.text_or("scope_parameter", "scope");
  provider.client_id_parameter = preset.text_or("client_id_parameter", "client_id");
  provider.client_secret_parameter = preset.text_or("client_secret_parameter", "client_secret");
  provider.authorize_params = read_params(preset, "authorize_params", provider);
  provider.token_params = read_params(preset, "token_params", provider);
  provider.refresh_params = read_params(preset, "refresh_params", provider);
  provider.token_request = format_of(preset.word("token_request", {"form", "json", "query"}));
}

void read_revocation(PresetReader& preset, Provider& provider) {
  const auto style = preset.word("revoke_style", {"rfc7009", "json", "bearer"});
  if (style == "json") provider.revoke_style = RevokeStyle::json;
  if (style == "bearer") provider.revoke_style = RevokeStyle::bearer;
  provider.revoke_method = preset.word("revoke_method", {"POST", "DELETE", "GET"});
  provider.revoke_token_parameter = preset.text_or("revoke_token_parameter", "token");
  provider.revoke_only = preset.word("revoke_only", {"", "access_token", "refresh_token"});
}

Parameters read_headers(PresetReader& preset, std::string_view field) {
  auto headers = preset.pairs(field);
  for (const auto& [name, value] : headers) {
    if (!is_token(name)) preset.fail("holds what is no name of a header", field);
    if (has_control(value)) preset.fail("has control characters in " + name, field);
    if (same_header_name(name, "Authorization")) {
      preset.fail("cannot set Authorization: the token is sent there", field);
    }
  }
  return headers;
}

void read_account(PresetReader& preset, Provider& provider) {
  provider.account_method = preset.word("account_method", {"GET", "POST"});
  provider.account_headers = read_headers(preset, "account_headers");
  provider.account_body = preset.pairs("account_body");
  provider.account_body_format = format_of(preset.word("account_body_format", {"json", "form"}));
  provider.account_field = preset.text("account_field");
  provider.account_id_field = preset.text("account_id_field");
}

void read_success(PresetReader& preset, GrantFields& grant) {
  auto success = preset.object("success");
  if (!success) return;
  grant.success_field = success->text("field");
  grant.success_value = success->scalar("value");
  success->finish();
  if (grant.success_field.empty()) success->fail("is needed", "field");
}

GrantFields read_grant_fields(PresetReader& preset) {
  GrantFields grant;
  read_success(preset, grant);
  grant.answer_at = preset.texts("answer_at");
  grant.access_token = preset.text_or("access_token_field", grant.access_token);
  grant.refresh_token = preset.text_or("refresh_token_field", grant.refresh_token);
  grant.expires_in = preset.text_or("expires_in_field", grant.expires_in);
  grant.expires_at = preset.text("expires_at_field");
  grant.scope = preset.text_or("scope_field", grant.scope);
  grant.token_types = preset.texts("token_types");
  grant.answer_types = preset.texts("answer_types");
  return grant;
}

ErrorMeaning read_error(PresetReader& entry) {
  ErrorMeaning error;
  error.grant = entry.word("grant", {"", "authorize", "authorization_code", "refresh_token",
                                     "account", "device_code", "client_credentials", "revoke"});
  error.status = entry.number("status");
  error.type = entry.text("type");
  error.error = entry.scalar("error");
  error.description = entry.text("description");
  error.field = entry.text("field");
  error.value = entry.scalar("value");
  error.contains = entry.text("contains");
  error.means = entry.text("means");
  error.fix = entry.word("fix", {"", "redirect_uri", "client", "scope", "application"});
  entry.finish();
  if (!holds(kStandardErrors, error.means)) entry.fail("is no standard error", "means");
  if (error.field.empty() && !(error.value.empty() && error.contains.empty())) {
    entry.fail("is needed beside value and contains", "field");
  }
  return error;
}

void read_errors(PresetReader& preset, Provider& provider) {
  provider.error_fields = preset.texts("error_fields");
  provider.description_fields = preset.texts("description_fields");
  for (auto& entry : preset.objects("errors")) provider.errors.push_back(read_error(entry));
}

void read_advice(PresetReader& preset, Provider& provider) {
  for (auto& entry : preset.objects("advice")) {
    Advice advice{entry.text("about"), entry.text("fix"), entry.text("without_scope")};
    entry.finish();
    if (advice.about.empty()) entry.fail("is needed", "about");
    provider.advice.push_back(std::move(advice));
  }
}

void read_device(PresetReader& preset, Provider& provider) {
  auto fields = preset.object("device");
  if (!fields) return;
  DeviceDialect& device = provider.device;
  device.verification_uri_field =
      fields->text_or("verification_uri_field", device.verification_uri_field);
  device.scope_parameter = fields->text_or("scope_parameter", device.scope_parameter);
  device.code_parameter = fields->text_or("code_parameter", device.code_parameter);
  device.grant_type = fields->text_or("grant_type", device.grant_type);
  device.token_url = UrlReader(*fields, provider.id, provider.parameters).url("token_url");
  device.params = read_params(*fields, "params", provider, "response_type");
  fields->finish();
}

}  // namespace

Provider parse_preset(std::string_view id, std::string_view json) {
  PresetReader preset(id, json);
  Provider provider;
  provider.id = id;
  provider.name = preset.text("name");
  provider.parameters = read_parameters(preset);
  read_urls(preset, provider);
  read_id_token(preset, provider);
  read_registration(preset, provider);
  read_requests(preset, provider);
  read_revocation(preset, provider);
  read_account(preset, provider);
  provider.host = UrlReader(preset, provider.id, provider.parameters).hosts("host");
  provider.notes = preset.texts("notes");
  read_advice(preset, provider);
  provider.grant = read_grant_fields(preset);
  read_errors(preset, provider);
  read_device(preset, provider);
  preset.finish();
  return provider;
}

std::optional<Provider> find_preset(std::string_view id) {
  for (const auto& preset : embedded_presets()) {
    if (preset.id == id) return parse_preset(preset.id, preset.json);
  }
  return std::nullopt;
}

std::vector<std::string> preset_ids() {
  std::vector<std::string> ids;
  for (const auto& preset : embedded_presets()) ids.emplace_back(preset.id);
  return ids;
}

}  // namespace xauth::oauth
