#include "base/url.h"

#include <algorithm>
#include <charconv>

namespace xauth {

namespace {

constexpr std::size_t kLongest = 8192;  // what browsers and servers commonly take

constexpr std::string_view kAlpha = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::string_view kMarks = "-._~!$&()*+,;=:@/?%";  // RFC 3986 but for the quote

bool only(std::string_view text, std::string_view a, std::string_view b, std::string_view c = {}) {
  return std::all_of(text.begin(), text.end(), [&](char x) {
    return a.find(x) != std::string_view::npos || b.find(x) != std::string_view::npos ||
           c.find(x) != std::string_view::npos;
  });
}

bool escapes_are_whole(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const auto digits = text.substr(at + 1, 2);
    if (digits.size() != 2 || !only(digits, kHexDigits, {})) return false;
  }
  return true;
}

bool is_plain(std::string_view text) {
  return only(text, kAlpha, kDigits, kMarks) && escapes_are_whole(text) &&
         text.find("$(") == std::string_view::npos;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 3 && host.ends_with(']') &&
           only(host.substr(1, host.size() - 2), kHexDigits, ":.");
  }
  return !host.empty() && !host.starts_with('-') && !host.starts_with('.') &&
         host.find("..") == std::string_view::npos && only(host, kAlpha, kDigits, "-._");
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return out;
}

// Cuts `text` at the first `mark`; what stands behind it, or nothing.
std::optional<std::string> cut_at(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  std::string rest(text.substr(at + 1));
  text = text.substr(0, at);
  return rest;
}

// Fills host and port from "host", "host:port" or "[v6]:port".
bool read_authority(std::string_view authority, Url& url) {
  const auto colon = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  url.host = lower(authority.substr(0, colon));
  if (!is_host(url.host)) return false;
  if (colon == std::string_view::npos) return true;
  const auto digits = authority.substr(colon + 1);
  if (digits.empty() || digits.size() > 5 || !only(digits, kDigits, {})) return false;
  std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
  return url.port <= 65535;
}

// The number that the dotted piece `text` names, 0 to 255, without a leading zero.
bool is_octet(std::string_view text) {
  if (text.empty() || text.size() > 3 || !only(text, kDigits, {})) return false;
  if (text.size() > 1 && text.front() == '0') return false;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value <= 255;
}

bool is_loopback_v4(std::string_view host) {
  if (!host.starts_with("127.")) return false;
  int pieces = 0;
  while (true) {
    const auto piece = host.substr(0, host.find('.'));
    if (!is_octet(piece)) return false;
    ++pieces;
    if (piece.size() == host.size()) return pieces == 4;
    host.remove_prefix(piece.size() + 1);
  }
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  if (text.size() > kLongest) return std::nullopt;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  url.scheme = lower(text.substr(0, colon));
  if (url.scheme != "https" && url.scheme != "http") return std::nullopt;
  text.remove_prefix(colon + 3);

  url.fragment = cut_at(text, '#');
  url.query = cut_at(text, '?');
  const auto slash = text.find('/');
  if (slash != std::string_view::npos) url.path = text.substr(slash);
  if (!read_authority(text.substr(0, slash), url)) return std::nullopt;

  if (!is_plain(url.path) || !is_plain(url.query.value_or("")) ||
      !is_plain(url.fragment.value_or(""))) {
    return std::nullopt;
  }
  return url;
}

std::string Url::authority() const { return port < 0 ? host : host + ":" + std::to_string(port); }

int Url::effective_port() const {
  if (port >= 0) return port;
  return scheme == "https" ? 443 : 80;
}

std::string Url::text() const {
  std::string out = scheme + "://" + authority() + path;
  if (query) out += "?" + *query;
  if (fragment) out += "#" + *fragment;
  return out;
}

bool is_loopback(const Url& url) {
  return url.host == "localhost" || url.host == "[::1]" || is_loopback_v4(url.host);
}

bool is_secure(const Url& url) { return url.scheme == "https" || is_loopback(url); }

}  // namespace xauth
