#include "base/http_message.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/json.h"

namespace xauth {

namespace {

constexpr std::size_t kShortestSecret = 4;  // blanking shorter ones would blank ordinary text

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

const std::string& value_of(const FormField& field) {
  const auto* secret = std::get_if<Secret>(&field.value);
  return secret != nullptr ? secret->reveal() : std::get<std::string>(field.value);
}

void replace_all(std::string& text, const std::string& from, std::string_view to) {
  if (from.size() < kShortestSecret) return;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The password of Basic credentials, as it was before it was form-encoded. RFC 6749 §2.3.1
Secret password_in(const Secret& credentials) {
  const Secret pair(base64_decode(credentials.reveal()).value_or(""));
  const auto colon = pair.reveal().find(':');
  if (colon == std::string::npos) return {};
  return Secret(form_decode(pair.reveal().substr(colon + 1)).value_or(""));
}

}  // namespace

std::optional<std::string> find_header(const Headers& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
    return same_name(header.first, name);
  });
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

Secret encode_form(const Form& form) {
  std::string body;
  for (const auto& field : form) {
    if (!body.empty()) body += '&';
    body += form_encode(field.name) + "=" + form_encode(value_of(field));
  }
  return Secret(std::move(body));
}

Secret encode_json(const Form& form) {
  Json object((Json::Object()));
  for (const auto& field : form) object.set(field.name, Json(value_of(field)));
  return Secret(object.text());
}

std::vector<Secret> secrets_of(const HttpRequest& request) {
  std::vector<Secret> secrets;
  if (!request.authorization.empty()) {
    const std::string& value = request.authorization.reveal();
    secrets.push_back(request.authorization);
    secrets.emplace_back(value.substr(value.find(' ') + 1));  // the credentials alone
    if (value.starts_with("Basic ")) secrets.push_back(password_in(secrets.back()));
  }
  for (const auto& field : request.form.value_or(Form())) {
    if (const auto* secret = std::get_if<Secret>(&field.value)) secrets.push_back(*secret);
  }
  return secrets;
}

std::string blank_secrets(std::string text, const std::vector<Secret>& secrets) {
  for (const auto& secret : secrets) {
    replace_all(text, secret.reveal(), "***");
    replace_all(text, form_encode(secret.reveal()), "***");
    replace_all(text, percent_encode(secret.reveal()), "***");
  }
  return text;
}

}  // namespace xauth
