// `xauth provider show`: what is known of a provider, and what to register there.
#include <algorithm>
#include <array>

#include "base/joined.h"
#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/labelled_line.h"
#include "cli/presets.h"
#include "oauth/redirect_uri.h"
#include "system/terminal.h"

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

// The redirect URI of a login that says nothing else; nothing where the person must name one.
std::string redirect_uri_of(const Provider& provider) {
  return provider.paste_only ? "" : oauth::as_registered(oauth::usual_redirect_uri(provider));
}

std::vector<std::string> client_auth_of(const Provider& provider) {
  std::vector<std::string> names;
  for (const auto method : provider.client_auth) names.emplace_back(oauth::name_of(method));
  return names;
}

// In words, from which an application registered there has to choose.
std::string clients_of(const Provider& provider) {
  auto methods = client_auth_of(provider);
  const auto none = std::remove(methods.begin(), methods.end(), "none");
  const bool secretless = none != methods.end();
  methods.erase(none, methods.end());
  if (methods.empty()) return secretless ? "without a secret" : "";
  const std::string proving = "that proves itself (" + joined(methods, ", ") + ")";
  return secretless ? "without a secret, or one " + proving : proving;
}

std::string login_command(const Provider& provider) {
  std::string command = "xauth login " + provider.id;
  for (const auto& parameter : provider.parameters) {
    if (parameter.usual.empty()) command += " --provider-param " + parameter.name + "=…";
  }
  if (provider.paste_only) command += " --paste --redirect-uri https://…";
  return command + " --client-id …";
}

// The text for a terminal of so many columns; nothing: for a pipe.
class Shown {
 public:
  explicit Shown(std::optional<int> columns) : columns_(columns) {}

  std::string text_of(const Provider& provider) const {
    std::string text = for_terminal(provider.name) + "\n\n";
    for (const auto& [name, member] : kEndpoints) text += line(name, provider.*member);
    text += line("device.token_url", provider.device.token_url);
    text += "\n" + line("scope", joined(provider.scope, " "));
    text += line("client", clients_of(provider));
    text += line("redirect URI", redirect_uri_of(provider));
    text += line(provider.paste_only ? "redirect URI" : "", provider.redirect_note);
    text += line("register at", provider.registration_page);
    text += line(provider.registration_page.empty() ? "register" : "", provider.registration_note);
    text += line("host", joined(provider.host, ", "));
    text += parameters_of(provider) + notes_of(provider);
    return text + "\nLog in: " + login_command(provider) + "\n";
  }

 private:
  std::string line(const std::string& label, const std::string& value,
                   std::size_t column = kColumn) const {
    return labelled_line(label, for_terminal(value), column, columns_);
  }

  std::string parameters_of(const Provider& provider) const {
    std::string text;
    for (const auto& parameter : provider.parameters) {
      const std::string usual =
          parameter.usual.empty() ? "" : "; " + parameter.usual + " unless told";
      text += line("  " + parameter.name, parameter.about + usual);
    }
    return text.empty() ? text : "\nParameters (--provider-param NAME=VALUE)\n" + text;
  }

  std::string notes_of(const Provider& provider) const {
    std::string text;
    for (const auto& note : provider.notes) text += line("-", note, 2);
    return text.empty() ? text : "\n" + text;
  }

  std::optional<int> columns_;
};

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
  context.out.result(Shown(output_columns()).text_of(provider));
}

}  // namespace xauth::cli
