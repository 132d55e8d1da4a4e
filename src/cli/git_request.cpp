#include "cli/git_request.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::cli {

namespace {

Error not_as_git_writes_it() {
  return {Code::usage, "a line of git's request is not as git writes it"};
}

// Another line end than git's would let a URL slip lines of its own in (CVE-2020-5260,
// CVE-2024-52006).
void check_line(std::string_view line) {
  constexpr std::string_view kForbidden{"\r\0", 2};
  const bool clean = line.find_first_of(kForbidden) == std::string_view::npos;
  if (!clean || line.find('=') == std::string_view::npos) throw not_as_git_writes_it();
}

std::string percent_decoded(std::string_view text) {
  std::string form;
  for (const char c : text) form += c == '+' ? std::string("%2B") : std::string(1, c);
  const auto decoded = form_decode(form);
  if (!decoded || has_control(*decoded)) throw not_as_git_writes_it();
  return *decoded;
}

// The parts of a URL as git takes them. A host stays encoded: one that must be matches none.
void take_url(GitRequest& request, std::string_view url) {
  request = {};
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return;
  request.protocol = url.substr(0, colon);
  url.remove_prefix(colon + 3);
  std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  if (const auto at = authority.find('@'); at != std::string_view::npos) {
    request.username = percent_decoded(authority.substr(0, std::min(at, authority.find(':'))));
    authority.remove_prefix(at + 1);
  }
  request.host = authority;
}

void take_line(GitRequest& request, std::string_view line) {
  const auto equals = line.find('=');
  const auto key = line.substr(0, equals);
  const auto value = line.substr(equals + 1);
  if (key == "protocol") request.protocol = value;
  if (key == "host") request.host = value;
  if (key == "username") request.username = value;
  if (key == "password") request.password = Secret(std::string(value));
  if (key == "url") take_url(request, value);
}

}  // namespace

GitRequest read_git_request(std::string_view input) {
  GitRequest request;
  while (!input.empty()) {
    const auto line = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(line.size() + 1, input.size()));
    if (line.empty()) break;
    check_line(line);
    take_line(request, line);
  }
  return request;
}

Secret git_answer(const std::string& username, const store::Tokens& tokens) {
  std::string lines = "username=" + username + "\npassword=" + tokens.access_token.reveal() + "\n";
  if (tokens.expires_at) {
    lines += "password_expiry_utc=" + std::to_string(tokens.expires_at->time_since_epoch().count());
    lines += "\n";
  }
  return Secret(std::move(lines));
}

}  // namespace xauth::cli
