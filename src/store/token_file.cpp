#include "store/token_file.h"

#include <array>

#include "base/encoding.h"
#include "base/error.h"
#include "base/member_table.h"

namespace xauth::store {

namespace {

constexpr const char* kVersionName = "version";
constexpr std::int64_t kVersion = 1;

constexpr std::array<Member<std::string Tokens::*>, 8> kTexts = {{
    {"provider", &Tokens::provider},
    {"client_id", &Tokens::client_id},
    {"token_url", &Tokens::token_url},
    {"token_type", &Tokens::token_type},
    {"scope", &Tokens::scope},
    {"account", &Tokens::account},
    {"account_id", &Tokens::account_id},
    {"refused", &Tokens::refused},
}};

constexpr std::array<Member<Secret Tokens::*>, 3> kSecrets = {{
    {"access_token", &Tokens::access_token},
    {"refresh_token", &Tokens::refresh_token},
    {"id_token", &Tokens::id_token},
}};

constexpr std::array<Member<std::optional<Time> Tokens::*>, 2> kTimes = {{
    {"issued_at", &Tokens::issued_at},
    {"expires_at", &Tokens::expires_at},
}};

// Each moves what `json` holds into `value`; false when its type is wrong.

bool take(Json& json, std::string& value) {
  if (json.string() == nullptr) return false;
  value = std::move(*json.string());
  return true;
}

bool take(Json& json, Secret& value) {
  if (json.string() == nullptr || !is_printable_ascii(*json.string())) return false;
  value = Secret(std::move(*json.string()));
  return true;
}

bool take(const Json& json, std::optional<Time>& value) {
  constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  const auto seconds = json.integer();
  if (!seconds || *seconds < 0 || *seconds > kLatest) return false;
  value = Time(Seconds(*seconds));
  return true;
}

// Moves one member of a token file to where it belongs; false when its type is wrong.
bool take(std::pair<std::string, Json>& member, Tokens& tokens, Json::Object& others) {
  auto& [name, json] = member;
  if (const auto* text = member_named(kTexts, name)) return take(json, tokens.**text);
  if (const auto* secret = member_named(kSecrets, name)) return take(json, tokens.**secret);
  if (const auto* time = member_named(kTimes, name)) return take(json, tokens.**time);
  if (name != kVersionName) others.push_back(std::move(member));
  return true;
}

}  // namespace

std::optional<Tokens> parse_tokens(std::string_view text) {
  auto json = parse_json(text);
  const Json* version = json ? json->find(kVersionName) : nullptr;
  if (version == nullptr || version->integer() != kVersion) return std::nullopt;
  Tokens tokens;
  Json::Object others;
  for (auto& member : *json->object()) {
    if (!take(member, tokens, others)) return std::nullopt;
  }
  if (tokens.access_token.empty()) return std::nullopt;
  tokens.others = std::move(others);
  return tokens;
}

Secret text_of(const Tokens& tokens) {
  Json json;
  json.set(kVersionName, Json(kVersion));
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
