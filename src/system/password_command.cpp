#include "system/password_command.h"

#include <utility>

#include "base/error.h"
#include "base/terminal_text.h"
#include "system/password_text.h"
#include "system/process.h"

namespace xauth {

namespace {

Child start(const std::string& command, const std::string& name) {
  const auto words = split(command);
  if (words.empty()) throw Error(Code::storage, name + " is empty");
  try {
    return start_for_output(words, {"XAUTH_TOKEN"});
  } catch (const Error& error) {
    throw Error(Code::storage, name + " was not started: " + error.message, error.hint);
  }
}

}  // namespace

Secret password_from_command(const std::string& command, std::chrono::seconds limit) {
  const std::string name = "the password command `" + for_terminal(command) + "`";
  const auto late = [&] {
    return Error(Code::storage,
                 name + " was not done after " + std::to_string(limit.count()) + " s");
  };
  const auto deadline = std::chrono::steady_clock::now() + limit;
  Child child = start(command, name);
  constexpr std::size_t kMost = kLongestPassword + 2;  // with its line end
  auto output = child.read(kMost, deadline);
  if (!output) throw late();
  const Secret text(std::move(*output));
  const bool too_long = text.reveal().size() > kMost;  // and so not over yet
  const auto status = too_long ? 0 : child.wait(deadline);
  if (!status) throw late();
  if (*status != 0) {
    throw Error(Code::storage, name + " ended with status " + std::to_string(*status));
  }
  return password_in(text, name);
}

}  // namespace xauth
