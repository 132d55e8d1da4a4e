// Sending one request to a test server, and what became of it.
#pragma once

#include <optional>
#include <string>

#include "system/http_client.h"

namespace xauth::test {

// The answer, or why there is none.
struct Outcome {
  std::optional<HttpResponse> response;
  Code code = Code::failure;
  std::string message;
  std::string hint;
  bool reached = false;

  bool failed(Code wanted) const { return !response && code == wanted; }
};

inline Outcome exchange(const HttpRequest& request, const HttpSettings& settings = {}) {
  Outcome outcome;
  try {
    outcome.response = send_http(request, settings);
  } catch (const SendFailure& failure) {
    outcome = {std::nullopt, failure.code, failure.message, failure.hint, failure.reached};
  } catch (const Error& error) {
    outcome = {std::nullopt, error.code, error.message, error.hint, false};
  }
  return outcome;
}

inline HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = parse_url(url).value();
  return request;
}

}  // namespace xauth::test
