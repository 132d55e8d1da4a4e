#include "oauth/id_token.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/terminal_text.h"
#include "jose/mac.h"
#include "oauth/url_parameters.h"
#include "oauth/url_template.h"

namespace xauth::oauth {

namespace {

constexpr const char* kWhat = "the ID token";
constexpr Seconds kLeeway{60};   // clocks differ
constexpr Seconds kOldest{600};  // a token of this login, not of one before
constexpr std::size_t kLongestSub = 255;
constexpr std::size_t kLongestShown = 100;

[[noreturn]] void bad(const std::string& how, const std::string& hint = {}) {
  throw Error(Code::bad_response, std::string(kWhat) + " " + how, hint);
}

std::string shown(const std::string& text) { return for_terminal(text, kLongestShown); }

const Json& claim(const Json& claims, const char* name) {
  const Json* member = claims.find(name);
  if (member == nullptr) bad(std::string("has no ") + name);
  return *member;
}

std::string text_claim(const Json& claims, const char* name) {
  const auto* text = claim(claims, name).string();
  if (text == nullptr || text->empty()) bad(std::string("has a broken ") + name);
  return *text;
}

// The time at `name`: seconds since 1970, of which a fraction is cut. RFC 7519 §2
Time time_of(const Json& value, const char* name) {
  constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  std::optional<std::int64_t> seconds = value.integer();
  if (const auto* number = value.number(); number != nullptr && !seconds) {
    seconds = Json(Json::Number{number->text.substr(0, number->text.find('.'))}).integer();
  }
  if (!seconds || *seconds < 0 || *seconds > kLatest) bad(std::string("has a broken ") + name);
  return Time(Seconds(*seconds));
}

std::optional<Time> optional_time(const Json& claims, const char* name) {
  const Json* member = claims.find(name);
  if (member == nullptr) return std::nullopt;
  return time_of(*member, name);
}

std::vector<std::string> audience(const Json& claims) {
  const Json& aud = claim(claims, "aud");
  if (aud.string() != nullptr) return {*aud.string()};
  std::vector<std::string> list;
  if (aud.array() == nullptr || aud.array()->empty()) bad("has a broken aud");
  for (const Json& item : *aud.array()) {
    if (item.string() == nullptr) bad("has a broken aud");
    list.push_back(*item.string());
  }
  return list;
}

// The text at `name`; nothing when there is none, or it is no string.
std::optional<std::string> text_at(const Json& claims, const char* name) {
  const Json* member = claims.find(name);
  if (member == nullptr || member->string() == nullptr) return std::nullopt;
  return *member->string();
}

// The provider's issuer, its parts in braces filled from the claims that it names for them; a claim
// that would lead elsewhere than to that part is refused.
std::string expected_issuer(const IdToken& token, const Provider& provider) {
  const auto parts = names_in(provider.issuer);
  Parameters values;
  for (const auto& [name, claim_name] : provider.issuer_claims) {
    if (std::find(parts.begin(), parts.end(), name) == parts.end()) continue;
    const auto value = text_at(token.claims, claim_name.c_str());
    if (!value || !is_label(*value)) bad("has no usable " + claim_name + " for its issuer");
    values.emplace_back(name, *value);
  }
  return fill(provider.issuer, values);
}

void check_audience(const IdToken& token, const std::string& client_id) {
  const auto& aud = token.aud;
  if (std::find(aud.begin(), aud.end(), client_id) == aud.end()) {
    bad("is for another client (aud: " + shown(aud.front()) + ")");
  }
  const auto other = std::find_if(aud.begin(), aud.end(),
                                  [&](const std::string& entry) { return entry != client_id; });
  if (other != aud.end()) bad("is for another client too (aud: " + shown(*other) + ")");
  const Json* azp = token.claims.find("azp");
  if (azp != nullptr && (azp->string() == nullptr || *azp->string() != client_id)) {
    bad("was issued to another client (azp)");
  }
}

void check_nonce(const IdToken& token, const Secret& nonce) {
  if (nonce.empty()) return;  // one that nobody asked for says nothing
  const auto found = text_at(token.claims, "nonce");
  if (!found) bad("has no nonce", "log in again");
  if (!nonce.matches(*found)) bad("is not of this login (nonce)", "log in again");
}

// The left half of the access token's hash. OpenID Connect Core §3.1.3.6
void check_at_hash(const IdToken& token, const Secret& access_token) {
  const Json* member = token.claims.find("at_hash");
  if (member == nullptr || access_token.empty() || !token.jws.algorithm) return;
  const std::string digest = jose::hash(*token.jws.algorithm, access_token.reveal());
  const std::string half = base64url(digest.substr(0, digest.size() / 2));
  if (member->string() == nullptr || *member->string() != half) {
    bad("belongs to another access token (at_hash)");
  }
}

void check_auth_time(const IdToken& token, std::optional<Seconds> max_age) {
  if (!max_age) return;
  const auto auth_time = optional_time(token.claims, "auth_time");
  if (!auth_time) bad("does not say when the person signed in (auth_time), as --max-age asks");
  if (token.iat - *auth_time > *max_age + kLeeway) {
    bad("is of a sign-in longer ago than --max-age (auth_time)");
  }
}

// How far this machine's clock is from the provider's, as a hint; empty when it is near enough.
std::string clock_hint(Time now, std::optional<Time> provider_time) {
  if (!provider_time) return "compare this machine's clock: xauth doctor";
  const Seconds ahead = now - *provider_time;
  if (std::chrono::abs(ahead) <= kLeeway) return {};
  return "set this machine's clock: it is " + std::to_string(std::chrono::abs(ahead).count()) +
         " s " + (ahead.count() > 0 ? "ahead of" : "behind") + " the provider's";
}

bool same_audience(std::vector<std::string> one, std::vector<std::string> other) {
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  return one == other;
}

}  // namespace

IdToken read_id_token(const Secret& token) {
  IdToken read;
  read.jws = jose::parse_jws(token.reveal(), kWhat);
  auto claims = parse_json(read.jws.payload);
  if (!claims || claims->object() == nullptr) bad("holds no JSON object of claims");
  read.claims = *std::move(claims);
  read.iss = text_claim(read.claims, "iss");
  read.sub = text_claim(read.claims, "sub");
  if (read.sub.size() > kLongestSub || !is_printable_ascii(read.sub)) bad("has a broken sub");
  read.aud = audience(read.claims);
  read.exp = time_of(claim(read.claims, "exp"), "exp");
  read.iat = time_of(claim(read.claims, "iat"), "iat");
  return read;
}

std::vector<jose::Algorithm> signing_algorithms(const std::vector<std::string>& names) {
  std::vector<jose::Algorithm> algorithms;
  for (const std::string& name : names) {
    const auto algorithm = jose::algorithm_from(name);
    if (algorithm && jose::family_of(*algorithm) != jose::Family::hmac) {
      algorithms.push_back(*algorithm);
    }
  }
  return algorithms;
}

void check_algorithm(const IdToken& token, const std::vector<jose::Algorithm>& permitted,
                     const Client& client) {
  const auto algorithm = token.jws.algorithm;
  const std::string alg = " (alg: " + shown(token.jws.alg) + ")";
  if (!algorithm) bad("is not signed, or in a way that xauth does not know" + alg);
  if (!permitted.empty() &&
      std::find(permitted.begin(), permitted.end(), *algorithm) == permitted.end()) {
    bad("is signed in another way than the provider's" + alg);
  }
  if (jose::family_of(*algorithm) == jose::Family::hmac &&
      client.secret.reveal().size() < jose::hash_size(*algorithm)) {
    bad("is signed with a client secret that is missing or too short for it" + alg);
  }
}

jose::Verdict check_signature(const IdToken& token, const Client& client,
                              const jose::KeySet& keys) {
  const auto algorithm = token.jws.algorithm;
  if (!algorithm || jose::family_of(*algorithm) != jose::Family::hmac) {
    return keys.verify(token.jws);
  }
  const bool valid =
      jose::verify_mac(client.secret, *algorithm, token.jws.signing_input, token.jws.signature);
  return valid ? jose::Verdict::valid : jose::Verdict::invalid;
}

void check_claims(const IdToken& token, const IdTokenExpectation& expected) {
  const std::string issuer = expected_issuer(token, expected.provider);
  if (!issuer.empty() && token.iss != issuer) {
    bad("is of another issuer (iss: " + shown(token.iss) + ", not " + shown(issuer) + ")");
  }
  check_audience(token, expected.client_id);
  check_nonce(token, expected.nonce);
  check_at_hash(token, expected.access_token);
  check_auth_time(token, expected.max_age);
}

void check_times(const IdToken& token, Time now, std::optional<Time> provider_time) {
  const std::string hint = clock_hint(now, provider_time);
  const auto nbf = optional_time(token.claims, "nbf");
  if (now >= token.exp + kLeeway) bad("has expired (exp)", hint);
  if (nbf && *nbf > now + kLeeway) bad("is not valid yet (nbf)", hint);
  if (token.iat > now + kLeeway) bad("was issued in the future (iat)", hint);
  if (now - token.iat > kOldest) bad("was issued more than 10 minutes ago (iat)", hint);
}

void check_same_login(const IdToken& first, const IdToken& renewed) {
  if (renewed.iss != first.iss) bad("of the refresh is of another issuer than the login's (iss)");
  if (renewed.sub != first.sub) bad("of the refresh is of another person than the login's (sub)");
  if (!same_audience(renewed.aud, first.aud)) {
    bad("of the refresh is for another client than the login's (aud)");
  }
  const auto auth_time = optional_time(first.claims, "auth_time");
  const auto renewed_auth_time = optional_time(renewed.claims, "auth_time");
  if (auth_time && renewed_auth_time && *auth_time != *renewed_auth_time) {
    bad("of the refresh is of another sign-in than the login's (auth_time)");
  }
  const Json* nonce = renewed.claims.find("nonce");
  if (nonce != nullptr &&
      (nonce->string() == nullptr || text_at(first.claims, "nonce") != *nonce->string())) {
    bad("of the refresh is of another login (nonce)");
  }
}

Account account_of(const IdToken& token) {
  Account account;
  for (const char* name : {"preferred_username", "email", "sub"}) {
    if (account.name.empty()) account.name = text_at(token.claims, name).value_or("");
  }
  account.name = for_terminal(account.name, kLongestSub);
  account.id = token.sub;
  return account;
}

}  // namespace xauth::oauth
