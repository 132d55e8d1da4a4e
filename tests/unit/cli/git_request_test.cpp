#include "cli/git_request.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::cli;

TEST_CASE("git's lines up to the empty one") {
  const auto request = read_git_request(
      "capability[]=authtype\nprotocol=https\nhost=git.example:8443\npath=a=b\nusername=me\n"
      "password=p=w \nwwwauth[]=Basic realm=\"x\"\n\nhost=other.example\n");
  CHECK(request.protocol == "https");
  CHECK(request.host == "git.example:8443");
  CHECK(request.username == "me");
  CHECK(request.password.reveal() == "p=w ");
  CHECK(read_git_request("protocol=https\nhost=a").host == "a");  // no line end
  CHECK(read_git_request("").host.empty());
  CHECK(read_git_request("\nhost=a\n").host.empty());
  CHECK(read_git_request("host=a\nhost=b\n").host == "b");
}

TEST_CASE("url stands for its parts, and takes the earlier ones away") {
  const auto request = read_git_request(
      "host=before\nusername=before\nurl=https://me%40home+x:pw@git.example:8443/a/b?c@d\n");
  CHECK(request.protocol == "https");
  CHECK(request.host == "git.example:8443");
  CHECK(request.username == "me@home+x");
  CHECK(read_git_request("url=https://git.example").host == "git.example");
  CHECK(read_git_request("username=before\nurl=https://a/").username.empty());
  CHECK(read_git_request("url=https://a@b@git.example/").host == "b@git.example");  // matches none
  CHECK(read_git_request("url=no-url").protocol.empty());
}

TEST_CASE("only LF ends a line, and what git would not write is refused, ST-18, IN-6") {
  using namespace std::string_literals;
  for (const std::string& bad :
       {"host=a\rhost=b\n"s, "host=a\r\n"s, "host=a\0b\n"s, "ho\rst=a\n"s, "host\n"s,
        "protocol=https\nhost"s, "url=https://a%0ahost=b@c/\n"s, "url=https://a%zz@c/\n"s}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(read_git_request(bad), Error);
  }
}

TEST_CASE("git is given the token as a password, with its end where that is known") {
  auto tokens = store::tokens_named("1");
  CHECK(git_answer("me", tokens).reveal() ==
        "username=me\npassword=access-1\npassword_expiry_utc=1700007200\n");
  tokens.expires_at.reset();
  CHECK(git_answer("me", tokens).reveal() == "username=me\npassword=access-1\n");
}
