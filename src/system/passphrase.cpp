#include "system/passphrase.h"

#include "base/error.h"
#include "system/signals.h"
#include "system/terminal.h"

namespace xauth {

std::optional<Secret> ask_passphrase(const std::string& prompt) {
  constexpr std::size_t kLongest = 1000;  // elsewhere a terminal's line has 1,024
  if (!input_is_ours() || !error_is_terminal()) return std::nullopt;
  std::optional<SignalsWatched> signals;
  if (!SignalsWatched::active()) signals.emplace();
  Secret answer = ask_hidden(prompt);
  if (answer.empty()) throw Error(Code::usage, "no passphrase was given");
  if (answer.reveal().size() > kLongest) {
    throw Error(Code::usage, "a passphrase has 1,000 bytes at most");
  }
  return answer;
}

}  // namespace xauth
