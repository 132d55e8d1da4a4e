#include "demo/registered_client.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "demo/rejection.h"
#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

TEST_CASE("a redirect URI matches as a string, or but for its port at a loopback address") {
  RegisteredClient client{"id", "name", {"http://127.0.0.1:8000/cb", "http://localhost:8000/cb"}};
  struct Row {
    const char* redirect_uri;
    bool exactly;
    bool any_port;
  };
  const Row rows[] = {
      {"http://127.0.0.1:8000/cb", true, true},
      {"http://localhost:8000/cb", true, true},
      {"http://127.0.0.1:9000/cb", false, true},
      {"http://127.0.0.1/cb", false, true},
      {"http://localhost:9000/cb", false, false},  // a name: RFC 8252 §7.3 is about addresses
      {"http://127.0.0.1:8000/cb/", false, false},
      {"http://127.0.0.1:8000/CB", false, false},
      {"http://127.0.0.1:8000/cb?x=1", false, false},
      {"http://127.0.0.1:8000/cb#x", false, false},
      {"http://[::1]:8000/cb", false, false},
      {"https://127.0.0.1:8000/cb", false, false},
      {"http://127.0.0.1:8000@evil.example/cb", false, false},
      {"http://127.0.0.1.evil.example:8000/cb", false, false},
      {"", false, false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.redirect_uri);
    CHECK(accepts_redirect(client, row.redirect_uri, x()) == row.exactly);
    CHECK(accepts_redirect(client, row.redirect_uri, plain()) == row.any_port);
  }
}

TEST_CASE("the port of localhost makes no difference only in a manner that says so") {
  const RegisteredClient client{"id", "name", {"http://127.0.0.1/cb", "http://localhost/cb"}};
  auto manner = x();
  manner.any_localhost_port = true;
  CHECK(accepts_redirect(client, "http://localhost:9000/cb", manner));
  CHECK_FALSE(accepts_redirect(client, "http://localhost:9000/other", manner));
  CHECK_FALSE(accepts_redirect(client, "http://127.0.0.1:9000/cb", manner));
  CHECK_FALSE(accepts_redirect(client, "http://localhost.evil.example:9000/cb", manner));
}

namespace {

std::string basic(const std::string& client_id, const std::string& secret) {
  return "Basic " + base64(form_encode(client_id) + ":" + form_encode(secret));
}

// Who is recognised, or the fault.
std::string outcome(const std::string& header, const Fields& fields, const Manner& manner) {
  IncomingRequest request{"POST", "/token", {}, encode(fields)};
  if (!header.empty()) request.headers.emplace_back("Authorization", header);
  const auto clients = demo_clients();
  try {
    return authenticate(request, RequestParameters(request.body), clients, manner).client_id;
  } catch (const Rejection& rejection) {
    return manner.errors.at(rejection.fault).error + rejection.parameter;
  }
}

}  // namespace

TEST_CASE("a client proves itself in the one way that it is registered for") {
  const Fields nothing;
  const Fields id_only = {{"client_id", "public"}};
  struct Row {
    const char* story;
    std::string header;
    Fields form;
    std::string in_plain;
    std::string in_x;
  };
  const std::string bad = "invalid_client";
  const std::string x_bad = "unauthorized_client";
  const std::string odd = "invalid_request";
  const Row rows[] = {
      {"a public client says its ID", "", id_only, "public", "public"},
      {"nobody", "", nothing, odd + "client_id", odd + "client_id"},
      {"unknown", "", {{"client_id", "who"}}, bad, bad},
      {"unknown by Basic", basic("who", "x"), nothing, bad, bad},
      {"a public client has no secret", basic("public", "x"), nothing, bad, x_bad},
      {"Basic", basic("basic", "s:e c"), nothing, "basic", "basic"},
      {"Basic, scheme in lower case", "b" + basic("basic", "s:e c").substr(1), nothing, "basic",
       "basic"},
      {"Basic and the same ID",
       basic("basic", "s:e c"),
       {{"client_id", "basic"}},
       "basic",
       "basic"},
      {"Basic and another ID", basic("basic", "s:e c"), id_only, odd, odd},
      {"Basic and a posted secret",
       basic("basic", "s:e c"),
       {{"client_secret", "s:e c"}},
       odd,
       odd},
      {"wrong secret", basic("basic", "s:e d"), nothing, bad, x_bad},
      {"no secret", "", {{"client_id", "basic"}}, bad, x_bad},
      {"empty secret", basic("basic", ""), nothing, bad, x_bad},
      {"posted instead", "", {{"client_id", "basic"}, {"client_secret", "s:e c"}}, bad, x_bad},
      {"not base64", "Basic *", nothing, bad, x_bad},
      {"no colon", "Basic " + base64("basic"), nothing, bad, x_bad},
      {"broken escape", "Basic " + base64("basic:%zz"), nothing, bad, x_bad},
      {"posted", "", {{"client_id", "post"}, {"client_secret", "s:e c"}}, "post", x_bad},
      {"posted wrong", "", {{"client_id", "post"}, {"client_secret", "x"}}, bad, x_bad},
      {"Basic for one that posts", basic("post", "s:e c"), nothing, bad, "post"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.story);
    CHECK(outcome(row.header, row.form, plain()) == row.in_plain);
    CHECK(outcome(row.header, row.form, x()) == row.in_x);
  }
}
