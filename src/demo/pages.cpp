#include "demo/pages.h"

#include <array>
#include <sstream>
#include <utility>

#include "base/terminal_text.h"
#include "base/url.h"
#include "demo/page_style.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kLongestShown = 200;  // characters: a client ID or scope fits, a flood not

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kScopes = {{
    {"tweet.read", "Read the posts that you can see"},
    {"tweet.write", "Post in your name"},
    {"users.read", "See your name, username and ID"},
    {"follows.read", "See whom you follow"},
    {"offline.access", "Stay logged in until you take it back"},
    {"offline_access", "Stay logged in until you take it back"},
    {"openid", "Confirm who you are"},
    {"profile", "See your name and picture"},
    {"email", "See your e-mail address"},
}};

// The page whose body is `card`. `form_action` adds sources to the policy: browsers apply it to
// the redirect that follows a form as well. RFC 6749 §10.13
OutgoingReply page(int status, std::string_view title, const std::string& card,
                   const std::string& form_action) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += "<title>" + escape_html(title) + " · xauth demo</title>\n<style>\n";
  html += kPageStyle;
  html += "</style>\n</head>\n<body>\n<main>\n" + card + "</main>\n</body>\n</html>\n";
  const std::string policy =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
      "form-action " +
      form_action;
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"X-Content-Type-Options", "nosniff"},
           {"Cache-Control", "no-store"},
           {"Referrer-Policy", "no-referrer"},
           {"Content-Security-Policy", policy},
           {"X-Frame-Options", "DENY"}},
          std::move(html)};
}

std::string list_of_scopes(const std::string& scope) {
  std::string items;
  std::istringstream words(scope);
  for (std::string word; words >> word;) {
    const auto meaning = scope_in_words(word);
    items += "<li><span>" +
             std::string(meaning.empty() ? "Use a permission known only by its name" : meaning) +
             "</span> <code>" + escape_html(word) + "</code></li>\n";
  }
  if (items.empty()) items = "<li><span>Know that you said yes, and nothing else</span></li>\n";
  return "<ul>\n" + items + "</ul>\n";
}

// Where the form's answer may lead: back to this server, then to the application. A policy cannot
// name an IPv6 address, hence the whole scheme there. CSP Level 3 §2.3.1
std::string form_targets(const std::string& redirect_uri) {
  const auto url = parse_url(redirect_uri);
  if (!url) return "'self'";
  if (url->host.starts_with('[')) return "'self' " + url->scheme + ":";
  return "'self' " + url->scheme + "://" + url->authority();
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : for_terminal(text, kLongestShown)) {
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

std::string_view scope_in_words(std::string_view scope) {
  for (const auto& [name, meaning] : kScopes) {
    if (name == scope) return meaning;
  }
  return {};
}

OutgoingReply consent_page(const ConsentQuestion& question) {
  const auto url = parse_url(question.redirect_uri);
  const auto destination = url ? url->scheme + "://" + url->authority() : question.redirect_uri;
  std::string card = "<p class=\"badge\">Demonstration server on this machine</p>\n";
  card += "<h1>Let <em>" + escape_html(question.client_name) + "</em> use your account?</h1>\n";
  card +=
      "<p class=\"person\"><span class=\"face\" aria-hidden=\"true\">D</span>"
      "<span>Demo Person<small>@demo · an invented account</small>"
      "</span></p>\n";
  card += "<h2>It would be able to</h2>\n" + list_of_scopes(question.scope);
  card += "<form method=\"post\" action=\"/consent\">\n";
  card +=
      "<input type=\"hidden\" name=\"page\" value=\"" + escape_html(question.page_token) + "\">\n";
  card += "<button class=\"primary\" name=\"decision\" value=\"allow\">Allow</button>\n";
  card += "<button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n";
  card += "<p class=\"note\">Either way you return to <code>" + escape_html(destination) +
          "</code>, the application with the client ID <code>" + escape_html(question.client_id) +
          "</code>. No real account is touched, and nothing leaves this machine.</p>\n";
  return page(200, "Allow access?", card, form_targets(question.redirect_uri));
}

OutgoingReply error_page(int status, std::string_view title, std::string_view text) {
  const std::string card = "<p class=\"badge\">Demonstration server on this machine</p>\n<h1>" +
                           escape_html(title) + "</h1>\n<p>" + escape_html(text) + "</p>\n";
  return page(status, title, card, "'none'");
}

}  // namespace xauth::demo
