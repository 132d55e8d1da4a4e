#include "demo/json_answer.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace xauth::demo {

namespace {

std::string with_name(std::string text, const std::string& parameter) {
  constexpr std::string_view kPlace = "NAME";
  const auto at = text.find(kPlace);
  return at == std::string::npos ? text : text.replace(at, kPlace.size(), parameter);
}

}  // namespace

OutgoingReply json_answer(int status, const Json& value) {
  return {status,
          {{"Content-Type", "application/json"},
           {"Cache-Control", "no-store"},
           {"Pragma", "no-cache"},
           {"X-Content-Type-Options", "nosniff"}},
          value.text()};
}

OutgoingReply refusal(const Manner& manner, const Rejection& rejection) {
  const auto& error = manner.errors.at(rejection.fault);
  if (error.error.empty()) return {error.status, {{"Cache-Control", "no-store"}}, ""};
  Json body;
  body.set("error", error.error);
  if (!error.description.empty()) {
    body.set("error_description", with_name(error.description, rejection.parameter));
  }
  if (rejection.interval) {
    body.set("interval", static_cast<std::int64_t>(rejection.interval->count()));
  }
  auto reply = json_answer(error.status, body);
  const bool by_bearer =
      rejection.fault == Fault::access_token || rejection.fault == Fault::insufficient_scope;
  if (by_bearer) {
    reply.headers.emplace_back("WWW-Authenticate", "Bearer error=\"" + error.error + "\"");
  } else if (error.status == 401) {
    reply.headers.emplace_back("WWW-Authenticate", "Basic realm=\"demo\"");
  }
  return reply;
}

}  // namespace xauth::demo
