// Logins that the person or the provider ends, or that go wrong on the way: the exit status, what
// is said, and that nothing is stored and nothing lost.
#include <doctest/doctest.h>

#include <fstream>

#include "support/raw_server.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

demo::Answer answers(int status, const std::string& body,
                     const std::string& type = "application/json", const Headers& more = {}) {
  return [=](const IncomingRequest&) {
    OutgoingReply reply{status, {{"Content-Type", type}}, body};
    reply.headers.insert(reply.headers.end(), more.begin(), more.end());
    return reply;
  };
}

struct Ended {
  Finished login;
  demo::FinalPage page;
};

Ended log_in(const Workplace& here, const std::vector<std::string>& arguments,
             demo::Decision decision = demo::Decision::allow) {
  Running login(here.start(arguments));
  const auto page = decide(authorize_url_in(await_url(login)), decision);
  return {login.wait(), page};
}

// A login that has tokens already, as every failure must leave them.
struct LoggedIn : Workplace {
  explicit LoggedIn(demo::Manner manner = demo::plain()) : Workplace(std::move(manner)) {
    REQUIRE(log_in(login("work", kPublicClient)).status == 0);
    before = files();
  }
  std::map<std::string, std::string> before;
};

// Logs in again with other settings while the token endpoint answers `answer`: the login must end
// with `status`, say `says`, and change nothing.
void check_token_answer(const demo::Answer& answer, int status, const std::string& says) {
  const LoggedIn here;
  here.provider->server().replace("/token", answer);
  const Ended ended = log_in(here, here.login("work", kPublicClient, {"--scope", "other"}));
  CAPTURE(ended.login.err);
  CHECK(ended.login.status == status);
  CHECK(ended.login.out.empty());
  CHECK(ended.login.err.find(says) != std::string::npos);
  CHECK(ended.page.body.find("Nothing was") != std::string::npos);
  CHECK(ended.page.body.find("logged in") == std::string::npos);
  CHECK(here.files() == here.before);
  CHECK(here.provider->server().count("/token") == 2);  // a code is sent once, TQ-10
}

std::string error_body(const std::string& error, const std::string& description = "d") {
  return "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}";
}

}  // namespace

TEST_CASE("the person says no: 3, and the page says that nothing was granted, CB-12") {
  const LoggedIn here;
  const Ended ended = log_in(here, {"login", "work", "--no-browser"}, demo::Decision::deny);
  CHECK(ended.login.status == 3);
  CHECK(ended.login.err.find("xauth: the login was refused: access_denied\n") != std::string::npos);
  CHECK(ended.page.body.find("Nothing was granted") != std::string::npos);
  CHECK(here.files() == here.before);
}

TEST_CASE("a first login that is refused leaves no profile behind") {
  const Workplace here;
  CHECK(here.log_in(here.login("work", kPublicClient), demo::Decision::deny).status == 3);
  CHECK(here.files().empty());
  CHECK(run(here.start({"status", "-o", "json"})).out == "[]\n");
}

TEST_CASE("a scope that the provider does not know: 3") {
  const LoggedIn here;
  const Ended ended = log_in(here, here.login("work", kPublicClient, {"--scope", "a\"b"}));
  CHECK(ended.login.status == 3);
  CHECK(ended.login.err.find("invalid_scope") != std::string::npos);
  CHECK(here.files() == here.before);
}

TEST_CASE("the provider's no at the token endpoint, TR-13") {
  check_token_answer(answers(400, error_body("invalid_scope")), 3, "invalid_scope: d");
  check_token_answer(answers(400, error_body("invalid_grant")), 3, "invalid_grant: d");
  check_token_answer(answers(401, error_body("invalid_client")), 2, "invalid_client: d");
  check_token_answer(answers(400, error_body("unauthorized_client")), 2, "unauthorized_client");
  check_token_answer(answers(200, error_body("access_denied")), 3, "access_denied");  // TR-4
}

TEST_CASE("a client secret that is wrong: 2, and the secret is not shown") {
  Workplace here;
  here.variables["XAUTH_CLIENT_SECRET"] = "wrong-secret-canary";
  const Ended ended = log_in(here, here.login("work", kBasicClient));
  CHECK(ended.login.status == 2);
  CHECK(ended.login.err.find("invalid_client") != std::string::npos);
  CHECK(ended.login.err.find("wrong-secret-canary") == std::string::npos);
  CHECK(here.files().empty());
}

TEST_CASE("a redirect URI that the provider refuses: 2, and the one to register is named") {
  const int port = free_port();
  const Workplace here(demo::x(), {port});
  const std::string uri = "http://127.0.0.1:" + std::to_string(port) + "/callback";
  here.provider->server().replace(
      "/token", answers(400, error_body("invalid_request",
                                        "Value passed for the redirect uri did not match the uri "
                                        "of the authorization code.")));
  std::vector<std::string> arguments = {"login",       "x",           "--redirect-uri", uri,
                                        "--client-id", kPublicClient, "--no-browser"};
  for (auto& word : urls_of(*here.provider)) arguments.push_back(std::move(word));
  const Ended ended = log_in(here, arguments);
  CHECK(ended.login.status == 2);
  CHECK(ended.login.err.find("register") != std::string::npos);
  CHECK(ended.login.err.rfind(uri) > ended.login.err.find("\nxauth: "));
}

TEST_CASE("a wrong answer: 7, TR-1, TR-2, TR-3, TR-5, TR-8, TR-9") {
  check_token_answer(answers(200, "<html>Sign in</html>", "text/html"), 7, "is a web page");
  check_token_answer(answers(200, ""), 7, "is empty");
  check_token_answer(answers(200, "[]"), 7, "is not a JSON object");
  check_token_answer(answers(200, "{\"token_type\":\"Bearer\"}"), 7, "holds no access_token");
  check_token_answer(answers(200, "{\"access_token\":\"\"}"), 7, "holds no access_token");
  check_token_answer(answers(200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}"), 7, "mac");
  check_token_answer(answers(200, "{\"access_token\":\"a\\nb\"}"), 7, "control");
  check_token_answer(answers(200, "{\"access_token\":\"a\",\"expires_in\":-1}"), 7, "expires_in");
  check_token_answer(answers(200, std::string("{\"access_token\":\"a\"}\0", 22)), 7, "JSON");
}

TEST_CASE("a redirect of the token endpoint is not followed, TQ-5, IN-5") {
  check_token_answer(answers(302, "", "text/plain", {{"Location", "https://evil.example/t"}}), 7,
                     "to evil.example, which is not followed");
}

TEST_CASE("an answer that is too much: 7, TQ-13") {
  check_token_answer(answers(200, "{\"access_token\":\"" + std::string(2 << 20, 'a') + "\"}"), 7,
                     "127.0.0.1");
}

TEST_CASE("a provider that has a problem of its own: 6") {
  check_token_answer(answers(500, "<h1>oops</h1>", "text/html"), 6, "status 500");
  check_token_answer(answers(503, error_body("x")), 6, "status 503");
  check_token_answer(answers(429, ""), 6, "slow down");
}

TEST_CASE(
    "a provider that closes, cuts or is not there: 6, and the code is not sent again, TQ-10") {
  const LoggedIn here;
  const auto ends_with = [&](const std::string& token_url) {
    auto arguments = here.login("work", kPublicClient, {"--scope", "other"});
    for (auto& word : arguments) {
      if (word == here.provider->token_url()) word = token_url;
    }
    const Ended ended = log_in(here, arguments);
    CAPTURE(ended.login.err);
    CHECK(ended.login.err.find("127.0.0.1") != std::string::npos);
    CHECK(ended.page.body.find("The login did not work") != std::string::npos);
    CHECK(here.files() == here.before);
    return ended.login.status;
  };
  RawServer closes([](Connection& connection) {
    connection.read_request();
    connection.end();
  });
  CHECK(ends_with("http://127.0.0.1:" + std::to_string(closes.port()) + "/token") == 6);
  CHECK(closes.accepted() == 1);
  RawServer cuts([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_tok");
    connection.reset();
  });
  CHECK(ends_with("http://127.0.0.1:" + std::to_string(cuts.port()) + "/token") == 6);
  CHECK(cuts.accepted() == 1);
  CHECK(ends_with("http://127.0.0.1:" + std::to_string(closed_port()) + "/token") == 6);
}

TEST_CASE("nobody comes: 5, and nothing is stored") {
  const LoggedIn here;
  const Finished login = run(here.start({"login", "work", "--no-browser", "--timeout", "1"}));
  CHECK(login.status == 5);
  CHECK(login.err.find("nobody finished the login in time") != std::string::npos);
  CHECK(login.err.find("--timeout") != std::string::npos);
  CHECK(login.err.find("register this redirect URI with the provider: "
                       "http://127.0.0.1/callback (any port)") != std::string::npos);
  CHECK(here.files() == here.before);
}

TEST_CASE("with -o json the provider's error is told by its name") {
  const Workplace here;
  Running login(here.start(here.login("work", kPublicClient, {"-o", "json"})));
  const std::string told = login.await_output("\n");
  const auto event = parse_json(told.substr(0, told.find('\n')));
  REQUIRE(event);
  decide(*parse_url(*event->find("url")->string()), demo::Decision::deny);
  const Finished ended = login.wait();
  CHECK(ended.status == 3);
  const auto error = parse_json(ended.err);
  REQUIRE(error);
  CHECK(*error->find("error")->find("code")->string() == "refused");
  CHECK(*error->find("error")->find("provider_error")->string() == "access_denied");
}

TEST_CASE("what cannot be stored: 8, before anybody is bothered, and nothing is lost, ST-1") {
  const LoggedIn here;
  Start no_space = here.start(
      {"-c", "ulimit -f 0; exec \"$@\"", "sh", built_program(), "login", "work", "--no-browser"});
  no_space.program = "/bin/sh";
  const Finished full = run(no_space);
  CHECK(full.status == 8);
  CHECK(full.err.find("http:") == std::string::npos);
  CHECK(here.files() == here.before);

  std::ofstream(here.path_of("config.json")) << "{";
  const Finished damaged = run(here.start({"login", "work", "--no-browser"}));
  CHECK(damaged.status == 8);
  CHECK(damaged.err.find("config.json") != std::string::npos);
  CHECK(content_of(here.path_of("config.json")) == "{");
}
