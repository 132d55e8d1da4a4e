#include "base/error.h"

#include <utility>

namespace xauth {

std::string_view name_of(Code code) {
  switch (code) {
    case Code::failure:
      return "failure";
    case Code::usage:
      return "usage";
    case Code::refused:
      return "refused";
    case Code::login_needed:
      return "login_needed";
    case Code::timeout:
      return "timeout";
    case Code::unreachable:
      return "unreachable";
    case Code::bad_response:
      return "bad_response";
    case Code::storage:
      return "storage";
    case Code::busy:
      return "busy";
    case Code::not_runnable:
      return "not_runnable";
    case Code::not_found:
      return "not_found";
    case Code::interrupted:
      return "interrupted";
  }
  return "failure";
}

Error::Error(Code code, std::string message, std::string hint, std::string provider_error)
    : code(code),
      message(std::move(message)),
      hint(std::move(hint)),
      provider_error(std::move(provider_error)) {}

Error Error::interrupted_by(int signal) {
  Error error(Code::interrupted, "interrupted");
  error.signal = signal;
  return error;
}

}  // namespace xauth
