#include "cli/curl_call.h"

#include <strings.h>

#include <algorithm>
#include <string_view>

#include "base/error.h"
#include "store/token_text.h"

namespace xauth::cli {

namespace {

// The short options that take a value: the rest of their word, else the next word.
constexpr std::string_view kWithValue = "*AbcCdDeEFhHKmoPQrtTuUwxXyYz";

// curl takes long options in capitals or not, and cut as long as they are unique.
bool is_next(std::string_view word) {
  constexpr std::string_view kNext = "--next";
  constexpr std::size_t kUnique = 5;  // --ne may be --netrc
  return word.size() >= kUnique && word.size() <= kNext.size() &&
         strncasecmp(word.data(), kNext.data(), word.size()) == 0;
}

struct Cluster {
  bool has_next = false;
  bool wants_value = false;  // which is the next word
};

Cluster read_cluster(std::string_view letters) {
  const auto value = letters.find_first_of(kWithValue);
  return {letters.substr(0, value).find(':') != std::string_view::npos,
          value != std::string_view::npos && value + 1 == letters.size()};
}

// Whether .curlrc is to be left alone, which curl heeds in the first word only.
bool leaves_curlrc(const std::string& first) {
  return first.starts_with("-q") || strcasecmp(first.c_str(), "--disable") == 0;
}

}  // namespace

void check_curl_arguments(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == "--") return;  // URLs alone follow
    const bool is_long = word.starts_with("--");
    const auto cluster =
        is_long || !word.starts_with('-') ? Cluster() : read_cluster(word.substr(1));
    if (cluster.has_next || is_next(word)) {
      throw Error(Code::usage, "curl's --next (-:) would leave the token behind",
                  "one `xauth curl` for each");
    }
    const bool may_be_value = i > 0 && arguments[i - 1].starts_with("--");
    if (cluster.wants_value && !may_be_value) ++i;
  }
}

std::vector<std::string> curl_call(int config, const std::vector<std::string>& arguments) {
  std::vector<std::string> call = {"curl"};
  if (!arguments.empty() && leaves_curlrc(arguments.front())) call.emplace_back("-q");
  call.emplace_back("-K");
  call.push_back("/dev/fd/" + std::to_string(config));
  call.insert(call.end(), arguments.begin(), arguments.end());
  return call;
}

Secret curl_config(const Secret& access_token, bool https_only) {
  const Secret header = store::token_text(store::TokenFormat::curl, access_token);
  return Secret(header.reveal() + "\n" + (https_only ? "proto = \"=https\"\n" : ""));
}

}  // namespace xauth::cli
