#include "demo/page_frame.h"

#include <utility>

#include "base/terminal_text.h"
#include "base/url.h"
#include "demo/page_style.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kLongestShown = 200;  // characters: a client ID or scope fits, a flood not

std::string policy_of(const Page& page) {
  std::string policy = "default-src 'none'; style-src 'unsafe-inline'; ";
  if (!page.script_source.empty()) policy += "script-src " + std::string(page.script_source) + "; ";
  return policy + "base-uri 'none'; frame-ancestors 'none'; form-action " + page.form_action;
}

}  // namespace

OutgoingReply framed(const Page& page) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += "<title>" + escape_html(page.title) + " · xauth demo</title>\n<style>\n";
  html += kPageStyle;
  html += "</style>\n</head>\n<body>\n<main>\n" + page.card + "</main>\n</body>\n</html>\n";
  return {page.status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"X-Content-Type-Options", "nosniff"},
           {"Cache-Control", "no-store"},
           {"Referrer-Policy", "no-referrer"},
           {"Content-Security-Policy", policy_of(page)},
           {"X-Frame-Options", "DENY"}},
          std::move(html)};
}

// A policy cannot name an IPv6 address, hence the whole scheme there. CSP Level 3 §2.3.1
std::string form_targets(const std::string& redirect_uri) {
  const auto url = parse_url(redirect_uri);
  if (!url) return "'self'";
  if (url->host.starts_with('[')) return "'self' " + url->scheme + ":";
  return "'self' " + url->scheme + "://" + url->authority();
}

std::string attribute(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escape_html(std::string_view text) {
  return attribute(for_terminal(text, kLongestShown));
}

}  // namespace xauth::demo
