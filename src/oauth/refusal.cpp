#include "oauth/refusal.h"

#include <algorithm>

#include "base/http_message.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestText = 512;  // enough for a sentence or two

// Keeps the characters that RFC 6749 permits in error texts: printable ASCII but `"` and `\`.
std::string permitted(std::string_view text, const std::vector<Secret>& sent) {
  std::string out = blank_secrets(std::string(text), sent);
  std::erase_if(out, [](unsigned char c) { return c < 0x20 || c > 0x7E || c == '"' || c == '\\'; });
  out = blank_secrets(std::move(out), sent);  // one that was whole only without what went
  if (out.size() > kLongestText) out.resize(kLongestText);
  return out;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

Refusal make_refusal(std::string_view error, std::string_view description, std::string_view uri,
                     const std::vector<Secret>& sent) {
  Refusal refusal;
  refusal.error = permitted(error, sent);
  refusal.error_description = permitted(description, sent);
  refusal.error_uri = permitted(uri, sent);
  refusal.meaning = refusal.error;
  return refusal;
}

std::string text_of(const Refusal& refusal) {
  std::string text = refusal.error;
  if (!refusal.error_description.empty()) text += ": " + refusal.error_description;
  if (!refusal.error_uri.empty()) text += " (" + refusal.error_uri + ")";
  return text;
}

bool is_dead_grant(const Refusal& refusal) {
  return refusal.meaning == "invalid_grant" && refusal.fix.empty();
}

Code code_of(const Refusal& refusal) {
  const auto& means = refusal.meaning;
  if (!refusal.fix.empty()) return Code::usage;
  if (is_one_of(means, {"invalid_client", "unauthorized_client", "redirect_uri_mismatch"})) {
    return Code::usage;
  }
  if (is_one_of(means, {"server_error", "temporarily_unavailable"})) return Code::unreachable;
  return Code::refused;
}

}  // namespace xauth::oauth
