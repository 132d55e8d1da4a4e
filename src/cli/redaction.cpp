#include "cli/redaction.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/terminal_text.h"

namespace xauth::cli {

namespace {

constexpr const char* kBlank = "***";
constexpr std::size_t kLongestBody = 64 * 1024;  // characters of JSON or of a form
constexpr std::size_t kLongestOther = 200;       // of anything else
constexpr std::size_t kLongestHeader = 1024;

// Names that end otherwise than in `token`, and hold a secret all the same.
constexpr std::array<std::string_view, 21> kNames = {
    "code",         "codeverifier", "devicecode", "state",  "nonce",      "assertion",
    "password",     "passwd",       "passphrase", "pin",    "otp",        "key",
    "apikey",       "sessionkey",   "sessionid",  "ticket", "requesturi", "request",
    "samlresponse", "logincookie",  "privatekey"};

// What a Location's query may show: who is meant and what is wrong, nothing that opens anything.
constexpr std::array<std::string_view, 9> kHarmless = {
    "error",         "error_description",     "error_uri", "iss", "client_id", "scope",
    "response_type", "code_challenge_method", "prompt"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// In small letters, without what separates words.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == '.' || c == ' ') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return plain;
}

// Three parts, the first of which begins as `{"` does in base64url: a token by itself.
bool is_jwt(std::string_view text) {
  return text.starts_with("eyJ") && std::count(text.begin(), text.end(), '.') >= 2;
}

template <class Blanks>
std::string shown_query(std::string_view query, const Blanks& blanks) {
  std::string text;
  for (const auto& parameter : parse_query(query)) {
    const std::string value = parameter.value.value_or("");
    text += (text.empty() ? "" : "&") + form_encode(parameter.name) + "=";
    text += value.empty() ? "" : blanks(parameter.name, value) ? kBlank : form_encode(value);
  }
  return text;
}

// What a secret may be: a text or a number. The number called `code` is one of an error.
std::string secret_text(const Json& value, const std::string& name) {
  if (value.string() != nullptr) return *value.string();
  return value.number() != nullptr && name != "code" ? value.text() : std::string();
}

// Calls `tell` with each secret in `value`: all texts and numbers that are, at any depth, in a
// member whose name `is_secret`, and JWTs. `name` is that of `value` itself.
template <class IsSecret, class Tell>
void for_each_secret(const Json& value, const std::string& name, bool secret,
                     const IsSecret& is_secret, const Tell& tell) {
  if (const auto* object = value.object()) {
    for (const auto& [inner, member] : *object) {
      for_each_secret(member, inner, secret || is_secret(inner), is_secret, tell);
    }
  } else if (const auto* array = value.array()) {
    for (const Json& item : *array) for_each_secret(item, name, secret, is_secret, tell);
  } else if (const auto text = secret_text(value, name); secret || is_jwt(text)) {
    tell(text);
  }
}

// `value` with the same secrets in it blanked, and all other texts put through `clean`.
template <class IsSecret, class Clean>
Json blanked(const Json& value, const std::string& name, bool secret, const IsSecret& is_secret,
             const Clean& clean) {
  if (const auto* object = value.object()) {
    Json::Object members;
    for (const auto& [inner, member] : *object) {
      members.emplace_back(clean(inner),
                           blanked(member, inner, secret || is_secret(inner), is_secret, clean));
    }
    return Json(std::move(members));
  }
  if (const auto* array = value.array()) {
    Json::Array items;
    for (const Json& item : *array) items.push_back(blanked(item, name, secret, is_secret, clean));
    return Json(std::move(items));
  }
  const std::string text = secret_text(value, name);
  if (!text.empty() && (secret || is_jwt(text))) return Json(kBlank);
  return value.string() != nullptr ? Json(clean(text)) : value;
}

// The path without the places in lists that it ends with.
std::string without_places(std::string path) {
  for (auto dot = path.rfind('.'); dot != std::string::npos; dot = path.rfind('.')) {
    if (path.find_first_not_of("0123456789", dot + 1) != std::string::npos) break;
    path.resize(dot);
  }
  return path;
}

bool looks_like_form(const HttpResponse& response) {
  const auto type = find_header(response.headers, "Content-Type").value_or("");
  if (type.starts_with("application/x-www-form-urlencoded")) return true;
  return response.body.find('=') != std::string::npos &&
         response.body.find_first_of(" \t\r\n<>{}\"") == std::string::npos;
}

// Whether a body that cannot be taken apart speaks of something that must not be shown.
bool speaks_of_secrets(const std::string& text) {
  const std::string plain = plain_name(text);
  return text.find("eyJ") != std::string::npos || plain.find("token") != std::string::npos ||
         plain.find("secret") != std::string::npos || plain.find("code") != std::string::npos ||
         plain.find("password") != std::string::npos;
}

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string plain = plain_name(name);
  return plain.ends_with("token") || plain.ends_with("tokens") || plain.ends_with("cookie") ||
         plain.find("secret") != std::string::npos || plain.ends_with("assertion") ||
         is_one_of(plain, kNames);
}

Redaction::Redaction(std::vector<std::string> secret_paths)
    : secret_paths_(std::move(secret_paths)) {
  for (auto& path : secret_paths_) path = without_places(std::move(path));
}

bool Redaction::is_secret(const std::string& name) const {
  return is_secret_name(name) ||
         std::any_of(secret_paths_.begin(), secret_paths_.end(), [&](const std::string& path) {
           return path == name || path.ends_with("." + name);
         });
}

bool Redaction::is_secret_parameter(const std::string& name, const std::string& value) const {
  return is_secret(name) || name == "key" || is_jwt(value);
}

void Redaction::learn_value(const std::string& value) {
  constexpr std::size_t kMany = 1000;  // of a provider that fills its answers with them
  if (!value.empty() && secrets_.size() < kMany) secrets_.emplace_back(value);
}

void Redaction::learn_query(std::string_view query) {
  for (const auto& parameter : parse_query(query)) {
    const std::string value = parameter.value.value_or("");
    if (is_secret_parameter(parameter.name, value)) learn_value(value);
  }
}

void Redaction::learn_members(const Json& json) {
  for_each_secret(
      json, "", false, [this](const std::string& name) { return is_secret(name); },
      [this](const std::string& value) { learn_value(value); });
}

void Redaction::learn(const HttpRequest& request) {
  for (auto& secret : secrets_of(request)) learn_value(secret.reveal());
  learn_query(request.url.query.value_or(""));
}

void Redaction::learn(const HttpResponse& response) {
  if (const auto json = parse_json(response.body)) {
    learn_members(*json);
  } else if (looks_like_form(response)) {
    learn_query(response.body);
  }
  if (const auto target = parse_url(find_header(response.headers, "Location").value_or(""))) {
    learn_query(target->query.value_or(""));
    learn_query(target->fragment.value_or(""));
  }
}

std::string Redaction::clean(std::string text) const {
  return blank_secrets(std::move(text), secrets_);
}

std::string Redaction::shown_parameters(const std::string& query) const {
  return shown_query(query, [this](const std::string& name, const std::string& value) {
    return is_secret_parameter(name, value);
  });
}

std::string Redaction::shown(const Url& url) const {
  Url safe = url;
  if (safe.query) safe.query = shown_parameters(*safe.query);
  if (safe.fragment) safe.fragment = kBlank;
  return for_terminal(clean(safe.text()), kLongestBody);
}

std::string Redaction::shown_header(const std::string& name, const std::string& value) const {
  const std::string plain = plain_name(name);
  if (plain == "location" || plain == "contentlocation" || plain == "refresh" || plain == "link") {
    const auto mark = value.find_first_of("?#");
    if (mark == std::string::npos) return for_terminal(clean(value), kLongestHeader);
    const auto url = parse_url(value);
    std::string text = value.substr(0, mark) + value[mark] + kBlank;
    if (url && url->query) {
      Url safe = *url;
      safe.fragment = safe.fragment ? std::optional<std::string>(kBlank) : std::nullopt;
      safe.query = shown_query(*url->query, [](const std::string& parameter, const std::string&) {
        return !is_one_of(parameter, kHarmless);
      });
      text = safe.text();
    }
    return for_terminal(clean(text), kLongestHeader);
  }
  const bool challenge = plain == "wwwauthenticate" || plain == "proxyauthenticate";
  const bool secret = is_secret_name(name) || is_jwt(value) || plain.ends_with("authorization") ||
                      plain.find("cookie") != std::string::npos;
  if (secret && !challenge) return kBlank;
  return for_terminal(clean(value), kLongestHeader);
}

std::string Redaction::shown(const Form& form) const {
  std::string text;
  for (const auto& field : form) {
    const auto* plain = std::get_if<std::string>(&field.value);
    const bool secret = plain == nullptr || is_secret_parameter(field.name, *plain);
    text += (text.empty() ? "" : "&") + form_encode(field.name) + "=";
    text += secret ? kBlank : form_encode(*plain);
  }
  return for_terminal(clean(text), kLongestBody);
}

std::string Redaction::shown_body(const HttpResponse& response) const {
  const std::string& body = response.body;
  if (body.empty()) return {};
  if (const auto json = parse_json(body)) {
    const auto cleaned = [this](const std::string& text) { return clean(text); };
    const auto secret = [this](const std::string& name) { return is_secret(name); };
    return for_terminal(clean(blanked(*json, "", false, secret, cleaned).text()), kLongestBody);
  }
  if (looks_like_form(response)) {
    return for_terminal(clean(shown_parameters(body)), kLongestBody);
  }
  const std::string cut = for_terminal(clean(body), kLongestOther);
  if (!speaks_of_secrets(cut)) return cut;
  return "(" + std::to_string(body.size()) + " bytes that cannot be shown safely)";
}

}  // namespace xauth::cli
