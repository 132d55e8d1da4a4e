#include "oauth/answer.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/http_date.h"
#include "base/terminal_text.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestRetryAfter = 64;  // a date has 29 characters

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return text;
}

std::string media_type(const HttpResponse& response) {
  std::string type = find_header(response.headers, "Content-Type").value_or("");
  type.resize(std::min(type.find_first_of("; \t"), type.size()));
  return lower(std::move(type));
}

// Whether JSON may come as `type`. Anything may but what a browser or a person reads.
bool may_hold_json(const GrantFields& fields, const std::string& type) {
  if (type != "text/html" && type != "text/plain") return true;
  return std::find(fields.answer_types.begin(), fields.answer_types.end(), type) !=
         fields.answer_types.end();
}

Json form_fields(const std::string& text, const std::string& host) {
  Json fields((Json::Object()));
  for (const auto& parameter : parse_query(text)) {
    if (fields.find(parameter.name) != nullptr) {
      fail_answer(host, "repeats " + for_terminal(parameter.name, 40));
    }
    fields.set(parameter.name, Json(parameter.value.value_or("")));
  }
  return fields;
}

std::string retry_after_of(const HttpResponse& response) {
  auto value = find_header(response.headers, "Retry-After").value_or("");
  return value.size() <= kLongestRetryAfter && is_printable_ascii(value) ? value : std::string();
}

std::string what_happened(int status, const std::string& words) {
  const char* what = status == 429 ? " asks to slow down" : " has a problem of its own";
  return what + status_and_words(status, words);
}

std::string when_to_try(const std::string& retry_after) {
  if (parse_http_date(retry_after, {})) return "try again after " + retry_after;
  const auto wait = parse_retry_after(retry_after, {});
  return wait ? "try again in " + std::to_string(wait->count()) + " s" : "try again later";
}

}  // namespace

TryLater::TryLater(const std::string& host, const HttpResponse& response,
                   std::string provider_error, const std::string& words)
    : Error(Code::unreachable, host + what_happened(response.status, words),
            when_to_try(retry_after_of(response)), std::move(provider_error)),
      status(response.status),
      retry_after(retry_after_of(response)) {}

void check_no_redirect(const HttpResponse& response, const std::string& host) {
  if (response.status < 300 || response.status >= 400) return;
  const auto target = parse_url(find_header(response.headers, "Location").value_or(""));
  fail_answer(host, "is a redirect (status " + std::to_string(response.status) + ")" +
                        (target ? " to " + target->host : std::string()) +
                        ", which is not followed");
}

void check_answered(const HttpResponse& response, const std::string& host) {
  check_no_redirect(response, host);
  if (response.status >= 500 || response.status == 429) throw TryLater(host, response);
}

Answer read_answer(const GrantFields& fields, const HttpResponse& response,
                   const std::string& host) {
  Answer answer{response.status, media_type(response), {}, response.body};
  const bool form = answer.type == "application/x-www-form-urlencoded";
  if (form) {
    answer.body = form_fields(response.body, host);
  } else if (may_hold_json(fields, answer.type)) {
    auto json = parse_json(response.body);
    if (json && json->object() != nullptr) answer.body = *std::move(json);
  }
  return answer;
}

void fail_unreadable(const Answer& answer, const std::string& host) {
  const std::string status = status_and_words(answer.status);
  if (answer.type == "text/html") {
    fail_answer(host, "is a web page, not a token" + status,
                "check the token URL; a proxy or a sign-in page of the network may stand in "
                "between");
  }
  if (answer.text.empty()) fail_answer(host, "is empty" + status);
  if (answer.type == "text/plain") fail_answer(host, "is plain text, not JSON" + status);
  fail_answer(host, "is not a JSON object" + status);
}

std::string status_and_words(int status, const std::string& words) {
  return " (status " + std::to_string(status) + ")" + (words.empty() ? "" : ": " + words);
}

void fail_answer(const std::string& host, const std::string& what, const std::string& hint) {
  throw Error(Code::bad_response, "the answer of " + host + " " + what, hint);
}

}  // namespace xauth::oauth
