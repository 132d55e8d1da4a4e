#include "demo/pages.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::demo;

namespace {

bool holds(const OutgoingReply& reply, std::string_view text) {
  return reply.body.find(text) != std::string::npos;
}

std::string policy(const OutgoingReply& reply) {
  return find_header(reply.headers, "Content-Security-Policy").value_or("");
}

}  // namespace

TEST_CASE("the consent page escapes everything that came with the request") {
  const std::string evil = "\"><script>alert(1)</script>";
  const auto page = consent_page({"token", evil, evil, evil, "tweet.read " + evil});
  CHECK_FALSE(holds(page, "<script"));
  CHECK(holds(page, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK_FALSE(holds(error_page(400, evil, evil), "<script"));
}

TEST_CASE("the consent page says in words what is asked for, and offers both answers") {
  const auto page = consent_page(
      {"token", "xauth", "the-id", "http://127.0.0.1:8000/callback", "offline.access odd.scope"});
  CHECK(page.status == 200);
  CHECK(holds(page, "Stay logged in"));
  CHECK(holds(page, "odd.scope"));
  CHECK(holds(page, "the-id"));
  CHECK(holds(page, "http://127.0.0.1:8000"));
  CHECK(holds(page, "value=\"allow\">Allow</button>"));
  CHECK(holds(page, "value=\"deny\">Deny</button>"));
  CHECK(holds(page, "name=\"viewport\""));
  CHECK(holds(page, "prefers-color-scheme: dark"));
}

TEST_CASE("the pages load nothing, are kept nowhere, and cannot be framed") {
  for (const auto& page : {consent_page({"t", "n", "i", "http://127.0.0.1:1/c", ""}),
                           error_page(404, "title", "text")}) {
    CHECK(find_header(page.headers, "Content-Type") == "text/html; charset=utf-8");
    CHECK(find_header(page.headers, "X-Content-Type-Options") == "nosniff");
    CHECK(find_header(page.headers, "Cache-Control") == "no-store");
    CHECK(find_header(page.headers, "Referrer-Policy") == "no-referrer");
    CHECK(find_header(page.headers, "X-Frame-Options") == "DENY");
    CHECK(policy(page).starts_with("default-src 'none'; style-src 'unsafe-inline'; "));
    CHECK_FALSE(holds(page, "src="));
    CHECK_FALSE(holds(page, "href="));
    CHECK_FALSE(holds(page, "url("));
  }
}

TEST_CASE("the form may lead to this server and to the client's own origin only") {
  const auto targets = [](const std::string& redirect_uri) {
    const auto text = policy(consent_page({"t", "n", "i", redirect_uri, ""}));
    return text.substr(text.find("form-action"));
  };
  CHECK(targets("http://127.0.0.1:8000/cb?x=1") == "form-action 'self' http://127.0.0.1:8000");
  CHECK(targets("http://localhost:1/cb") == "form-action 'self' http://localhost:1");
  CHECK(targets("http://[::1]:8000/cb") == "form-action 'self' http:");
  CHECK(targets("nonsense; script-src *") == "form-action 'self'");
  CHECK(policy(error_page(400, "", "")).ends_with("form-action 'none'"));
}
