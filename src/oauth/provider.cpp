#include "oauth/provider.h"

#include "oauth/presets.h"

namespace xauth::oauth {

namespace {

// Takes the fields of a preset file one by one; what is left over at the end is unknown.
class PresetReader {
 public:
  PresetReader(std::string_view id, std::string_view text) : id_(id) {
    auto json = parse_json(text);
    if (!json || json->object() == nullptr) fail("is not a JSON object");
    fields_ = std::move(*json);
  }

  std::string text(std::string_view field) {
    const auto value = take(field);
    if (!value) return {};
    if (value->string() == nullptr) fail("needs a string", field);
    return *value->string();
  }

  bool flag(std::string_view field) {
    const auto value = take(field);
    if (!value) return false;
    if (value->boolean() == nullptr) fail("needs true or false", field);
    return *value->boolean();
  }

  std::vector<std::string> texts(std::string_view field) {
    std::vector<std::string> out;
    for (const Json& item : array(field)) {
      if (item.string() == nullptr) fail("needs an array of strings", field);
      out.push_back(*item.string());
    }
    return out;
  }

  std::string endpoint_text(std::string_view field) {
    const std::string url = text(field);
    if (!url.empty()) endpoint("preset " + std::string(id_) + ": " + std::string(field), url);
    return url;
  }

  Json::Array array(std::string_view field) {
    const auto value = take(field);
    if (!value) return {};
    if (value->array() == nullptr) fail("needs an array", field);
    return *value->array();
  }

  void finish() {
    if (!fields_.object()->empty()) fail("is not a field", fields_.object()->front().first);
  }

  [[noreturn]] void fail(std::string_view problem, std::string_view field = {}) const {
    std::string message = "preset " + std::string(id_) + ": ";
    if (!field.empty()) message += std::string(field) + " ";
    throw Error(Code::usage, message + std::string(problem));
  }

 private:
  std::optional<Json> take(std::string_view field) {
    const Json* found = fields_.find(field);
    if (found == nullptr) return std::nullopt;
    Json value = *found;
    fields_.erase(field);
    return value;
  }

  std::string_view id_;
  Json fields_;
};

std::vector<ErrorMeaning> read_errors(PresetReader& preset) {
  std::vector<ErrorMeaning> errors;
  for (const Json& item : preset.array("errors")) {
    PresetReader entry("errors", item.text());
    errors.push_back({entry.text("error"), entry.text("description"), entry.text("means")});
    entry.finish();
  }
  return errors;
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

}  // namespace

Provider parse_preset(std::string_view id, std::string_view json) {
  PresetReader preset(id, json);
  Provider provider;
  provider.id = id;
  provider.name = preset.text("name");
  provider.issuer = preset.endpoint_text("issuer");
  provider.authorize_url = preset.endpoint_text("authorize_url");
  provider.token_url = preset.endpoint_text("token_url");
  provider.device_url = preset.endpoint_text("device_url");
  provider.revoke_url = preset.endpoint_text("revoke_url");
  provider.userinfo_url = preset.endpoint_text("userinfo_url");
  provider.scope = preset.texts("scope");
  if (const auto separator = preset.text("scope_separator"); !separator.empty()) {
    provider.scope_separator = separator;
  }
  provider.client_auth = read_client_auth(preset);
  provider.any_port = preset.flag("any_port");
  provider.registration_page = preset.endpoint_text("registration_page");
  provider.registration_note = preset.text("registration_note");
  provider.account_field = preset.text("account_field");
  provider.account_id_field = preset.text("account_id_field");
  provider.errors = read_errors(preset);
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

Url endpoint(std::string_view what, const std::string& text) {
  const auto url = parse_url(text);
  const std::string name(what);
  if (!url) throw Error(Code::usage, name + " is not an absolute https URL");
  if (url->fragment) throw Error(Code::usage, name + " must not have a fragment (#…)");
  if (!is_secure(*url)) {
    throw Error(Code::usage, name + " must be https (http is for this machine only)");
  }
  return *url;
}

void interpret(const Provider& provider, Refusal& refusal) {
  for (const auto& known : provider.errors) {
    const bool described = refusal.error_description.find(known.description) != std::string::npos;
    if (known.error != refusal.error || !described) continue;
    refusal.meaning = known.means;
    return;
  }
}

}  // namespace xauth::oauth
