#include "cli/hyperlink.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/context.h"

namespace xauth::cli {

namespace {

constexpr int kFirstVteWithLinks = 5000;  // 0.50

template <std::size_t count>
bool is_one_of(const std::string& word, const std::array<std::string_view, count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool shows_links() {
  constexpr std::array<std::string_view, 4> kPrograms = {"iTerm.app", "WezTerm", "vscode",
                                                         "ghostty"};
  constexpr std::array<std::string_view, 5> kTerms = {"xterm-kitty", "xterm-ghostty", "alacritty",
                                                      "foot", "contour"};
  if (!environment("TMUX").empty() || !environment("STY").empty()) return false;
  const std::string vte = environment("VTE_VERSION");
  int vte_version = 0;
  std::from_chars(vte.data(), vte.data() + vte.size(), vte_version);
  return vte_version >= kFirstVteWithLinks || !environment("KONSOLE_VERSION").empty() ||
         !environment("WT_SESSION").empty() || is_one_of(environment("TERM_PROGRAM"), kPrograms) ||
         is_one_of(environment("TERM"), kTerms);
}

std::string link_to(const Url& url, const std::string& text) {
  return "\033]8;;" + url.text() + "\033\\" + text + "\033]8;;\033\\";
}

}  // namespace xauth::cli
