#include "cli/decoded_token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>

#include "base/encoding.h"
#include "base/error.h"
#include "base/terminal_text.h"
#include "cli/words.h"
#include "jose/jws.h"

namespace xauth::cli {

namespace {

constexpr std::array kTimes = {"exp", "iat", "nbf", "auth_time", "updated_at"};

// A token whose header can be read.
struct Jwt {
  Json header;
  std::optional<Json> claims;    // nothing: encrypted
  std::optional<jose::Jws> jws;  // nothing: its signature cannot be checked here, since …
  std::string why_unchecked;
};

// The JSON object that a segment of a token holds.
std::optional<Json> object_in(std::string_view segment) {
  const auto bytes = base64url_decode(segment);
  auto json = bytes ? parse_json(*bytes) : std::nullopt;
  return json && json->object() != nullptr ? json : std::nullopt;
}

// Nothing for a token that is neither a signed nor an encrypted JWT. RFC 7519 §7.2, RFC 7516 §9
std::optional<Jwt> parse_jwt(const Secret& token) {
  const std::string_view text = token.reveal();
  const auto dots = std::count(text.begin(), text.end(), '.');
  const auto first = text.find('.');
  auto header = object_in(text.substr(0, first));
  const bool names_algorithm = header && header->find("alg") != nullptr;
  if (!names_algorithm || (dots != 2 && dots != 4)) return std::nullopt;
  Jwt jwt{*std::move(header), {}, {}, {}};
  if (dots == 2) {
    jwt.claims = object_in(text.substr(first + 1, text.rfind('.') - first - 1));
    if (!jwt.claims) return std::nullopt;
  }
  try {
    jwt.jws = jose::parse_jws(text, "it");
  } catch (const Error& error) {
    jwt.why_unchecked = error.message;
  }
  return jwt;
}

// The verdict, and why it is not `valid`.
std::pair<std::string, std::string> check_signature(const jose::Jws& jws,
                                                    const SignatureKeys& known) {
  if (jws.alg == "none") return {"invalid", "it has no signature"};
  if (!jws.algorithm) return {"unchecked", "the algorithm is not known"};
  if (jose::family_of(*jws.algorithm) == jose::Family::hmac) {
    return {"unchecked", "it is signed with a shared secret"};
  }
  if (!known.keys) return {"unchecked", known.why_none};
  switch (known.keys->verify(jws)) {
    case jose::Verdict::valid:
      return {"valid", {}};
    case jose::Verdict::invalid:
      return {"invalid", "it was not made by the provider's key"};
    case jose::Verdict::no_key:
      return {"unchecked", "the provider publishes no key for it"};
  }
  return {"unchecked", {}};
}

// `2026-11-25 21:59:00 UTC`
std::string date_of(Time time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  std::array<char, 64> text{};
  if (gmtime_r(&seconds, &parts) == nullptr) return "no date";
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
  return {text.data(), size};
}

std::string in_words_from_now(Time time, Time now) {
  if (time > now) return "in " + in_words(time - now);
  return time < now ? in_words(now - time) + " ago" : "now";
}

std::string value_text(const std::string& name, const Json& value, Time now) {
  const bool is_time = std::find(kTimes.begin(), kTimes.end(), name) != kTimes.end();
  const auto seconds = value.integer();
  constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  if (is_time && seconds && *seconds >= 0 && *seconds <= kLatest) {
    const Time time{Seconds(*seconds)};
    return date_of(time) + " (" + in_words_from_now(time, now) + ")";
  }
  return for_terminal(value.string() != nullptr ? *value.string() : value.text());
}

std::string lines_of(const Json& object, Time now) {
  std::string text;
  std::size_t width = 0;
  for (const auto& [name, value] : *object.object()) width = std::max(width, name.size());
  width = std::min<std::size_t>(width, 20);
  for (const auto& [name, value] : *object.object()) {
    const std::string shown = for_terminal(name, 64);
    const std::size_t gap = shown.size() < width ? width - shown.size() : 0;
    text += "  " + shown + std::string(gap + 2, ' ') + value_text(name, value, now) + "\n";
  }
  return text;
}

std::string part_of(const std::string& title, const Json& part, Time now) {
  if (part.find("opaque") != nullptr) return title + ": opaque, only the provider can read it\n";
  const Json* header = part.find("header");
  if (header == nullptr) return title + "\n" + lines_of(part, now);
  const Json* reason = part.find("reason");
  std::string text = title + ", signature " + *part.find("signature")->string();
  if (reason != nullptr) text += " (" + for_terminal(*reason->string()) + ")";
  text += "\n" + lines_of(*header, now);
  const Json* claims = part.find("claims");
  return claims != nullptr ? text + lines_of(*claims, now) : text;
}

}  // namespace

bool is_signed_jwt(const Secret& token) {
  const auto jwt = parse_jwt(token);
  return jwt && jwt->jws;
}

Json decoded(const Secret& token, const SignatureKeys& keys) {
  Json json;
  const auto jwt = parse_jwt(token);
  if (!jwt) {
    json.set("opaque", Json(true));
    return json;
  }
  json.set("header", jwt->header);
  if (jwt->claims) json.set("claims", *jwt->claims);
  const auto [signature, reason] = jwt->jws
                                       ? check_signature(*jwt->jws, keys)
                                       : std::pair(std::string("unchecked"), jwt->why_unchecked);
  json.set("signature", Json(signature));
  if (!reason.empty()) json.set("reason", Json(reason));
  return json;
}

std::string text_of_inspection(const Json& result, Time now) {
  constexpr std::array<std::pair<const char*, const char*>, 4> kParts = {{
      {"token", "Token"},
      {"access_token", "Access token"},
      {"id_token", "ID token"},
      {"introspection", "The provider says"},
  }};
  std::string text;
  for (const auto& [name, title] : kParts) {
    const Json* part = result.find(name);
    if (part != nullptr) text += (text.empty() ? "" : "\n") + part_of(title, *part, now);
  }
  return text;
}

}  // namespace xauth::cli
