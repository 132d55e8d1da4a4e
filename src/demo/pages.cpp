#include "demo/pages.h"

#include <array>
#include <sstream>
#include <utility>

#include "base/url.h"
#include "demo/page_frame.h"

namespace xauth::demo {

namespace {

constexpr std::string_view kSendForm = "document.forms[0].submit()";
constexpr std::string_view kSendFormHash = "'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='";

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

}  // namespace

std::string_view scope_in_words(std::string_view scope) {
  for (const auto& [name, meaning] : kScopes) {
    if (name == scope) return meaning;
  }
  return {};
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

OutgoingReply consent_page(const ConsentQuestion& question) {
  const auto url = parse_url(question.redirect_uri);
  const auto destination = url ? url->scheme + "://" + url->authority() : question.redirect_uri;
  std::string card(kBadge);
  card += "<h1>Let <em>" + escape_html(question.client_name) + "</em> use your account?</h1>\n";
  card += kPerson;
  card += "<h2>It would be able to</h2>\n" + list_of_scopes(question.scope);
  card += "<form method=\"post\" action=\"/consent\">\n";
  card +=
      "<input type=\"hidden\" name=\"page\" value=\"" + escape_html(question.page_token) + "\">\n";
  card += kAllowOrDeny;
  card += "<p class=\"note\">Either way you return to <code>" + escape_html(destination) +
          "</code>, the application with the client ID <code>" + escape_html(question.client_id) +
          "</code>. No real account is touched, and nothing leaves this machine.</p>\n";
  return framed({200, "Allow access?", std::move(card), form_targets(question.redirect_uri)});
}

OutgoingReply form_post_page(const std::string& redirect_uri, const AnswerParameters& parameters) {
  std::string card(kBadge);
  card += "<h1>Back to the application</h1>\n<form method=\"post\" action=\"" +
          attribute(redirect_uri) + "\">\n";
  for (const auto& [name, value] : parameters) {
    card += "<input type=\"hidden\" name=\"" + attribute(name) + "\" value=\"" + attribute(value) +
            "\">\n";
  }
  card += "<button class=\"primary\">Continue</button>\n</form>\n<script>";
  card += kSendForm;
  card += "</script>\n";
  auto reply = framed(
      {200, "Back to the application", std::move(card), form_targets(redirect_uri), kSendFormHash});
  // Under no-referrer the browser would send `Origin: null`, which no client can tell from a
  // stranger's form. Fetch §3.1
  for (auto& [name, value] : reply.headers) {
    if (name == "Referrer-Policy") value = "origin";
  }
  return reply;
}

OutgoingReply error_page(int status, std::string_view title, std::string_view text) {
  std::string card(kBadge);
  card += "<h1>" + escape_html(title) + "</h1>\n<p>" + escape_html(text) + "</p>\n";
  return framed({status, title, std::move(card)});
}

}  // namespace xauth::demo
