#include "oauth/callback.h"

#include <algorithm>
#include <optional>

#include "base/encoding.h"
#include "oauth/error_answer.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestQuery = 64 * 1024;  // a pasted one; the listener takes far less

// The values of one parameter, and whether all of them can be used.
struct Values {
  std::size_t count = 0;
  bool sound = true;  // decodes, is UTF-8, holds no control character
  std::string first;
};

Values values_of(const std::vector<Parameter>& parameters, std::string_view name) {
  Values found;
  for (const auto& parameter : parameters) {
    if (parameter.name != name) continue;
    const bool sound =
        parameter.value && is_utf8(*parameter.value) && !has_control(*parameter.value);
    found.sound = found.sound && sound;
    if (found.count++ == 0) found.first = parameter.value.value_or("");
  }
  return found;
}

std::optional<NotOurs> check_state(const PendingAuthorization& pending,
                                   const std::vector<Parameter>& parameters) {
  const Values state = values_of(parameters, "state");
  if (state.count == 0 || state.first.empty()) return NotOurs{"it has no state"};
  if (state.count > 1) return NotOurs{"it has more than one state"};
  if (!state.sound || !pending.state.matches(state.first)) {
    return NotOurs{"its state is not the one of this login"};
  }
  return std::nullopt;
}

Error broken(const std::string& what) {
  return {Code::bad_response, "the provider's answer to the login " + what};
}

// What must not be in a code-flow answer, or not more than once. RFC 6749 §3.1
std::optional<Error> check_form(const std::vector<Parameter>& parameters) {
  for (const char* name : {"code", "error", "iss", "error_description", "error_uri"}) {
    const Values values = values_of(parameters, name);
    if (values.count > 1) return broken("has more than one " + std::string(name));
    if (!values.sound && (name == std::string_view("code") || name == std::string_view("iss"))) {
      return broken("has a malformed " + std::string(name));
    }
  }
  for (const char* name : {"id_token", "access_token", "token_type", "response"}) {
    if (values_of(parameters, name).count > 0) {
      return broken("holds " + std::string(name) + ", which was not asked for");
    }
  }
  return std::nullopt;
}

}  // namespace

CallbackVerdict check_callback(const PendingAuthorization& pending, std::string_view query) {
  if (query.size() > kLongestQuery) return NotOurs{"it is too long"};
  const auto parameters = parse_query(query);
  if (auto stray = check_state(pending, parameters)) return *stray;
  if (auto error = check_form(parameters)) return *error;

  const Values iss = values_of(parameters, "iss");
  const std::string& issuer = pending.provider.issuer;
  if (iss.count == 0 && pending.provider.sends_iss) {
    return broken("does not say which issuer it comes from (iss)");
  }
  if (iss.count > 0 && !issuer.empty() && iss.first != issuer) {
    return broken("comes from another issuer (iss)");
  }
  const Values error = values_of(parameters, "error");
  const Values code = values_of(parameters, "code");
  if (error.count > 0 && code.count > 0) return broken("holds both a code and an error");
  if (error.count > 0) {
    if (error.first.empty()) return broken("has an empty error");
    Refusal refusal = make_refusal(error.first, values_of(parameters, "error_description").first,
                                   values_of(parameters, "error_uri").first, {pending.state});
    interpret_callback(pending.provider, refusal);
    return refusal;
  }
  if (code.first.empty()) return broken("has no code");
  return CheckedCallback(Secret(code.first));
}

std::string query_of_pasted(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(kSpace) - first + 1);
  text = text.substr(0, text.find('#'));
  const auto mark = text.find('?');
  return std::string(mark == std::string_view::npos ? text : text.substr(mark + 1));
}

}  // namespace xauth::oauth
