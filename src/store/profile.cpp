#include "store/profile.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/member_table.h"

namespace xauth::store {

namespace {

constexpr std::array<Member<std::string Profile::*>, 18> kTexts = {{
    {"provider", &Profile::provider},
    {"issuer", &Profile::issuer},
    {"authorize_url", &Profile::authorize_url},
    {"token_url", &Profile::token_url},
    {"device_url", &Profile::device_url},
    {"revoke_url", &Profile::revoke_url},
    {"userinfo_url", &Profile::userinfo_url},
    {"introspect_url", &Profile::introspect_url},
    {"jwks_url", &Profile::jwks_url},
    {"client_id", &Profile::client_id},
    {"client_auth", &Profile::client_auth},
    {"scope", &Profile::scope},
    {"audience", &Profile::audience},
    {"listen", &Profile::listen},
    {"storage", &Profile::storage},
    {"ca_file", &Profile::ca_file},
    {"client_key_file", &Profile::client_key_file},
    {"client_certificate_file", &Profile::client_certificate_file},
}};

constexpr std::array<Member<std::vector<std::string> Profile::*>, 8> kLists = {{
    {"client_auth_algorithm", &Profile::client_auth_algorithm},
    {"provider_param", &Profile::provider_param},
    {"given_url", &Profile::given_url},
    {"resource", &Profile::resource},
    {"param", &Profile::param},
    {"token_param", &Profile::token_param},
    {"redirect_uri", &Profile::redirect_uri},
    {"host", &Profile::host},
}};

constexpr const char* kClientCredentials = "client_credentials";

[[noreturn]] void wrong_type(const std::string& where, const std::string& member,
                             const std::string& wanted) {
  throw Error(Code::storage, where + ": " + member + " must be " + wanted);
}

// Each copies what `json` holds to `value`; false when its type is wrong.

bool copy(const Json& json, std::string& value) {
  if (json.string() == nullptr) return false;
  value = *json.string();
  return true;
}

bool copy(const Json& json, std::vector<std::string>& value) {
  if (json.array() == nullptr) return false;
  return std::all_of(json.array()->begin(), json.array()->end(),
                     [&](const Json& item) { return copy(item, value.emplace_back()); });
}

bool copy(const Json& json, bool& value) {
  if (json.boolean() == nullptr) return false;
  value = *json.boolean();
  return true;
}

}  // namespace

std::string Profile::provider_name() const {
  if (!provider.empty()) return provider;
  return issuer.empty() ? "custom" : issuer;
}

Profile profile_from(const Json& json, const std::string& where) {
  if (json.object() == nullptr) wrong_type(where, "a profile", "an object");
  Profile profile;
  Json::Object others;
  for (const auto& [name, value] : *json.object()) {
    if (const auto* text = member_named(kTexts, name)) {
      if (!copy(value, profile.**text)) wrong_type(where, name, "a string");
    } else if (const auto* list = member_named(kLists, name)) {
      if (!copy(value, profile.**list)) wrong_type(where, name, "an array of strings");
    } else if (name == kClientCredentials) {
      if (!copy(value, profile.client_credentials)) wrong_type(where, name, "true or false");
    } else {
      others.emplace_back(name, value);
    }
  }
  profile.others = std::move(others);
  return profile;
}

Json json_of(const Profile& profile) {
  Json json((Json::Object()));
  for (const auto& [name, member] : kTexts) {
    if (!(profile.*member).empty()) json.set(name, Json(profile.*member));
  }
  for (const auto& [name, member] : kLists) {
    Json::Array items;
    for (const auto& text : profile.*member) items.emplace_back(text);
    if (!items.empty()) json.set(name, Json(std::move(items)));
  }
  if (profile.client_credentials) json.set(kClientCredentials, Json(true));
  if (const auto* others = profile.others.object()) {
    for (const auto& [name, value] : *others) json.set(name, value);
  }
  return json;
}

std::vector<std::string> member_names() {
  std::vector<std::string> names;
  for (const auto& text : kTexts) names.emplace_back(text.first);
  for (const auto& list : kLists) names.emplace_back(list.first);
  names.emplace_back(kClientCredentials);
  return names;
}

bool is_flag_member(std::string_view name) { return name == kClientCredentials; }

bool is_list_member(std::string_view name) { return member_named(kLists, name) != nullptr; }

}  // namespace xauth::store
