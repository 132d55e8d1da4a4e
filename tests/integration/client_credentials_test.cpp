// An application that logs in itself, without a person: client credentials, RFC 6749 §4.4.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>

#include "base/encoding.h"
#include "support/kept_login.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct Service {
  // `xauth login svc --client-credentials` as the Basic client, and `more`.
  Finished log_in(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"login",
                                          "svc",
                                          "--client-credentials",
                                          "--token-url",
                                          here.provider->token_url(),
                                          "--revoke-url",
                                          here.provider->revoke_url(),
                                          "--client-id",
                                          kBasicClient};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(here.start(arguments));
  }

  Finished xauth(const std::vector<std::string>& arguments) const {
    return run(here.start(arguments));
  }

  std::string secret_file() const {
    const std::string path = here.home.path_of("secret");
    std::ofstream(path) << kClientSecret;
    ::chmod(path.c_str(), 0600);
    return path;
  }

  std::string form() const {
    std::string form;
    const auto newest = here.provider->server().requests("/token").back();
    for (const auto& [name, value] : newest.parameters) {
      form += name + "=" + value.value_or("?") + "\n";
    }
    return form;
  }

  int requests() const { return here.provider->server().count("/token"); }

  // Lets the kept token have expired a minute ago.
  void expire() const {
    Json tokens = here.json_of("tokens/svc.json");
    tokens.set("expires_at", Json(clock_now() - 60));
    std::ofstream(here.path_of("tokens/svc.json")) << tokens.text();
  }

  Workplace here;
};

}  // namespace

TEST_CASE("an application logs in without a browser, and asks again when its token has expired") {
  const Service service;
  const Finished login = service.log_in(
      {"--client-secret-file", service.secret_file(), "--scope", "read write", "--audience", "api",
       "--resource", "https://one.example/", "--token-param", "tenant=7", "-o", "json"});
  CAPTURE(login.err);
  REQUIRE(login.status == 0);
  const Json done = parse_json(login.out).value();
  CHECK(*done.find("event")->string() == "done");
  CHECK(*done.find("profile")->string() == "svc");
  CHECK(*done.find("scope")->string() == "read write");
  CHECK(service.form() ==
        "grant_type=client_credentials\nscope=read write\naudience=api\n"
        "resource=https://one.example/\ntenant=7\n");
  const std::string first = service.here.kept("tokens/svc.json", "access_token").value();
  CHECK(service.xauth({"token", "svc"}).out == first + "\n");
  CHECK(service.requests() == 1);

  service.expire();
  const Finished status = service.xauth({"status", "svc", "-o", "json"});
  CHECK(status.status == 0);
  CHECK(status.out.find("\"state\":\"refreshable\"") != std::string::npos);
  CHECK(status.out.find("\"can_refresh\":true") != std::string::npos);
  const Finished token = service.xauth({"token", "svc"});
  CAPTURE(token.err);
  CHECK(token.status == 0);
  CHECK(token.out != first + "\n");
  CHECK(service.form().starts_with("grant_type=client_credentials\nscope=read write\n"));
  CHECK(service.xauth({"refresh", "svc"}).status == 0);
  CHECK(service.requests() == 3);
  CHECK_FALSE(service.here.kept("tokens/svc.json", "refresh_token"));
  CHECK_FALSE(service.here.kept("tokens/svc.json", "account"));
}

TEST_CASE("the next login of an application needs no options, and logout ends its token") {
  const Service service;
  REQUIRE(service.log_in({"--client-secret-file", service.secret_file()}).status == 0);
  CHECK(service.form() == "grant_type=client_credentials\n");
  CHECK(service.xauth({"login", "svc"}).status == 0);
  CHECK(service.requests() == 2);
  const auto token = service.here.kept("tokens/svc.json", "access_token");
  CHECK(service.xauth({"logout", "svc"}).status == 0);
  const auto revoked = service.here.provider->server().requests("/revoke");
  REQUIRE(revoked.size() == 1);
  CHECK(revoked.front().parameter("token") == token);
}

TEST_CASE("an application that cannot prove itself gets 2, and nothing is sent, AD-11") {
  const Service service;
  for (const auto& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--client-auth", "none"}}) {
    const Finished login = service.log_in(more);
    CHECK(login.status == 2);
    CHECK(login.err.find("--client-secret-file FILE") != std::string::npos);
  }
  CHECK(service.requests() == 0);
  CHECK_FALSE(service.here.has("config.json"));
}

TEST_CASE("a refresh token that an application was not to get is not kept, AD-11") {
  const Service service;
  service.here.provider->server().replace(
      "/token", always(200, R"({"access_token":"at","token_type":"Bearer","refresh_token":"rt"})"));
  REQUIRE(service.log_in({"--client-secret-file", service.secret_file()}).status == 0);
  CHECK(service.here.kept("tokens/svc.json", "access_token") == "at");
  CHECK_FALSE(service.here.kept("tokens/svc.json", "refresh_token"));
}

TEST_CASE("a secret that has changed is 2 for login and token, and the token file stays") {
  const Service service;
  REQUIRE(service.log_in({"--client-secret-file", service.secret_file()}).status == 0);
  service.expire();
  const std::string before = content_of(service.here.path_of("tokens/svc.json"));
  service.here.provider->server().replace("/token", always(401, R"({"error":"invalid_client"})"));
  CHECK(service.xauth({"token", "svc"}).status == 2);
  CHECK(service.xauth({"login", "svc"}).status == 2);
  service.here.provider->server().replace("/token", always(400, R"({"error":"invalid_grant"})"));
  CHECK(service.xauth({"token", "svc"}).status == 3);  // no grant of a person's that could be dead
  CHECK(content_of(service.here.path_of("tokens/svc.json")) == before);
  service.here.provider->server().restore("/token");
  CHECK(service.xauth({"token", "svc"}).status == 0);
}

TEST_CASE("nobody's account is expected of an application: 3, and nothing is sent") {
  const Service service;
  CHECK(service.log_in({"--client-secret-file", service.secret_file(), "--expect-account", "demo"})
            .status == 3);
  CHECK(service.requests() == 0);
}

TEST_CASE("an application's profile becomes a person's by a device login, once that succeeds") {
  demo::Manner manner = demo::plain();
  manner.device = demo::DeviceManner{.interval = Seconds(1)};
  const Service service{Workplace(manner)};
  REQUIRE(service.log_in({"--client-secret-file", service.secret_file()}).status == 0);
  const std::vector<std::string> device = {"login", "svc", "--device", "--device-url",
                                           service.here.provider->url() + "/device_authorization"};
  service.here.provider->server().replace("/device_authorization",
                                          always(400, R"({"error":"unauthorized_client"})"));
  CHECK(service.xauth(device).status == 2);
  CHECK(service.here.kept("config.json", "profiles.svc.client_credentials") == "true");
  service.here.provider->server().restore("/device_authorization");
  Running login(service.here.start(device));
  const std::string told = login.await_error("Waiting for");
  std::smatch code;
  REQUIRE(std::regex_search(told, code, std::regex("[A-Z]{4}-[A-Z]{4}")));
  REQUIRE(service.here.provider->server().approve(code.str()));
  CHECK(login.wait().status == 0);
  CHECK_FALSE(service.here.kept("config.json", "profiles.svc.client_credentials"));
  CHECK(service.form().find("device_code=") != std::string::npos);
}
