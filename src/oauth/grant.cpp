#include "oauth/grant.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/encoding.h"
#include "base/joined.h"
#include "base/terminal_text.h"
#include "oauth/answer.h"
#include "oauth/authorization.h"
#include "oauth/iso_time.h"
#include "oauth/json_path.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestToken = 64 * 1024;  // JWTs with many groups reach some 10 KiB
constexpr std::size_t kLongestText = 4 * 1024;
constexpr double kTenYears = 10 * 365.25 * 86400;  // beyond it providers mean "never"
constexpr double kYear9999 = 253402300799;

// What is at `path`; null pointer also for a JSON null.
const Json* member_at(const Json& grant, const Path& path) {
  const Json* member = path.empty() ? nullptr : find_at(grant, path);
  return member == nullptr || member->is_null() ? nullptr : member;
}

// A member as a string within `most` bytes; empty when absent or null.
std::string text_member(const Json& grant, const Path& path, std::size_t most,
                        const std::string& host) {
  const Json* member = member_at(grant, path);
  if (member == nullptr) return {};
  if (member->string() == nullptr) fail_answer(host, "has a " + path + " that is no string");
  if (member->string()->size() > most) fail_answer(host, "has a " + path + " that is too long");
  return *member->string();
}

Secret token_member(const Json& grant, const Path& path, const std::string& host) {
  Secret token(text_member(grant, path, kLongestToken, host));
  if (!is_printable_ascii(token.reveal())) {
    fail_answer(host, "has control or non-ASCII characters in its " + path);
  }
  return token;
}

// The number that a JSON number or a string of digits means; nothing for anything else.
std::optional<double> number_of(const Json& member) {
  const auto* number = member.number();
  const auto* digits = member.string();
  if (number == nullptr && digits == nullptr) return std::nullopt;
  const std::string& text = number != nullptr ? number->text : *digits;
  if (digits != nullptr && text.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Fractions are cut; 0 and what is beyond ten years is unknown.
std::optional<Seconds> expires_in_member(const Json& grant, const Path& path,
                                         const std::string& host) {
  const Json* member = member_at(grant, path);
  if (member == nullptr) return std::nullopt;
  const auto value = number_of(*member);
  if (!value || *value < 0) fail_answer(host, "has an " + path + " that is no number of seconds");
  if (*value < 1 || *value > kTenYears) return std::nullopt;
  return Seconds(static_cast<Seconds::rep>(*value));
}

std::optional<Time> expires_at_member(const Json& grant, const Path& path,
                                      const std::string& host) {
  const Json* member = member_at(grant, path);
  if (member == nullptr) return std::nullopt;
  if (const auto value = number_of(*member)) {
    if (*value < 0 || *value > kYear9999) fail_answer(host, "has an " + path + " that is no time");
    if (*value < 1) return std::nullopt;
    return Time(Seconds(static_cast<Seconds::rep>(*value)));
  }
  const auto time = member->string() != nullptr ? parse_iso_time(*member->string()) : std::nullopt;
  if (!time) fail_answer(host, "has an " + path + " that is no time");
  return time;
}

// The scopes that were granted, parted by spaces, however the provider parts them.
std::optional<std::string> scope_member(const Json& grant, const Path& path,
                                        const std::string& host) {
  const Json* member = member_at(grant, path);
  if (member == nullptr) return std::nullopt;
  std::vector<std::string> scopes;
  if (const auto* list = member->array()) {
    for (const Json& item : *list) {
      if (item.string() == nullptr) fail_answer(host, "has a " + path + " that is no string");
      add_scopes(scopes, *item.string());
    }
  } else {
    add_scopes(scopes, text_member(grant, path, kLongestText, host));
  }
  std::string text = joined(scopes, " ");
  if (text.size() > kLongestText) fail_answer(host, "has a " + path + " that is too long");
  return text;
}

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

void check_token_type(const GrantFields& fields, const Json& grant, const std::string& host) {
  const std::string type = text_member(grant, "token_type", kLongestText, host);
  if (type.empty() || same_word(type, "bearer")) return;  // real providers leave it out
  const auto means_bearer = [&](const std::string& word) { return same_word(type, word); };
  if (std::any_of(fields.token_types.begin(), fields.token_types.end(), means_bearer)) return;
  fail_answer(host, "is a token of type " + for_terminal(type, 40) + ", not Bearer");
}

}  // namespace

const Json& object_with(const GrantFields& fields, const Json& body, const Path& member) {
  if (member_at(body, member) != nullptr) return body;
  for (const Path& path : fields.answer_at) {
    const Json* inner = find_at(body, path);
    if (inner != nullptr && member_at(*inner, member) != nullptr) return *inner;
  }
  return body;
}

TokenGrant read_grant(const GrantFields& fields, const Json& body, const std::string& host) {
  const Json& from = object_with(fields, body, fields.access_token);
  TokenGrant grant;
  grant.access_token = token_member(from, fields.access_token, host);
  if (grant.access_token.empty()) fail_answer(host, "holds no " + fields.access_token);
  check_token_type(fields, from, host);
  grant.token_type = "Bearer";
  grant.refresh_token = token_member(from, fields.refresh_token, host);
  grant.id_token = token_member(from, "id_token", host);
  grant.expires_in = expires_in_member(from, fields.expires_in, host);
  if (!grant.expires_in) grant.expires_at = expires_at_member(from, fields.expires_at, host);
  grant.scope = scope_member(from, fields.scope, host);
  return grant;
}

bool has_access_token(const GrantFields& fields, const Json& body) {
  const Path& member = fields.access_token;
  return member_at(object_with(fields, body, member), member) != nullptr;
}

}  // namespace xauth::oauth
