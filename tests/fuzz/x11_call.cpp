#include "cli/x11_handover.h"
#include "fuzz/property.h"

using namespace xauth;

// The words of the input, parted by spaces, are the arguments.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> words;
  auto text = fuzz::text_of(data, size);
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    words.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  const bool x11 = cli::is_x11_call(words);
  fuzz::require(!x11 || !words.empty(), "no words are no call of X11's");
  if (!words.empty() && !words.front().starts_with('-')) {
    for (const char* ours : {"login", "token", "refresh", "status", "logout", "use", "help"}) {
      fuzz::require(words.front() != ours || !x11, "our own commands stay ours");
    }
    words.emplace_back("more");
    fuzz::require(cli::is_x11_call(words) == x11, "the first word decides");
  }
  return 0;
}
