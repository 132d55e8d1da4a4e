// What `xauth login` refuses before anything leaves the machine: status, message, what to do.
#include <doctest/doctest.h>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct Wrong {
  std::vector<std::string> arguments;
  std::string says;
  std::string tries = {};
};

// Each is a usage error that says so, and changes nothing.
void check_refused(const Workplace& here, const std::vector<Wrong>& wrongs) {
  const auto before = here.files();
  for (const auto& wrong : wrongs) {
    const Finished login = run(here.start(wrong.arguments));
    CAPTURE(wrong.says);
    CAPTURE(login.err);
    CHECK(login.status == 2);
    CHECK(login.out.empty());
    CHECK(login.err.starts_with("xauth: "));
    CHECK(login.err.find(wrong.says) != std::string::npos);
    CHECK(login.err.find(wrong.tries) != std::string::npos);
  }
  CHECK(here.files() == before);
  CHECK(here.provider->server().count("/token") == 0);
}

}  // namespace

TEST_CASE("what is mistyped is named, and the nearest that there is") {
  const Workplace here;
  check_refused(
      here, {
                {{"login", "--no-browsr"},
                 "unknown option --no-browsr",
                 "  try: xauth login --no-browser\n"},
                {{"login", "--scop=a"}, "unknown option --scop", "login --scope\n"},
                {{"logn"}, "no command is named 'logn'", "  try: xauth login\n"},
                {{"login", "--provider", "xx"}, "no provider is named 'xx'", "xauth provider list"},
                {{"login", "a", "b"}, "unexpected argument 'b'"},
                {{"login", "--port", "65536"}, "--port"},
                {{"login", "--timeout", "0"}, "--timeout"},
                {{"login", "--client-auth", "basicc"}, "--client-auth"},
            });
}

TEST_CASE("a profile that is none is refused, with the nearest one") {
  const Workplace here;
  REQUIRE(here.log_in(here.login("work", kPublicClient)).status == 0);
  const auto before = here.files();
  const Finished mistyped = run(here.start({"login", "wrok"}));
  CHECK(mistyped.status == 2);
  CHECK(mistyped.err.find("wrok") != std::string::npos);
  CHECK(mistyped.err.find("  try: xauth login work\n") != std::string::npos);
  for (const char* bad : {".hidden", "a/b", "..", "a b", "é", ""}) {
    CAPTURE(bad);
    CHECK(run(here.start(here.login(bad, kPublicClient))).status == 2);
  }
  CHECK(run(here.start(here.login(std::string(65, 'a'), kPublicClient))).status == 2);
  CHECK(here.files() == before);
}

TEST_CASE("a login with URLs alone must be named") {
  const Workplace here;
  check_refused(here, {
                          {{"login", "--token-url", here.provider->token_url()}, "needs a name"},
                          {{"login", "work", "--token-url", here.provider->token_url()},
                           "needs the authorize URL and the token URL"},
                      });
}

TEST_CASE("without a client ID it is said where to register, and what") {
  const Workplace here;
  check_refused(here,
                {{{"login", "--provider", "x"}, "no client ID", "http://127.0.0.1:8000/callback"}});
  const Finished other =
      run(here.start({"login", "--provider", "x", "--redirect-uri", "http://localhost:1234/cb"}));
  CHECK(other.status == 2);
  CHECK(other.err.find("http://localhost:1234/cb") != std::string::npos);
  CHECK(other.err.find("  try: xauth login x --client-id ID\n") != std::string::npos);
}

TEST_CASE("a client ID that cannot be one is refused, TQ-14") {
  const Workplace here;
  check_refused(here, {
                          {here.login("work", ""), "client ID"},
                          {here.login("work", "one\ntwo"), "client ID"},
                          {here.login("work", "\x1b[2J"), "client ID"},
                          {here.login("work", std::string(1025, 'a')), "client ID"},
                      });
}

TEST_CASE("no option takes a person's name or password, AZ-1") {
  const Workplace here;
  for (const char* option : {"--password", "--username", "--user"}) {
    check_refused(here, {{here.login("work", kPublicClient, {option, "x"}), option}});
  }
  check_refused(here, {{here.login("work", kPublicClient, {"--token-param", "grant_type=password"}),
                        "cannot set grant_type"}});
}

TEST_CASE("redirect URIs that nobody can answer at are refused, LI-1, IN-8") {
  const Workplace here;
  const auto with = [&](const std::string& uri) {
    auto arguments = here.login("work", kPublicClient);
    for (auto& word : arguments) {
      if (word == "http://127.0.0.1:0/callback") word = uri;
    }
    return arguments;
  };
  check_refused(here, {
                          {with("https://app.example/cb"), "https://app.example/cb", "--paste"},
                          {with("http://192.0.2.1:8000/cb"), "192.0.2.1", "--paste"},
                          {with("http://0.0.0.0:8000/cb"), "0.0.0.0", "--listen"},
                          {with("myapp://cb"), "myapp://cb", "--paste"},
                          {with("http://127.0.0.1:8000/cb#x"), "fragment"},
                          {with("/callback"), "not an absolute URI"},
                          {with("http://127.0.0.1:99999/"), "not a valid URL"},
                      });
}

TEST_CASE("--port is for the default redirect URI alone") {
  const Workplace here;
  check_refused(
      here, {{here.login("work", kPublicClient, {"--port", "8123"}), "--port", "--redirect-uri"}});
}

TEST_CASE("the protocol's own parameters cannot be set from outside, AZ-10") {
  const Workplace here;
  for (const char* name : {"state", "redirect_uri", "code_challenge", "code_challenge_method",
                           "response_type", "client_id", "nonce", "scope", "request"}) {
    check_refused(here, {{here.login("work", kPublicClient, {"--param", std::string(name) + "=x"}),
                          std::string("cannot set ") + name}});
  }
  check_refused(here, {
                          {here.login("work", kPublicClient, {"--token-param", "code_verifier=x"}),
                           "cannot set code_verifier"},
                          {here.login("work", kPublicClient, {"--param", "novalue"}), "KEY=VALUE"},
                      });
}

TEST_CASE("endpoints are https, but on this machine, TQ-2") {
  const Workplace here;
  const auto with = [&](const char* option, const char* url) {
    auto arguments = here.login("work", kPublicClient);
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
      if (arguments[i] == option) arguments[i + 1] = url;
    }
    return arguments;
  };
  for (const char* option : {"--authorize-url", "--token-url", "--revoke-url", "--userinfo-url"}) {
    check_refused(here, {
                            {with(option, "http://provider.example/"), "must be https"},
                            {with(option, "javascript:alert(1)"), option},
                            {with(option, "https://user@provider.example/"), option},
                            {with(option, "https://provider.example/#part"), option},
                        });
  }
}

TEST_CASE("a resource has no fragment, and a CA file is there, AZ-12") {
  const Workplace here;
  check_refused(
      here,
      {
          {here.login("work", kPublicClient, {"--resource", "https://a.example/#b"}), "fragment"},
          {here.login("work", kPublicClient, {"--resource", "relative"}), "absolute"},
          {here.login("work", kPublicClient, {"--ca-file", "/nowhere"}), "/nowhere"},
          {here.login("work", kPublicClient, {"--listen", "8000"}), "--listen"},
          {here.login("work", kPublicClient, {"--listen", "localhost:8000"}), "--listen"},
          {here.login("work", kBasicClient, {"--client-secret-file", "/nowhere"}), "/nowhere"},
          {here.login("work", kBasicClient, {"--client-secret-file", "/dev/null"}),
           "holds no client secret"},
          {here.login("work", kBasicClient, {"--client-auth", "basic"}), "needs the client secret"},
      });
}

TEST_CASE("with -o json a usage error is one JSON object on standard error") {
  const Workplace here;
  const Finished login = run(here.start({"login", "wrok", "-o", "json"}));
  CHECK(login.status == 2);
  CHECK(login.out.empty());
  const auto error = parse_json(login.err);
  REQUIRE(error);
  const Json& body = *error->find("error");
  CHECK(*body.find("code")->string() == "usage");
  CHECK(body.find("message")->string()->find("wrok") != std::string::npos);
  CHECK(body.find("hint") != nullptr);
  CHECK(body.find("provider_error") == nullptr);
}

TEST_CASE("a CA file or a proxy that is no use is told before a person is sent anywhere") {
  Workplace here;
  const TemporaryFile no_certificate("not a certificate\n");
  auto login = here.login("work", kPublicClient);
  login.insert(login.end(), {"--ca-file", no_certificate.path()});
  check_refused(here, {{login, "no certificate can be read from the CA file"}});
  here.variables["HTTPS_PROXY"] = "garbage://";
  check_refused(here, {{{"login", "x", "--client-id", "c"}, "HTTPS_PROXY"}});
}
