#include "cli/config_key.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>

#include "base/encoding.h"
#include "base/joined.h"
#include "base/terminal_text.h"
#include "cli/connection.h"
#include "cli/issuer.h"
#include "cli/login_plan.h"
#include "cli/nearest.h"
#include "oauth/authorization.h"
#include "oauth/client.h"
#include "oauth/metadata.h"
#include "oauth/redirect_uri.h"
#include "oauth/url_parameters.h"
#include "store/profile_name.h"
#include "system/browser.h"

namespace xauth::cli {

namespace {

constexpr std::string_view kProfile = "profile.";
constexpr std::array<const char*, 4> kSettings = {store::kStorage, "sealed_by", "browser",
                                                  "password_command"};

bool is_setting(std::string_view name) {
  return std::find(kSettings.begin(), kSettings.end(), name) != kSettings.end();
}

// The error for a key that there is not; `typed` is the part of it that is wrong, `before` stands
// before that part.
Error unknown_key(const std::string& key, const std::string& before, const std::string& typed,
                  const std::vector<std::string>& known) {
  const auto near = nearest(typed, known);
  return {Code::usage, "there is no setting " + for_terminal(key, 128),
          near.empty() ? "xauth config list, or man 5 xauth-config" : before + near.front()};
}

// The error for a key of a profile, `profile.NAME` with or without a dot, that ends there.
Error no_member(std::string key, const std::string& before) {
  if (key.ends_with('.')) key.pop_back();
  return {Code::usage, for_terminal(key, 128) + " names no member of a profile",
          before + for_terminal(key, 128) + ".MEMBER, see man 5 xauth-config"};
}

store::Profile existing_profile(const store::Config& config, const std::string& name) {
  if (auto profile = config.profile(name)) return *std::move(profile);
  const auto near = nearest(name, config.names());
  const std::string guess = near.empty() ? "" : "; is it " + near.front() + "?";
  throw Error(Code::usage, "there is no profile " + name + guess, "xauth status");
}

std::vector<std::string> words_of(const std::string& value) {
  std::vector<std::string> words;
  for (std::size_t start = value.find_first_not_of(' '); start != std::string::npos;) {
    const auto end = value.find(' ', start);
    words.push_back(value.substr(start, end - start));
    start = value.find_first_not_of(' ', end);
  }
  return words;
}

std::string file_path(const std::string& member, const std::string& path) {
  std::array<char, PATH_MAX> resolved{};
  if (realpath(path.c_str(), resolved.data()) == nullptr) {
    throw Error(Code::usage, member + " " + for_terminal(path) + ": " + std::strerror(errno));
  }
  return resolved.data();
}

std::string client_auth(const std::string& text) {
  if (const auto method = oauth::client_auth_from(text))
    return std::string(oauth::name_of(*method));
  const auto names = oauth::client_auth_names();
  const auto near = nearest(text, names);
  throw Error(Code::usage,
              "client_auth: '" + for_terminal(text, 64) + "' is none of " + joined(names, ", "),
              near.empty() ? "" : "xauth config set profile.NAME.client_auth " + near.front());
}

std::string host(const std::string& text) {
  if (oauth::is_host(text)) return text;
  throw Error(Code::usage, "'" + for_terminal(text, 64) + "' is no host",
              "such as git.example or git.example:8443, in small letters");
}

// A resource must be what a redirect URI must be: absolute, without fragment. RFC 8707 §2
std::string resource(const std::string& text) {
  try {
    return oauth::parse_redirect_uri(text).text;
  } catch (const Error&) {
    throw Error(Code::usage, "a resource is an absolute URI without a fragment (#…)");
  }
}

std::string storage(const std::string& text) {
  if (text == store::kPlain || text == store::kSealed) return text;
  throw Error(Code::usage, "storage cannot be '" + for_terminal(text, 64) + "'",
              "file, or sealed: encrypted");
}

// What is kept under the name of a setting; empty when it is not set.
std::string setting_of(const store::Config& config, const std::string& name) {
  if (name != "sealed_by") return config.setting(name);
  const auto record = config.sealing();
  return record ? text_of(record->by) : std::string();
}

// Each takes one value (one word of an array) and returns it as it is kept, or throws.
using Check = std::function<std::string(const std::string&)>;

Check endpoint_of(const char* member) {
  return [member](const std::string& text) {
    oauth::endpoint(member, text);
    return text;
  };
}

Check file_of(const char* member) {
  return [member](const std::string& text) { return file_path(member, text); };
}

template <class Act>
Check checked_by(Act act) {
  return [act](const std::string& text) {
    act(text);
    return text;
  };
}

// What `login` checks of each member; of one that is not here, only that it is plain text.
const std::map<std::string, Check>& checks() {
  static const std::map<std::string, Check> checks = {
      {"issuer", checked_by(oauth::issuer_url)},
      {"authorize_url", endpoint_of("authorize_url")},
      {"token_url", endpoint_of("token_url")},
      {"device_url", endpoint_of("device_url")},
      {"revoke_url", endpoint_of("revoke_url")},
      {"userinfo_url", endpoint_of("userinfo_url")},
      {"introspect_url", endpoint_of("introspect_url")},
      {"jwks_url", endpoint_of("jwks_url")},
      {"client_id", checked_by(oauth::check_client_id)},
      {"client_auth", client_auth},
      {"listen", checked_by(parse_listen_address)},
      {store::kStorage, storage},
      {"ca_file", file_of("ca_file")},
      {"client_key_file", file_of("client_key_file")},
      {"client_certificate_file", file_of("client_certificate_file")},
      {"redirect_uri", checked_by(oauth::parse_redirect_uri)},
      {"resource", resource},
      {"host", host},
  };
  return checks;
}

std::string checked(const std::string& member, const std::string& value) {
  const auto found = checks().find(member);
  return found == checks().end() ? value : found->second(value);
}

// What can only be judged together: parameters that repeat, a provider and its parts.
void check_together(const Context& context, const store::Config& config, const std::string& name,
                    const store::Profile& profile) {
  if (profile.provider.empty() && !profile.provider_param.empty()) {
    throw Error(Code::usage, "provider_param is for a provider that has a name here",
                "xauth provider list");
  }
  provider_of(context, profile);
  params_of("param", profile.param);
  params_of("token_param", profile.token_param);
  check_one_place(context, config, name, profile);
}

// Notes that a URL was given by hand, so that the issuer's own does not replace it at a login.
void note_given_url(const Context& context, store::Profile& profile, const std::string& member,
                    bool given) {
  if (!member.ends_with("_url") || member == "given_url") return;
  std::erase(profile.given_url, member);
  if (given && !issuer_to_ask(context, profile).empty()) profile.given_url.push_back(member);
}

bool flag(const std::string& member, const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  throw Error(Code::usage, member + " is true or false, not '" + for_terminal(text, 64) + "'");
}

Json member_value(const std::string& member, const std::string& value) {
  if (store::is_flag_member(member)) return Json(flag(member, value));
  if (!store::is_list_member(member)) {
    if (member != "scope") return Json(checked(member, value));
    std::vector<std::string> scopes;
    oauth::add_scopes(scopes, value);
    return Json(joined(scopes, " "));
  }
  Json::Array items;
  for (const auto& word : words_of(value)) items.emplace_back(checked(member, word));
  return Json(std::move(items));
}

void set_member(const Context& context, store::Config& config, const ConfigKey& key,
                const std::string& value) {
  Json json = store::json_of(existing_profile(config, key.profile));
  if (value.empty()) {
    json.erase(key.name);
  } else {
    json.set(key.name, member_value(key.name, value));
  }
  store::Profile changed = store::profile_from(json, "profile " + key.profile);
  note_given_url(context, changed, key.name, !value.empty());
  check_together(context, config, key.profile, changed);
  config.set_profile(key.profile, changed);
}

void check_setting(const std::string& name, const std::string& value) {
  if (name == store::kStorage) storage(value);
  if (name == "browser" && browser_commands(value, "https://example/").empty()) {
    throw Error(Code::usage, "'" + for_terminal(value, 64) + "' is no command of a browser",
                "one command; %s stands for the address");
  }
}

}  // namespace

std::vector<std::string> config_keys() {
  std::vector<std::string> keys(kSettings.begin(), kSettings.end());
  keys.emplace_back("default");
  return keys;
}

ConfigKey parse_config_key(const std::string& text, const std::string& action) {
  const std::string command = "xauth config " + action + " ";
  if (!text.starts_with(kProfile)) {
    if (text == "default" || is_setting(text)) return {text, {}, text};
    throw unknown_key(text, command, text, config_keys());
  }
  const auto dot = text.rfind('.');  // a profile's name may hold dots, a member's does not
  const std::string name =
      dot < kProfile.size() ? "" : text.substr(kProfile.size(), dot - kProfile.size());
  const std::string member = text.substr(dot + 1);
  const auto members = store::member_names();
  const bool known = std::find(members.begin(), members.end(), member) != members.end();
  if (!store::is_profile_name(name) || !known) {
    const bool named = store::is_profile_name(name);
    if (member.empty() || dot < kProfile.size()) throw no_member(text, command);
    throw unknown_key(text, command + "profile." + (named ? name : "NAME") + ".", member, members);
  }
  return {text, name, member};
}

std::vector<ConfigKey> keys_that_are_set(const store::Config& config) {
  std::vector<ConfigKey> keys;
  if (!config.default_profile().empty()) keys.push_back({"default", {}, "default"});
  for (const char* name : kSettings) {
    if (!setting_of(config, name).empty()) keys.push_back({name, {}, name});
  }
  for (const auto& profile : config.names()) {
    const Json json = store::json_of(*config.profile(profile));
    for (const auto& member : store::member_names()) {
      if (json.find(member) == nullptr) continue;
      keys.push_back({std::string(kProfile) + profile + "." + member, profile, member});
    }
  }
  return keys;
}

std::optional<Json> value_of(const store::Config& config, const ConfigKey& key) {
  if (!key.profile.empty()) {
    const Json json = store::json_of(existing_profile(config, key.profile));
    const Json* value = json.find(key.name);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }
  const std::string text =
      key.name == "default" ? config.default_profile() : setting_of(config, key.name);
  return text.empty() ? std::nullopt : std::optional(Json(text));
}

void check_text(const ConfigKey& key, const std::string& value) {
  if (!has_control(value) && is_utf8(value)) return;
  throw Error(Code::usage, "the value of " + key.text + " holds control characters");
}

void set_value(const Context& context, store::Config& config, const ConfigKey& key,
               const std::string& value) {
  check_text(key, value);
  if (!key.profile.empty()) return set_member(context, config, key, value);
  if (key.name == "default") {
    if (value.empty()) return config.unset_default();
    store::check_profile_name(value);
    existing_profile(config, value);
    return config.set_default(value);
  }
  if (value.empty()) return config.unset_setting(key.name);
  check_setting(key.name, value);
  config.set_setting(key.name, value);
}

}  // namespace xauth::cli
