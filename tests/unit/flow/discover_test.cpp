#include "flow/discover.h"

#include <doctest/doctest.h>

#include <map>

#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::flow;
using namespace xauth::test;

namespace {

const std::string kOpenId = "https://as.example/.well-known/openid-configuration";
const std::string kOauth = "https://as.example/.well-known/oauth-authorization-server";
const HttpResponse kDocument{
    200, {}, R"({"issuer":"https://as.example","token_endpoint":"https://as.example/token"})"};

HttpResponse redirect(const std::string& location, int status = 302) {
  return {status, {{"Location", location}}, {}};
}

// Servers that answer what `pages` says, by URL; 404 elsewhere.
struct Web {
  System system() {
    return {.now = [] { return Time(Seconds(1'700'000'000)); },
            .sleep = [](std::chrono::milliseconds) {},
            .fill_random = [](std::span<std::byte>) {},
            .send =
                [this](const HttpRequest& request) {
                  asked.push_back(request.url.text());
                  CHECK(find_header(request.headers, "Accept") == "application/json");
                  const auto found = pages.find(request.url.text());
                  return found == pages.end() ? HttpResponse{404, {}, {}} : found->second;
                }};
  }

  oauth::Metadata discover() { return flow::discover(system(), "https://as.example"); }
  Error failure() {
    return error_of([&] { discover(); });
  }

  std::map<std::string, HttpResponse> pages;
  std::vector<std::string> asked;
};

}  // namespace

TEST_CASE("the OpenID document is asked for first, the OAuth one when that is not found, DI-2") {
  Web openid{.pages = {{kOpenId, kDocument}}, .asked = {}};
  CHECK(openid.discover().endpoints.token_url == "https://as.example/token");
  CHECK(openid.asked == std::vector<std::string>{kOpenId});
  Web oauth{.pages = {{kOauth, kDocument}}, .asked = {}};
  CHECK(oauth.discover().endpoints.token_url == "https://as.example/token");
  CHECK(oauth.asked == std::vector<std::string>{kOpenId, kOauth});
  Web none;
  CHECK(none.failure().code == Code::bad_response);
}

TEST_CASE("no other answer than 404 leads to the second document, DI-2") {
  for (const int status : {201, 400, 403, 410, 500}) {
    CAPTURE(status);
    Web web{.pages = {{kOpenId, {status, {}, {}}}, {kOauth, kDocument}}, .asked = {}};
    CHECK(web.failure().exit_status() == (status == 500 ? 6 : 7));
    CHECK(web.asked.size() == 1);
  }
  Web other{
      .pages = {{kOpenId, {200, {}, R"({"issuer":"https://evil.example"})"}}, {kOauth, kDocument}},
      .asked = {}};
  CHECK(other.failure().code == Code::bad_response);
  CHECK(other.asked.size() == 1);
}

TEST_CASE("up to three redirects are followed, within the same server, TQ-5") {
  Web web{.pages = {{kOpenId, redirect(kOpenId + "/")},
                    {kOpenId + "/", redirect("/a", 301)},
                    {"https://as.example/a", redirect("https://as.example:443/b", 308)},
                    {"https://as.example:443/b", kDocument}},
          .asked = {}};
  CHECK(web.discover().issuer == "https://as.example");
  CHECK(web.asked.size() == 4);
  web.pages["https://as.example:443/b"] = redirect("/c");
  web.pages["https://as.example/c"] = kDocument;
  web.pages["https://as.example:443/c"] = kDocument;
  CHECK(web.failure().code == Code::bad_response);
}

TEST_CASE("a redirect to another server is not followed and named, TQ-5") {
  for (const char* elsewhere :
       {"http://as.example/x", "https://evil.example/x", "https://as.example:8443/x",
        "//evil.example/x", "https://as.example@evil.example/x", "file:///etc/passwd", "x", ""}) {
    CAPTURE(elsewhere);
    Web web{.pages = {{kOpenId, redirect(elsewhere)}, {"https://evil.example/x", kDocument}},
            .asked = {}};
    CHECK(web.failure().code == Code::bad_response);
    CHECK(web.asked.size() == 1);
  }
  Web web{.pages = {{kOpenId, redirect("https://evil.example/x")}}, .asked = {}};
  CHECK(web.failure().message.find("evil.example") != std::string::npos);
}

TEST_CASE("no issuer URL, no request, DI-1") {
  Web web;
  CHECK(error_of([&] { flow::discover(web.system(), "http://as.example"); }).code == Code::usage);
  CHECK(web.asked.empty());
}
