#include "flow/callback_request.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::flow;

namespace {

CallbackPlace place_of(const std::string& redirect_uri, const std::string& address, int port) {
  return callback_place(*parse_url(redirect_uri), address, port);
}

const CallbackPlace kPlace = place_of("http://127.0.0.1:8000/callback", "127.0.0.1", 8000);

IncomingRequest get(const std::string& target, Headers headers = {}) {
  headers.insert(headers.begin(), {"Host", "127.0.0.1:8000"});
  return {"GET", target, headers, {}};
}

// "callback QUERY", "result" or the status of a foreign request.
std::string sorted(const IncomingRequest& request, const CallbackPlace& place = kPlace) {
  const auto found = sort_request(request, place);
  if (found.kind == RequestKind::result) return "result";
  if (found.kind != RequestKind::callback) return std::to_string(found.status);
  return "callback " + std::string(found.query);
}

std::string sorted_at(const std::string& host, const CallbackPlace& place) {
  return sorted({"GET", place.path, {{"Host", host}}, {}}, place);
}

}  // namespace

TEST_CASE("only the path of the redirect URI is looked at, byte for byte, LI-6") {
  const std::pair<const char*, const char*> cases[] = {
      {"/callback?code=a==&state=s", "callback code=a==&state=s"},
      {"/callback?a?b", "callback a?b"},
      {"/callback?", "callback "},
      {"/callback", "callback "},
      {"/callback/result", "result"},
      {"/callback/result?x", "result"},
      {"/%63allback?code=a", "404"},
      {"/Callback", "404"},
      {"/callback/", "404"},
      {"/callback/../callback", "404"},
      {"//callback", "404"},
      {"/favicon.ico", "404"},
      {"/", "404"},
      {"/?/callback", "404"},
  };
  for (const auto& [target, expected] : cases) {
    CAPTURE(target);
    CHECK(sorted(get(target)) == expected);
  }
}

TEST_CASE("only GET is a browser coming back, LI-8") {
  for (const char* method : {"HEAD", "OPTIONS", "POST", "PUT", "get"}) {
    CAPTURE(method);
    auto request = get("/callback?code=c");
    request.method = method;
    CHECK(sorted(request) == "405");
  }
}

TEST_CASE("a POST is a browser coming back where form_post was asked for, LI-8, LI-10") {
  auto pending = oauth::pending_at("https://issuer.example/tenant");
  CHECK(posters_of(pending).empty());
  pending.response_mode = oauth::ResponseMode::form_post;
  auto place = kPlace;
  place.posters = posters_of(pending);
  const Headers form = {{"Content-Type", "application/x-www-form-urlencoded;charset=utf-8"}};
  const auto posted = [&](const std::string& target, Headers headers) {
    auto request = get(target, std::move(headers));
    request.method = "POST";
    request.body = "code=c&state=s";
    return sorted(request, place);
  };
  CHECK(posted("/callback", form) == "callback code=c&state=s");
  CHECK(posted("/callback?code=evil", form) == "callback code=c&state=s");
  for (const char* origin : {"https://as.example", "https://issuer.example", "null"}) {
    CAPTURE(origin);
    CHECK(posted("/callback", {form.front(), {"Origin", origin}}) == "callback code=c&state=s");
  }
  for (const char* origin : {"https://evil.example", "http://as.example", "https://as.example:8"}) {
    CAPTURE(origin);
    CHECK(posted("/callback", {form.front(), {"Origin", origin}}) == "403");
  }
  CHECK(posted("/callback", {form.front(), {"Sec-Fetch-Mode", "no-cors"}}) == "403");
  CHECK(posted("/callback", {{"Content-Type", "text/plain"}}) == "415");
  CHECK(posted("/callback", {}) == "415");
  CHECK(posted("/callback/result", form) == "405");
  CHECK(sorted(get("/callback?code=c"), place) == "callback code=c");
  CHECK(sorted(get("/callback/result", {{"Origin", "null"}}), place) == "result");
}

TEST_CASE("another Host is another site that points its name at us, LI-9, IN-10") {
  for (const char* host : {"evil.example:8000", "127.0.0.1", "127.0.0.1:80000", "localhost:8000",
                           "127.0.0.1:8000.evil.example", "127.0.0.1:8000 ", ""}) {
    CAPTURE(host);
    CHECK(sorted_at(host, kPlace) == "421");
  }
  CHECK(sorted({"GET", "/callback", {}, {}}) == "421");
  CHECK(sorted(get("/callback", {{"host", "127.0.0.1:8000"}})) == "421");  // twice
}

TEST_CASE("the hosts that are ours follow the redirect URI and where it is bound, LI-9") {
  const auto localhost = place_of("http://localhost:8000/cb", "::1", 8000);
  CHECK(sorted_at("localhost:8000", localhost) == "callback ");
  CHECK(sorted_at("[::1]:8000", localhost) == "callback ");
  CHECK(sorted_at("::1:8000", localhost) == "421");
  const auto tunnelled = place_of("https://app.example/cb", "0.0.0.0", 9000);
  CHECK(sorted_at("app.example", tunnelled) == "callback ");
  CHECK(sorted_at("evil.example", tunnelled) == "421");
  const auto port_80 = place_of("http://127.0.0.1/cb", "127.0.0.1", 80);
  CHECK(sorted_at("127.0.0.1", port_80) == "callback ");
}

TEST_CASE("what another page has made the browser do is refused, LI-10") {
  const std::pair<Headers, const char*> cases[] = {
      {{{"Origin", "https://evil.example"}}, "403"},
      {{{"Origin", "null"}}, "403"},
      {{{"Origin", "http://127.0.0.1:8001"}}, "403"},
      {{{"Origin", "https://127.0.0.1:8000"}}, "403"},
      {{{"Origin", "http://127.0.0.1:8000"}}, "callback "},
      {{{"Sec-Fetch-Mode", "cors"}}, "403"},
      {{{"Sec-Fetch-Mode", "no-cors"}, {"Sec-Fetch-Dest", "image"}}, "403"},
      {{{"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "iframe"}}, "403"},
      {{{"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "document"}}, "callback "},
      {{{"Sec-Purpose", "prefetch"}}, "403"},
      {{{"Purpose", "prefetch"}}, "403"},
  };
  for (const auto& [headers, expected] : cases) {
    CAPTURE(headers.front().first);
    CAPTURE(headers.front().second);
    CHECK(sorted(get("/callback", headers)) == expected);
  }
}

TEST_CASE("a redirect URI without a path is answered at /, and its result beside it") {
  const auto place = place_of("http://127.0.0.1:8000", "127.0.0.1", 8000);
  CHECK(place.path == "/");
  CHECK(place.result_path == "/result");
}
