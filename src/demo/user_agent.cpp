#include "demo/user_agent.h"

#include <optional>
#include <string_view>
#include <utility>

namespace xauth::demo {

namespace {

constexpr int kMostRedirects = 10;  // a login has three; browsers stop at twenty

// What stands between `begin` and `end` in `text`, from `at` on; `at` moves behind it.
std::optional<std::string> between(std::string_view text, std::string_view begin,
                                   std::string_view end, std::size_t& at) {
  const auto first = text.find(begin, at);
  if (first == std::string_view::npos) return std::nullopt;
  const auto start = first + begin.size();
  const auto last = text.find(end, start);
  if (last == std::string_view::npos) return std::nullopt;
  at = last + end.size();
  return std::string(text.substr(start, last - start));
}

// The text that a quoted attribute holds: the five characters that our pages escape.
std::string unescape_html(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [name, character] : kNames) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

HttpRequest navigation(std::string method, Url url) {
  HttpRequest request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.url.fragment.reset();
  request.headers = {{"Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"},
                     {"Accept-Language", "en"},
                     {"Upgrade-Insecure-Requests", "1"}};
  return request;
}

// The URL that `reference` means on the page at `base`: an absolute URL, or a path beginning with
// a slash. RFC 9110 §10.2.2
std::optional<Url> resolve(const Url& base, const std::string& reference) {
  const bool is_path = reference.starts_with('/') && !reference.starts_with("//");
  return parse_url(is_path ? base.scheme + "://" + base.authority() + reference : reference);
}

Error stray(const std::string& what) {
  return Error(Code::bad_response, "the demonstration's user agent stopped: " + what);
}

FinalPage load(const System& system, HttpRequest request) {
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    if (request.url.scheme != "http" || !is_loopback(request.url)) {
      throw stray("a page on another machine was to be opened");
    }
    auto response = system.send(request);
    const bool redirected = response.status == 302 || response.status == 303;
    if (!redirected) return {request.url, response.status, std::move(response.body)};
    const auto location = find_header(response.headers, "Location").value_or("");
    auto next = resolve(request.url, location);
    if (!next) throw stray("a redirect leads nowhere");
    request = navigation("GET", std::move(*next));
  }
  throw stray("too many redirects");
}

// What the page sends on by itself; nothing when it does not. It goes where a browser would let it:
// an absolute URL, as the client's redirect URI is. OAuth 2.0 Form Post Response Mode §2
std::optional<HttpRequest> form_post(const FinalPage& page) {
  if (page.body.find("document.forms[0].submit()") == std::string::npos) return std::nullopt;
  std::size_t at = 0;
  const auto action = between(page.body, "<form method=\"post\" action=\"", "\"", at);
  const auto url = action ? parse_url(unescape_html(*action)) : std::nullopt;
  if (!url) return std::nullopt;
  auto request = navigation("POST", *url);
  request.headers.emplace_back("Origin", page.url.scheme + "://" + page.url.authority());
  request.form = Form{};
  while (const auto name = between(page.body, "<input type=\"hidden\" name=\"", "\"", at)) {
    const auto value = between(page.body, " value=\"", "\"", at).value_or("");
    request.form->push_back({unescape_html(*name), Secret(unescape_html(value))});
  }
  return request;
}

// The answer to the consent form on `page`; nothing when there is no such form.
std::optional<HttpRequest> fill_in(const FinalPage& page, Decision decision) {
  std::size_t at = 0;
  const auto action = between(page.body, "<form method=\"post\" action=\"", "\"", at);
  if (!action) return std::nullopt;
  const auto url = resolve(page.url, *action);
  const auto token = between(page.body, "<input type=\"hidden\" name=\"page\" value=\"", "\"", at);
  if (!url || !token) return std::nullopt;
  auto request = navigation("POST", *url);
  request.form =
      Form{{"page", Secret(*token)}, {"decision", decision == Decision::allow ? "allow" : "deny"}};
  return request;
}

}  // namespace

FinalPage consent(const System& system, const Url& authorize_url, Decision decision) {
  auto page = load(system, navigation("GET", authorize_url));
  if (auto answer = fill_in(page, decision)) page = load(system, std::move(*answer));
  auto sent_on = form_post(page);
  return sent_on ? load(system, std::move(*sent_on)) : page;
}

}  // namespace xauth::demo
