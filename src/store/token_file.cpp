#include "store/token_file.h"

#include <array>

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::store {

namespace {

constexpr std::int64_t kVersion = 1;

constexpr std::array<std::pair<const char*, std::string Tokens::*>, 8> kTexts = {{
    {"provider", &Tokens::provider},
    {"client_id", &Tokens::client_id},
    {"token_url", &Tokens::token_url},
    {"token_type", &Tokens::token_type},
    {"scope", &Tokens::scope},
    {"account", &Tokens::account},
    {"account_id", &Tokens::account_id},
    {"refused", &Tokens::refused},
}};

constexpr std::array<std::pair<const char*, Secret Tokens::*>, 3> kSecrets = {{
    {"access_token", &Tokens::access_token},
    {"refresh_token", &Tokens::refresh_token},
    {"id_token", &Tokens::id_token},
}};

constexpr std::array<std::pair<const char*, std::optional<Time> Tokens::*>, 2> kTimes = {{
    {"issued_at", &Tokens::issued_at},
    {"expires_at", &Tokens::expires_at},
}};

// Moves the member `name` out of `json` into `value` by `convert`; false when its type is wrong.
template <class Value, class Convert>
bool take(Json& json, const char* name, Value& value, Convert convert) {
  const Json* member = json.find(name);
  if (member == nullptr) return true;
  if (!convert(*member, value)) return false;
  json.erase(name);
  return true;
}

bool to_text(const Json& json, std::string& value) {
  if (json.string() == nullptr) return false;
  value = *json.string();
  return true;
}

bool to_secret(const Json& json, Secret& value) {
  if (json.string() == nullptr || !is_printable_ascii(*json.string())) return false;
  value = Secret(*json.string());
  return true;
}

bool to_time(const Json& json, std::optional<Time>& value) {
  constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  const auto seconds = json.integer();
  if (!seconds || *seconds < 0 || *seconds > kLatest) return false;
  value = Time(Seconds(*seconds));
  return true;
}

bool take_all(Json& json, Tokens& tokens) {
  for (const auto& [name, member] : kTexts) {
    if (!take(json, name, tokens.*member, to_text)) return false;
  }
  for (const auto& [name, member] : kSecrets) {
    if (!take(json, name, tokens.*member, to_secret)) return false;
  }
  for (const auto& [name, member] : kTimes) {
    if (!take(json, name, tokens.*member, to_time)) return false;
  }
  return true;
}

}  // namespace

std::optional<Tokens> parse_tokens(std::string_view text) {
  auto json = parse_json(text);
  if (!json || json->object() == nullptr) return std::nullopt;
  const Json* version = json->find("version");
  if (version == nullptr || version->integer() != kVersion) return std::nullopt;
  json->erase("version");
  Tokens tokens;
  if (!take_all(*json, tokens) || tokens.access_token.empty()) return std::nullopt;
  tokens.others = std::move(*json);
  return tokens;
}

Secret text_of(const Tokens& tokens) {
  Json json;
  json.set("version", Json(kVersion));
  for (const auto& [name, member] : kTexts) {
    if (!(tokens.*member).empty()) json.set(name, Json(tokens.*member));
  }
  for (const auto& [name, member] : kSecrets) {
    if (!(tokens.*member).empty()) json.set(name, Json((tokens.*member).reveal()));
  }
  for (const auto& [name, member] : kTimes) {
    if (tokens.*member) json.set(name, Json((tokens.*member)->time_since_epoch().count()));
  }
  if (const auto* others = tokens.others.object()) {
    for (const auto& [name, value] : *others) json.set(name, value);
  }
  return Secret(json.pretty() + "\n");
}

std::string token_file_name(const std::string& profile) { return profile + ".json"; }

std::optional<Tokens> read_tokens(const Directory& tokens, const std::string& profile,
                                  const Unseal& unseal) {
  const std::string name = token_file_name(profile);
  auto text = tokens.read(name, kLargestTokenFile);
  if (!text) return std::nullopt;
  std::optional<Secret> content = Secret(*std::move(text));
  if (unseal) content = unseal(*std::move(content));
  auto parsed = content ? parse_tokens(content->reveal()) : std::nullopt;
  if (!parsed) {
    throw Error(Code::storage, "the token file is damaged: " + tokens.path_of(name),
                "xauth login " + profile + " keeps it aside and makes a new one");
  }
  return parsed;
}

}  // namespace xauth::store
