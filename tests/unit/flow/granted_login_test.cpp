#include "flow/granted_login.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::flow;

namespace {

// A grant on its way to being kept, at a provider whose account endpoint answers `account`.
struct Grant {
  Grant() {
    provider.revoke_url = "https://as.example/revoke";
    provider.userinfo_url = "https://as.example/me";
    granted.grant.access_token = Secret("at");
    granted.grant.refresh_token = Secret("rt");
  }

  // Whether it was kept.
  bool keep(const Keep& keep) {
    const System system{
        .now = [] { return Time(Seconds(1)); },
        .sleep = {},
        .fill_random = [](std::span<std::byte>) {},
        .send =
            [this](const HttpRequest& request) {
              asked.push_back(request.url.path);
              if (request.url.path == "/me") return account;
              return HttpResponse{200, {}, {}};
            },
        .open_browser = {},
        .say = [this](const std::string& line) { said.push_back(line); },
    };
    try {
      keep_granted(system, provider, {.id = "client", .secret = {}}, granted, keep);
      return true;
    } catch (const Error& error) {
      last_error = error;
      return false;
    }
  }

  oauth::Provider provider;
  HttpResponse account{200, {}, R"({"sub":"1","email":"me@as.example"})"};
  Granted granted{.grant = {}, .account = {}, .issued_at = {}, .redirect_uri = {}};
  std::vector<std::string> asked;
  std::vector<std::string> said;
  Error last_error{Code::failure, ""};
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("whose the grant is, is known before it is kept") {
  Grant grant;
  std::string account;
  CHECK(grant.keep([&](const Granted& granted) { account = granted.account->name; }));
  CHECK(account == "me@as.example");
  CHECK(grant.asked == Texts{"/me"});
}

TEST_CASE("an account that cannot be told is a warning, and the grant is kept") {
  Grant grant;
  grant.account = {503, {}, {}};
  bool known = true;
  CHECK(grant.keep([&](const Granted& granted) { known = granted.account.has_value(); }));
  CHECK_FALSE(known);
  REQUIRE(grant.said.size() == 1);
  CHECK(grant.said.front().find("cannot tell whose account this is") != std::string::npos);
}

TEST_CASE("a grant that is not kept is revoked, and the error says that nothing was kept") {
  Grant grant;
  CHECK_FALSE(grant.keep([](const Granted&) { throw Error(Code::storage, "the disk is full"); }));
  CHECK(grant.asked == Texts{"/me", "/revoke", "/revoke"});
  CHECK(grant.last_error.message == "the disk is full; the new login was not kept");
  Grant refused;
  CHECK_FALSE(refused.keep([](const Granted&) { throw Error(Code::refused, "another account"); }));
  CHECK(refused.last_error.message == "another account");
}
