// `xauth provider show`: what is known of a provider, and what to register there.
#include <algorithm>
#include <array>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/presets.h"
#include "oauth/redirect_uri.h"

namespace xauth::cli {

namespace {

using oauth::Provider;

constexpr std::size_t kColumn = 24;  // where values begin

using Endpoint = std::pair<const char*, std::string Provider::*>;

constexpr std::array<Endpoint, 10> kEndpoints = {{
    {"issuer", &Provider::issuer},
    {"authorize_url", &Provider::authorize_url},
    {"token_url", &Provider::token_url},
    {"refresh_url", &Provider::refresh_url},
    {"client_credentials_url", &Provider::client_credentials_url},
    {"device_url", &Provider::device_url},
    {"revoke_url", &Provider::revoke_url},
    {"userinfo_url", &Provider::userinfo_url},
    {"introspect_url", &Provider::introspect_url},
    {"jwks_url", &Provider::jwks_url},
}};

constexpr std::array<const char*, 3> kKinds = {"label", "host", "url"};  // as UrlParameter::Kind

// One line: a label, and a value beside it.
std::string line_of(const std::string& label, const std::string& value) {
  if (value.empty()) return {};
  const std::size_t gap = label.size() < kColumn ? kColumn - label.size() : 1;
  return label + std::string(gap, ' ') + for_terminal(value) + "\n";
}

// The redirect URI of a login that says nothing else; nothing where the person must name one.
std::string redirect_uri_of(const Provider& provider) {
  return provider.paste_only ? "" : oauth::as_registered(oauth::usual_redirect_uri(provider));
}

std::vector<std::string> client_auth_of(const Provider& provider) {
  std::vector<std::string> names;
  for (const auto method : provider.client_auth) names.emplace_back(oauth::name_of(method));
  return names;
}

std::string join(const std::vector<std::string>& words, const std::string& separator = ", ") {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

// In words, from which an application registered there has to choose.
std::string clients_of(const Provider& provider) {
  auto methods = client_auth_of(provider);
  const auto none = std::remove(methods.begin(), methods.end(), "none");
  const bool secretless = none != methods.end();
  methods.erase(none, methods.end());
  if (methods.empty()) return secretless ? "without a secret" : "";
  const std::string proving = "that proves itself (" + join(methods) + ")";
  return secretless ? "without a secret, or one " + proving : proving;
}

std::string parameters_of(const Provider& provider) {
  std::string text;
  for (const auto& parameter : provider.parameters) {
    std::string about = parameter.about;
    if (!parameter.usual.empty()) about += "; " + parameter.usual + " unless told";
    text += line_of("  " + parameter.name, about);
  }
  return text.empty() ? text : "Parameters (--provider-param NAME=VALUE)\n" + text;
}

std::string login_command(const Provider& provider) {
  std::string command = "xauth login " + provider.id;
  for (const auto& parameter : provider.parameters) {
    if (parameter.usual.empty()) command += " --provider-param " + parameter.name + "=…";
  }
  if (provider.paste_only) command += " --paste --redirect-uri https://…";
  return command + " --client-id …";
}

std::string text_of(const Provider& provider) {
  std::string text = for_terminal(provider.name) + "\n\n";
  for (const auto& [name, member] : kEndpoints) text += line_of(name, provider.*member);
  text += line_of("device.token_url", provider.device.token_url);
  text += "\n" + line_of("scope", join(provider.scope, " "));
  text += line_of("client", clients_of(provider));
  text += line_of("redirect URI", redirect_uri_of(provider));
  text += line_of(provider.paste_only ? "redirect URI" : "", provider.redirect_note);
  text += line_of("register at", provider.registration_page);
  text += line_of(provider.registration_page.empty() ? "register" : "", provider.registration_note);
  text += line_of("host", join(provider.host));
  if (const auto parameters = parameters_of(provider); !parameters.empty())
    text += "\n" + parameters;
  if (!provider.notes.empty()) text += "\n";
  for (const auto& note : provider.notes) text += "- " + for_terminal(note) + "\n";
  return text + "\nLog in: " + login_command(provider) + "\n";
}

void set(Json& json, std::string_view name, const std::string& value) {
  if (!value.empty()) json.set(name, Json(value));
}

void set(Json& json, const char* name, const std::vector<std::string>& values) {
  Json::Array items(values.begin(), values.end());
  if (!items.empty()) json.set(name, Json(std::move(items)));
}

Json json_of(const Provider& provider) {
  Json json;
  set(json, "id", provider.id);
  set(json, "name", provider.name);
  Json::Array parameters;
  for (const auto& parameter : provider.parameters) {
    Json item;
    set(item, "name", parameter.name);
    set(item, "about", parameter.about);
    set(item, "kind", kKinds.at(static_cast<std::size_t>(parameter.kind)));
    set(item, "usual", parameter.usual);
    parameters.push_back(std::move(item));
  }
  if (!parameters.empty()) json.set("parameters", Json(std::move(parameters)));
  for (const auto& [name, member] : kEndpoints) set(json, name, provider.*member);
  Json device;
  set(device, "token_url", provider.device.token_url);
  if (!device.is_null()) json.set("device", std::move(device));
  set(json, "scope", provider.scope);
  set(json, "client_auth", client_auth_of(provider));
  json.set("any_port", Json(provider.any_port));
  json.set("paste_only", Json(provider.paste_only));
  if (!provider.paste_only) set(json, "redirect_uri", oauth::usual_redirect_uri(provider).text);
  set(json, "redirect_note", provider.redirect_note);
  set(json, "registration_page", provider.registration_page);
  set(json, "registration_note", provider.registration_note);
  set(json, "host", provider.host);
  set(json, "notes", provider.notes);
  return json;
}

}  // namespace

void provider_show(const Context& context, const ProviderShowOptions& options) {
  const Provider provider = preset_named(context, options.id);
  if (context.out.json()) return context.out.json_result(json_of(provider));
  context.out.result(text_of(provider));
}

}  // namespace xauth::cli
