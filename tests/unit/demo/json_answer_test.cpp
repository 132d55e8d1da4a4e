#include "demo/json_answer.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

TEST_CASE("an answer to the client is JSON that no cache keeps") {
  const auto reply = json_answer(200, Json::Object{{"a", "b"}});
  CHECK(reply.body == R"({"a":"b"})");
  CHECK(header(reply, "Content-Type") == "application/json");
  CHECK(header(reply, "Cache-Control") == "no-store");
}

TEST_CASE("a refusal has the words of its manner, and the challenge of its status") {
  auto manner = plain();
  const auto missing = refusal(manner, Rejection(Fault::missing_parameter, "code"));
  check_error(missing, 400, "invalid_request", "The parameter code is missing.");
  CHECK(header(missing, "WWW-Authenticate").empty());
  const auto client = refusal(manner, Rejection(Fault::client_authentication));
  CHECK(header(client, "WWW-Authenticate") == "Basic realm=\"demo\"");
  const auto token = refusal(manner, Rejection(Fault::insufficient_scope));
  CHECK(token.status == 403);
  CHECK(header(token, "WWW-Authenticate") == "Bearer error=\"insufficient_scope\"");
  manner.errors[Fault::code] = {418, "", ""};
  const auto bare = refusal(manner, Rejection(Fault::code));
  CHECK(bare.status == 418);
  CHECK(bare.body.empty());
}
