// Absolute URLs, taken strictly: what this parser accepts is safe to hand on as one argument.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xauth {

// An absolute http or https URL with a host. It holds only the characters of RFC 3986, no
// userinfo, no quotes, no `$(`.
struct Url {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; an IPv6 literal keeps its brackets
  int port = -1;       // 0 to 65535; -1 when the URL names none
  std::string path;    // "" or begins with "/"
  std::optional<std::string> query;
  std::optional<std::string> fragment;

  // The URL as text again, normalised in the case of scheme and host only. RFC 3986 §5.3
  std::string text() const;

  // host, with `:port` where the URL names one: what a browser sends as `Host`.
  std::string authority() const;

  // The port named, else the scheme's default.
  int effective_port() const;
};

// Nothing when `text` is not such a URL, or longer than 8,192 bytes. RFC 3986 §3
std::optional<Url> parse_url(std::string_view text);

// 127.0.0.0/8, ::1 or localhost: the hosts that plain http may go to. RFC 8252 §7.3, §8.3
bool is_loopback(const Url& url);

// https, or http to a loopback host. RFC 6749 §3.1, §3.2
bool is_secure(const Url& url);

}  // namespace xauth
