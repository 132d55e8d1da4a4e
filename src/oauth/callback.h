// The answer to an authorize request, checked before anything in it is believed.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "base/secret.h"
#include "oauth/authorization.h"
#include "oauth/refusal.h"

namespace xauth::oauth {

// A callback that is not the answer to our request: to be answered and forgotten.
struct NotOurs {
  std::string why;  // a phrase for the person, without anything from the request
};

// A callback that has passed every check; only check_callback makes one, and only such a one can
// be exchanged.
class CheckedCallback {
 public:
  const Secret& code() const { return code_; }

 private:
  explicit CheckedCallback(Secret code) : code_(std::move(code)) {}
  friend std::variant<NotOurs, CheckedCallback, Refusal, Error> check_callback(
      const PendingAuthorization& pending, std::string_view query);
  Secret code_;
};

// NotOurs unless the one `state` in it is ours; then the code, the provider's refusal, or an Error
// (bad_response) for an answer that breaks the protocol.
using CallbackVerdict = std::variant<NotOurs, CheckedCallback, Refusal, Error>;

// Judges the raw query of a callback, in the order state, iss, error, code.
// RFC 6749 §4.1.2, §10.12; RFC 9207 §2.4; RFC 9700 §4.7
CallbackVerdict check_callback(const PendingAuthorization& pending, std::string_view query);

// The raw query of what a person pasted: a whole redirected URL (its fragment dropped) or the bare
// query, with or without `?`; white space around it is ignored.
std::string query_of_pasted(std::string_view text);

}  // namespace xauth::oauth
