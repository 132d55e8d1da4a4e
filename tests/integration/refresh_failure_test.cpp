// A refresh that fails: for good, or for now.
#include <doctest/doctest.h>

#include <atomic>

#include "support/kept_login.h"
#include "support/raw_server.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A login in the manner of X whose grant the person has ended.
struct DeadGrant {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::x());
  KeptLogins kept{*provider, {.provider = "x"}};
  std::string alive = kept.token("refresh_token");

  DeadGrant() { kept.set_token("refresh_token", Json("spent")); }

  int asked() const { return provider->server().count("/token") - 1; }
};

// One way to fail, the status that it ends with, and how often it is asked for.
struct Failure {
  const char* name;
  int status;
  demo::Answer answer;
  int asked = 1;
};

std::vector<Failure> failures() {
  const auto error = [](int status, const char* name) {
    return always(status, "{\"error\":\"" + std::string(name) + "\"}");
  };
  return {{"500", 6, always(500, "{}"), 2},
          {"temporarily_unavailable", 6, error(400, "temporarily_unavailable")},
          {"a web page", 7, always(200, "<html>Sign in</html>", "text/html")},
          {"a web page with 400", 7, always(400, "<html>No</html>", "text/html")},
          {"a redirect", 7, always(302, "")},
          {"nothing", 7, always(200, "")},
          {"no token", 7, always(200, R"({"token_type":"Bearer"})")},
          {"another type", 7, always(200, R"({"access_token":"n","token_type":"mac"})")},
          {"cut JSON", 7, always(200, R"({"access_token":"n")")},
          {"invalid_client", 2, error(401, "invalid_client")},
          {"unauthorized_client", 2, error(400, "unauthorized_client")},
          {"invalid_scope", 3, error(400, "invalid_scope")}};
}

void check_untouched(const KeptLogins& kept, const std::string& before) {
  CHECK(kept.token_text() == before);
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});
}

}  // namespace

TEST_CASE("a provider that is busy is asked three times, and the file stays as it is, TQ-16") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const std::string before = kept.token_text();
  int asked = provider->server().count("/token");
  for (const int status : {503, 429}) {
    CAPTURE(status);
    // The body of such an answer is not looked at.
    provider->server().replace("/token", always(status, R"({"error":"invalid_grant"})"));
    CHECK(kept.xauth({"token"}).status == 6);
    CHECK(provider->server().count("/token") == (asked += 3));
    check_untouched(kept, before);
  }
}

TEST_CASE("a provider that stumbles once gives the token all the same, TQ-16, RF-11") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  for (const int status : {429, 500, 502, 503, 504}) {
    CAPTURE(status);
    const int asked = provider->server().count("/token");
    std::atomic<int> left = 1;
    provider->server().wrap("/token", [&](const auto& request, const demo::Answer& original) {
      return left-- > 0 ? OutgoingReply{status, {}, ""} : original(request);
    });
    kept.set_token("expires_at", Json(clock_now() - 1));
    const std::string printed = kept.xauth({"token"}).out;
    CHECK(printed == kept.token("access_token") + "\n");
    CHECK(provider->server().count("/token") == asked + 2);
  }
}

TEST_CASE("a Retry-After that is too long to wait for ends the trying at once, TQ-16") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const int asked = provider->server().count("/token");
  provider->server().replace("/token", [](const IncomingRequest&) {
    return OutgoingReply{503, {{"Retry-After", "41"}}, ""};
  });
  CHECK(kept.xauth({"token"}).status == 6);
  CHECK(provider->server().count("/token") == asked + 1);
}

TEST_CASE_FIXTURE(DeadGrant,
                  "a dead grant is recorded, and everything else in the file kept, RF-10") {
  const Json before = kept.tokens();
  const Finished ended = kept.xauth({"token"});
  CHECK(ended.status == 4);
  CHECK(ended.out.empty());
  CHECK(ended.err.find("try: xauth login work") != std::string::npos);
  CHECK(asked() == 1);
  Json after = kept.tokens();
  CHECK(after.find("refused")->string()->find("invalid_request") == 0);
  after.erase("refused");
  CHECK(after.object()->size() == before.object()->size());
  for (const auto& [name, value] : *before.object())
    CHECK(after.find(name)->text() == value.text());
  CHECK(kept.token_files() == std::vector<std::string>{"work.json"});

  const Finished as_json = kept.xauth({"token", "-o", "json"});
  const Json error = *parse_json(as_json.err).value().find("error");
  CHECK(*error.find("code")->string() == "login_needed");
  CHECK(*error.find("provider_error")->string() == "invalid_grant");
}

TEST_CASE_FIXTURE(DeadGrant, "after a dead grant token prints while it is valid and asks no more") {
  CHECK(kept.xauth({"refresh"}).status == 4);
  CHECK(asked() == 1);
  const std::string line = kept.token("access_token") + "\n";
  kept.set_token("expires_at", Json(clock_now() + 40));
  const Finished valid = kept.xauth({"token"});
  CHECK(valid.status == 0);
  CHECK(valid.out == line);
  CHECK(kept.xauth({"token", "--min-ttl", "60"}).status == 4);
  kept.set_token("expires_at", Json(clock_now() - 1));
  CHECK(kept.xauth({"token"}).status == 4);
  CHECK(kept.xauth({"token", "--no-refresh"}).status == 4);
  CHECK(asked() == 1);
}

TEST_CASE_FIXTURE(DeadGrant,
                  "refresh and --force-refresh ask again, and a success removes the mark") {
  CHECK(kept.xauth({"token"}).status == 4);
  CHECK(kept.xauth({"refresh"}).status == 4);
  CHECK(kept.xauth({"token", "--force-refresh"}).status == 4);
  CHECK(asked() == 3);
  kept.set_token("refresh_token", Json(alive));
  CHECK(kept.xauth({"token"}).status == 4);
  CHECK(asked() == 3);
  const Finished ended = kept.xauth({"token", "--force-refresh"});
  CHECK(ended.status == 0);
  CHECK(ended.out == kept.token("access_token") + "\n");
  CHECK(kept.tokens().find("refused") == nullptr);
  CHECK(provider->server().grants_alive() == 1);
}

TEST_CASE("a standard provider says invalid_grant, and a misused request is no dead grant") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  provider->server().replace("/token", always(400, R"({"error":"invalid_request"})"));
  const std::string before = kept.token_text();
  CHECK(kept.xauth({"refresh"}).status == 3);
  check_untouched(kept, before);
  provider->server().replace("/token", always(400, R"({"error":"invalid_grant"})"));
  CHECK(kept.xauth({"refresh"}).status == 4);
  CHECK(kept.token("refused") == "invalid_grant");
  // An error counts with any status that is an answer. RFC 6749 §5.2
  provider->server().replace("/token", always(200, R"({"error":"invalid_grant"})"));
  CHECK(kept.xauth({"refresh"}).status == 4);
}

TEST_CASE("any other failure leaves the file byte for byte and has its own status, RF-10") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  for (const auto& failure : failures()) {
    CAPTURE(failure.name);
    provider->server().replace("/token", failure.answer);
    const std::string before = kept.token_text();
    const int asked = provider->server().count("/token");
    for (const char* command : {"token", "refresh"}) {
      const Finished ended = kept.xauth({command});
      CHECK(ended.status == failure.status);
      CHECK(ended.out.empty());
      check_untouched(kept, before);
    }
    CHECK(provider->server().count("/token") == asked + 2 * failure.asked);  // RF-11
  }
}

TEST_CASE("a provider that cannot be reached leaves the file byte for byte, RF-10") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const std::string before = kept.token_text();
  const RawServer hangs_up([](Connection& connection) { connection.read_request(); });
  const RawServer resets([](Connection& connection) {
    connection.read_request();
    connection.reset();
  });
  const RawServer cuts([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\":\"n\"");
  });
  const auto url = [](int port) { return "http://127.0.0.1:" + std::to_string(port) + "/token"; };
  for (const std::string& where :
       {url(closed_port()), url(hangs_up.port()), url(resets.port()), url(cuts.port()),
        std::string("https://xauth-test.invalid/token")}) {
    CAPTURE(where);
    kept.set_setting("token_url", Json(where));
    CHECK(kept.xauth({"token"}).status == 6);
    check_untouched(kept, before);
  }
}

TEST_CASE("a provider that never answers ends the refresh after 30 s, RF-10") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const std::string before = kept.token_text();
  const RawServer silent([](Connection& connection) { connection.wait_for_peer(); });
  kept.set_setting("token_url",
                   Json("http://127.0.0.1:" + std::to_string(silent.port()) + "/token"));
  CHECK(kept.xauth({"token"}).status == 6);
  check_untouched(kept, before);
  CHECK(silent.accepted() == 1);
}

TEST_CASE("a token that is still valid is printed with a warning when the refresh fails") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  kept.set_token("expires_at", Json(clock_now() + 50));
  const std::string before = kept.token_text();
  const std::string line = kept.token("access_token") + "\n";
  for (const auto& failure : failures()) {
    CAPTURE(failure.name);
    provider->server().replace("/token", failure.answer);
    const bool bearable = failure.status == 6 || failure.status == 7;
    const Finished ended = kept.xauth({"token"});
    CHECK(ended.status == (bearable ? 0 : failure.status));
    CHECK(ended.out == (bearable ? line : ""));
    CHECK((ended.err.find("warning") != std::string::npos) == bearable);
    for (const char* insisting : {"--min-ttl=55", "--force-refresh"}) {
      const Finished strict = kept.xauth({"token", insisting});
      CHECK(strict.status == failure.status);
      CHECK(strict.out.empty());
    }
    check_untouched(kept, before);
  }
}

TEST_CASE("secrets that a provider echoes are told nowhere, ST-15") {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept(*provider, {.client_id = kPostClient, .client_auth = "post"});
  kept.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  provider->server().replace("/token", [](const IncomingRequest& request) {
    const std::string text = request.body.substr(0, 400);
    return OutgoingReply{400,
                         {{"Content-Type", "application/json"}},
                         "{\"error\":\"invalid_grant\",\"error_description\":\"" + text + "\"}"};
  });
  for (const char* option : {"--verbose", "--quiet"}) {
    CHECK(kept.xauth({"refresh", option}).status == 4);  // xauth() looks for the secrets
    CHECK(kept.xauth({"refresh", option, "-o", "json"}).status == 4);
  }
  check_no_secret(kept.token("refused"));
}
