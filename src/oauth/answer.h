// What an endpoint of the provider sent, read as far as it can be.
#pragma once

#include <string>

#include "base/error.h"
#include "base/http_message.h"
#include "base/json.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// The provider asks to come back later, or has a problem of its own (429, 5xx).
struct TryLater : Error {
  // `words` are what the provider says of it, safe to be shown.
  TryLater(const std::string& host, const HttpResponse& response, std::string provider_error = {},
           const std::string& words = {});

  int status;
  std::string retry_after;  // the header's value, at most 64 printable characters; empty: none
};

// What any answer of the provider must be to be looked at: no redirect, no 5xx or 429. Throws
// Error (bad_response) or TryLater otherwise; `host` names the provider. RFC 9110 §15
void check_answered(const HttpResponse& response, const std::string& host);

// The first half of that: throws Error (bad_response) for a redirect, naming where to.
void check_no_redirect(const HttpResponse& response, const std::string& host);

struct Answer {
  int status = 0;
  std::string type;  // the media type in lower case, without parameters; empty: none was sent
  Json body;         // an object; null when the answer is none
  std::string text;  // all of it, as it came
};

// Reads `response`: JSON of type application/json, …+json or one of the preset's `answer_types`, or
// the fields of a form. Throws Error (bad_response) for a form that repeats a field. RFC 6749 §5.1
Answer read_answer(const GrantFields& fields, const HttpResponse& response,
                   const std::string& host);

// Says what is wrong with an answer whose body is null: throws Error (bad_response).
[[noreturn]] void fail_unreadable(const Answer& answer, const std::string& host);

// ` (status 401): Unauthorized`, the end of a message; `words` are the provider's, safe to be
// shown.
std::string status_and_words(int status, const std::string& words = {});

// Throws Error (bad_response): "the answer of HOST WHAT".
[[noreturn]] void fail_answer(const std::string& host, const std::string& what,
                              const std::string& hint = {});

}  // namespace xauth::oauth
