#include "demo/user_agent.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

// A machine with the authorization server at port 9000 and a client's callback at port 8000.
struct Machine {
  System system() {
    System system;
    system.send = [this](const HttpRequest& request) { return send(request); };
    return system;
  }

  HttpResponse send(const HttpRequest& request) {
    sent.push_back(request.method + " " + request.url.text());
    if (request.url.port == 8000) return client(request);
    IncomingRequest incoming{request.method, request.url.path, request.headers, ""};
    if (request.url.query) incoming.target += "?" + *request.url.query;
    incoming.headers.emplace_back("Host", request.url.authority());
    if (request.form) {
      incoming.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
      incoming.body = encode_form(*request.form).reveal();
    }
    auto reply = login.server.answer(incoming);
    return {reply.status, std::move(reply.headers), std::move(reply.body)};
  }

  // As `xauth login` answers: 303 to a page without a query.
  HttpResponse client(const HttpRequest& request) {
    if (!request.url.query && !request.form) return {200, {}, "you are logged in"};
    callback = request.form ? encode_form(*request.form).reveal() : *request.url.query;
    origin = find_header(request.headers, "Origin").value_or("");
    return {303, {{"location", "/done"}}, ""};
  }

  Url authorize_url() const {
    return *parse_url("http://127.0.0.1:9000/authorize?" + encode(DemoLogin::authorize_fields()));
  }

  DemoLogin login;
  std::vector<std::string> sent;
  std::string callback;
  std::string origin;
};

// A server that redirects every request to `location`.
System redirecting_to(const std::string& location) {
  System system;
  system.send = [location](const HttpRequest&) {
    return HttpResponse{302, {{"Location", location}}, ""};
  };
  return system;
}

}  // namespace

TEST_CASE("the user agent allows, and walks through the callback to the last page") {
  Machine machine;
  const auto page = consent(machine.system(), machine.authorize_url());
  CHECK(page.status == 200);
  CHECK(page.body == "you are logged in");
  CHECK(page.url.text() == "http://127.0.0.1:8000/done");
  CHECK(machine.callback.starts_with("code=demo-code-"));
  CHECK(machine.sent.size() == 4);
  CHECK(machine.sent.at(1) == "POST http://127.0.0.1:9000/consent");
}

TEST_CASE("the user agent denies") {
  Machine machine;
  consent(machine.system(), machine.authorize_url(), Decision::deny);
  CHECK(machine.callback == "error=access_denied&state=s+t%2B%25");
}

TEST_CASE("the user agent sends on the form that a form_post answer is, with its origin") {
  Machine machine;
  auto url = machine.authorize_url();
  url.query = *url.query + "&response_mode=form_post";
  const auto page = consent(machine.system(), url);
  CHECK(page.body == "you are logged in");
  CHECK(machine.callback.starts_with("code=demo-code-"));
  CHECK(machine.callback.ends_with("&state=s+t%2B%25"));
  CHECK(machine.origin == "http://127.0.0.1:9000");
}

TEST_CASE("where nobody is asked, the user agent ends at the page that a person would see") {
  Machine machine;
  auto url = machine.authorize_url();
  const auto error =
      consent(machine.system(), *parse_url("http://127.0.0.1:9000/authorize?client_id=who"));
  CHECK(error.status == 400);
  CHECK(machine.callback.empty());
  url.query = encode(with(DemoLogin::authorize_fields(), "response_type", "token"));
  CHECK(consent(machine.system(), url).body == "you are logged in");
  CHECK(machine.callback.starts_with("error=unsupported_response_type&"));
}

TEST_CASE("the user agent goes to http on loopback and nowhere else") {
  Machine machine;
  for (const char* url : {"http://example.com/authorize", "https://127.0.0.1:9000/authorize",
                          "http://127.0.0.1.example.com/"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(consent(machine.system(), *parse_url(url)), Error);
  }
  CHECK(machine.sent.empty());
  for (const char* location : {"http://example.com/", "https://127.0.0.1/", "//example.com/", "",
                               "callback", "javascript:alert(1)"}) {
    CAPTURE(location);
    CHECK_THROWS_AS(consent(redirecting_to(location), machine.authorize_url()), Error);
  }
}

TEST_CASE("the user agent leaves a circle of redirects") {
  int sent = 0;
  System system;
  system.send = [&](const HttpRequest&) {
    ++sent;
    return HttpResponse{303, {{"Location", "/again"}}, ""};
  };
  CHECK_THROWS_AS(consent(system, *parse_url("http://127.0.0.1:9000/authorize")), Error);
  CHECK(sent == 11);
}
