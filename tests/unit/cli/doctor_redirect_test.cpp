#include "cli/doctor_redirect.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "system/listening_socket.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

Subject at(oauth::Provider provider, std::vector<std::string> uris = {}) {
  Subject subject;
  subject.name = "work";
  provider.name = "Example";
  subject.profile.provider = "example";
  subject.profile.redirect_uri = std::move(uris);
  subject.provider = std::move(provider);
  return subject;
}

Finding judged(const oauth::Provider& provider, const char* uri) {
  return judge_redirect_uri(at(provider), oauth::parse_redirect_uri(uri));
}

}  // namespace

TEST_CASE("the redirect URI to register is told, with the provider's rule") {
  const Finding exact =
      judged({.redirect_note = "exactly as registered"}, "http://127.0.0.1:8000/callback");
  CHECK(exact.health == Health::ok);
  CHECK(exact.detail ==
        "http://127.0.0.1:8000/callback must be registered with Example, to the letter; "
        "Example takes exactly as registered");
  const Finding any = judged({.any_port = true}, "http://127.0.0.1:0/callback");
  CHECK(any.health == Health::ok);
  CHECK(any.detail.starts_with("http://127.0.0.1/callback (any port) must be registered"));
}

TEST_CASE("a redirect URI that breaks the provider's rule is found") {
  const Finding moving = judged({}, "http://127.0.0.1:0/callback");
  CHECK(moving.health == Health::failure);
  CHECK(moving.fix.starts_with("xauth login work --redirect-uri"));
  const Finding pasted = judged({.paste_only = true}, "http://127.0.0.1:8000/callback");
  CHECK(pasted.health == Health::failure);
  CHECK(pasted.fix.find("--paste") != std::string::npos);
  CHECK(judged({.paste_only = true}, "https://app.example/cb").health == Health::ok);
  const oauth::Provider by_name{.redirect_uri = "http://localhost:8000/callback"};
  const Finding number = judged(by_name, "http://127.0.0.1:8000/callback");
  CHECK(number.health == Health::warning);
  CHECK(number.fix ==
        "register http://localhost:8000/callback, then: "
        "xauth login work --redirect-uri http://localhost:8000/callback");
  CHECK(judged(by_name, "http://localhost:9000/cb").health == Health::ok);

  Subject nameless = at({});
  nameless.profile.provider.clear();  // its rule is not known
  const auto any = oauth::parse_redirect_uri("http://127.0.0.1:0/callback");
  CHECK(judge_redirect_uri(nameless, any).health == Health::ok);
}

TEST_CASE("a busy port is a failure, but where another is free") {
  const PortTry free{"http://127.0.0.1:1/", "port 1 on 127.0.0.1", ""};
  const PortTry busy{"http://127.0.0.1:2/", "port 2 on 127.0.0.1", "port 2 on 127.0.0.1 is in use"};
  const auto alone = judge_ports({busy}, false);
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].health == Health::failure);
  CHECK(alone[0].detail == busy.why);
  CHECK(alone[0].fix.find("--redirect-uri") != std::string::npos);
  CHECK(judge_ports({busy}, true)[0].fix.find("--port 0") != std::string::npos);
  const auto both = judge_ports({busy, free}, false);
  REQUIRE(both.size() == 2);
  CHECK(both[0].health == Health::warning);
  CHECK(both[1].detail == "port 1 on 127.0.0.1 is free");
  CHECK(judge_ports({}, false).empty());
}

TEST_CASE("the port is tried, and whoever has it is named") {
  const int socket = listen_on("127.0.0.1", 0);
  const std::string uri = "http://127.0.0.1:" + std::to_string(port_of(socket)) + "/callback";
  const auto findings = check_redirect_uris(at({}, {uri}));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].name == "redirect_uri");
  CHECK(findings[1].name == "port");
  CHECK(findings[1].health == Health::failure);
  CHECK(findings[1].detail.find("(process " + std::to_string(getpid()) + ")") != std::string::npos);
  ::close(socket);
  CHECK(check_redirect_uris(at({}, {uri}))[1].health == Health::ok);
}

TEST_CASE("where nobody listens, no port is tried") {
  CHECK(check_redirect_uris(at({}, {"https://app.example/cb"})).size() == 1);
  const auto pasted = check_redirect_uris(at({.paste_only = true}));
  REQUIRE(pasted.size() == 1);
  CHECK(pasted[0].health == Health::warning);
  Subject application = at({});
  application.profile.client_credentials = true;
  CHECK(check_redirect_uris(application).empty());
  const auto damaged = check_redirect_uris(at({}, {"no URI"}));
  REQUIRE(damaged.size() == 1);
  CHECK(damaged[0].health == Health::failure);
  CHECK(check_redirect_uris(std::nullopt).size() == 1);
  CHECK(check_redirect_uris(at({.any_port = true}))[1].detail == "any free port will do");
}

TEST_CASE("with a listen address, that one is tried") {
  const int socket = listen_on("127.0.0.1", 0);
  Subject subject = at({}, {"https://app.example/cb"});
  subject.profile.listen = "127.0.0.1:" + std::to_string(port_of(socket));
  CHECK(check_redirect_uris(subject).at(1).health == Health::failure);
  ::close(socket);
}
