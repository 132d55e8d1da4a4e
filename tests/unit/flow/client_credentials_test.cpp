#include "flow/client_credentials.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;

namespace {

// Asks with `answer` as what comes back, and puts what was sent into `sent`.
oauth::TokenAnswer ask(const std::string& answer, std::vector<HttpRequest>& sent,
                       const oauth::Client& client) {
  System system;
  system.now = [] { return Time(); };
  system.fill_random = [](std::span<std::byte>) {};
  system.send = [&](const HttpRequest& request) {
    sent.push_back(request);
    return HttpResponse{200, {{"Content-Type", "application/json"}}, answer};
  };
  return flow::client_credentials(system, oauth::pending_at().provider, client, {});
}

const oauth::Client kClient = {.id = "c",
                               .auth = oauth::ClientAuth::basic,
                               .secret = Secret(std::string("s")),
                               .key = {},
                               .certificate = {}};

}  // namespace

TEST_CASE("an application's grant holds its access token alone, AD-11") {
  std::vector<HttpRequest> sent;
  const auto answer =
      ask(R"({"access_token":"at","refresh_token":"rt","id_token":"it"})", sent, kClient);
  const auto& grant = std::get<oauth::TokenGrant>(answer);
  CHECK(grant.access_token.reveal() == "at");
  CHECK(grant.refresh_token.empty());
  CHECK(grant.id_token.empty());
  CHECK(sent.size() == 1);
}

TEST_CASE("a client without authentication asks nobody, and a refusal is a value, AD-11") {
  std::vector<HttpRequest> sent;
  CHECK_THROWS_AS(ask("{}", sent, {.id = "c"}), Error);
  CHECK(sent.empty());
  const auto answer = ask(R"({"error":"invalid_client"})", sent, kClient);
  CHECK(std::get<oauth::Refusal>(answer).error == "invalid_client");
}
