// `--trace` and `-v`: what is asked and answered, and never a secret.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/kept_login.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace

TEST_CASE("--trace shows a refresh on standard error, without its secrets, ST-15") {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept(*provider, {.client_id = kBasicClient, .client_auth = "basic"});
  kept.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  const Finished ended = kept.xauth({"token", "--trace"});  // xauth() looks for the secrets
  CHECK(ended.status == 0);
  CHECK(ended.out == kept.token("access_token") + "\n");
  CHECK(has(ended.err, "> POST " + provider->token_url() + "\n"));
  CHECK(has(ended.err, "> Authorization: Basic ***\n"));
  CHECK(has(ended.err, "grant_type=refresh_token&refresh_token=***"));
  CHECK(has(ended.err, "< 200 in "));
  CHECK(has(ended.err, "\"access_token\":\"***\""));
  CHECK_FALSE(has(ended.err, kept.token("access_token")));
  CHECK_FALSE(has(ended.err, kClientSecret));
}

TEST_CASE("--trace blanks what a provider echoes, ST-15") {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept(*provider, {.client_id = kPostClient, .client_auth = "post"});
  kept.variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
  provider->server().replace("/token", [](const IncomingRequest& request) {
    return OutgoingReply{400,
                         {{"Content-Type", "text/plain"}, {"X-Echo", request.body}},
                         "you sent " + request.body};
  });
  const Finished ended = kept.xauth({"refresh", "--trace"});
  CHECK(ended.status == 7);
  CHECK(has(ended.err, "< X-Echo: "));
  CHECK_FALSE(has(ended.err, kept.token("refresh_token")));
}

TEST_CASE("--trace blanks tokens under the names that a preset of one's own has, ST-15") {
  const auto provider = start_provider(demo::plain());
  KeptLogins kept;
  REQUIRE(mkdir(kept.path_of("providers").c_str(), 0700) == 0);
  kept.write("providers/own.json", R"({"name":"Own","access_token_field":"badge",
      "refresh_token_field":"grant.again"})");
  kept.write("providers/damaged.json", "{");
  kept.add(*provider, {.provider = "own"});
  provider->server().replace(
      "/token", always(200, R"({"badge":"first-canary","grant":{"again":"second-canary"}})"));
  const Finished ended = kept.xauth({"refresh", "--trace"});
  CHECK(ended.status == 0);
  CHECK(kept.token("access_token") == "first-canary");
  CHECK(has(ended.err, R"(< {"badge":"***","grant":{"again":"***"}})"));
  CHECK_FALSE(has(ended.err, "canary"));
}

TEST_CASE("--trace shows a whole login without state, code or tokens in it, ST-15") {
  const Workplace here;
  const Finished login = here.log_in(here.login("work", kPublicClient, {"--trace"}));
  CHECK(login.status == 0);
  const auto request = here.provider->server().requests("/token").back();
  for (const char* name : {"code", "code_verifier"}) {
    CAPTURE(name);
    CHECK_FALSE(has(login.err, request.parameter(name).value()));
  }
  CHECK(has(login.err, "code=***"));
  CHECK(has(login.err, "code_verifier=***"));
  CHECK_FALSE(has(login.err, here.kept("tokens/work.json", "access_token").value()));
}

TEST_CASE("-v tells each request in one line") {
  const auto provider = start_provider(demo::plain());
  const KeptLogins kept(*provider);
  const Finished ended = kept.xauth({"refresh", "-v"});
  CHECK(ended.status == 0);
  CHECK(has(ended.err, "POST " + provider->token_url() + ": 200, "));
  CHECK_FALSE(has(ended.err, "grant_type"));
  CHECK_FALSE(has(kept.xauth({"refresh"}).err, "POST"));
}
