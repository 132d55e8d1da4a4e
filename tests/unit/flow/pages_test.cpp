#include "flow/pages.h"

#include <doctest/doctest.h>

#include <set>

using namespace xauth;
using namespace xauth::flow;

namespace {

constexpr Page kPages[] = {Page::saved, Page::refused, Page::failed, Page::not_ours,
                           Page::already_used};

void check_harmless(const OutgoingReply& reply) {
  const std::pair<const char*, const char*> wanted[] = {
      {"X-Content-Type-Options", "nosniff"},
      {"Cache-Control", "no-store"},
      {"Referrer-Policy", "no-referrer"},
      {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
      {"X-Frame-Options", "DENY"},
  };
  for (const auto& [name, value] : wanted) {
    CAPTURE(name);
    CHECK(find_header(reply.headers, name) == value);
  }
  for (const auto& [name, value] : reply.headers) {
    CHECK_FALSE(name.starts_with("Access-Control-"));
  }
}

}  // namespace

TEST_CASE("every answer carries the headers that keep it harmless, LI-10, LI-14") {
  for (const Page page : kPages) {
    const auto reply = reply_with(page);
    check_harmless(reply);
    CHECK(find_header(reply.headers, "Content-Type") == "text/html; charset=utf-8");
  }
  for (const int status : {303, 403, 404, 405, 421}) {
    const auto reply = reply_with_status(status);
    check_harmless(reply);
    CHECK(reply.status == status);
    CHECK(find_header(reply.headers, "Content-Type") == "text/plain; charset=utf-8");
  }
}

TEST_CASE("a page loads nothing and runs nothing, LI-14, IN-11") {
  for (const Page page : kPages) {
    const auto body = reply_with(page).body;
    for (const char* part : {"<script", "src=", "href=", "url(", "@import", "http", "<form"}) {
      CAPTURE(part);
      CHECK(body.find(part) == std::string::npos);
    }
  }
}

TEST_CASE("each page says something of its own, and only one that you are logged in, LI-15") {
  std::set<std::string> bodies;
  for (const Page page : kPages) {
    const auto reply = reply_with(page);
    bodies.insert(reply.body);
    const bool says_so = reply.body.find("You are logged in") != std::string::npos;
    CHECK(says_so == (page == Page::saved));
    const bool stray = page == Page::not_ours || page == Page::already_used;
    CHECK(reply.status == (stray ? 400 : 200));
  }
  CHECK(bodies.size() == std::size(kPages));
}
