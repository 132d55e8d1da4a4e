// `xauth curl`: what curl sends, and what it may not.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "cli/curl_call.h"
#include "support/command_lines.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

const std::string kOdd = R"(canary-'b"c\d$(touch x)`e` f#%n!;&|<>*\)";

struct CurlCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};
  const std::string url = provider->account_url();

  CurlCase() {
    kept.set_token("access_token", Json(kOdd));
    provider->server().replace("/me", [](const IncomingRequest& request) {
      return OutgoingReply{200, {{"Content-Type", "text/plain"}}, "got " + request.body};
    });
  }

  Finished curl(const std::vector<std::string>& words, const std::string& input = {}) const {
    std::vector<std::string> arguments = {"curl"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    Start start = kept.start(arguments);
    start.input = input;
    return run(start);
  }

  std::vector<std::string> authorizations() const {
    std::vector<std::string> sent;
    for (const auto& logged : provider->server().requests("/me")) {
      sent.push_back(find_header(logged.request.headers, "Authorization").value_or("none"));
    }
    return sent;
  }
};

}  // namespace

TEST_CASE_FIXTURE(CurlCase, "curl sends the token, whatever it holds, and has its own input") {
  const Finished ended = curl({"work", "--", "-sS", "--data-binary", "@-", url}, "the input\n");
  CHECK(ended.status == 0);
  CHECK(ended.out == "got the input\n");
  CHECK(ended.err.empty());
  CHECK(authorizations() == std::vector<std::string>{"Bearer " + kOdd});
}

TEST_CASE_FIXTURE(CurlCase, "several URLs get it, and -q leaves .curlrc alone") {
  kept.write("../.curlrc", "header = \"X-Curlrc: read\"\n");
  CHECK(curl({"--", "-qsS", url, url}).out == "got got ");
  CHECK(curl({"--", "-sS", url}).out == "got ");
  const auto asked = provider->server().requests("/me");
  REQUIRE(asked.size() == 3);
  CHECK_FALSE(find_header(asked[0].request.headers, "X-Curlrc"));
  CHECK(find_header(asked[2].request.headers, "X-Curlrc") == "read");
  CHECK(authorizations() == std::vector<std::string>(3, "Bearer " + kOdd));
}

TEST_CASE_FIXTURE(CurlCase, "a large token fits as well") {
  const std::string large(60'000, 'x');
  kept.set_token("access_token", Json(large));
  const Finished ended = curl({"--", "-sS", "-v", url});  // more than the server takes
  CHECK(ended.err.find("Bearer " + large) != std::string::npos);
}

TEST_CASE_FIXTURE(CurlCase, "a token that has expired is refreshed first") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  CHECK(curl({"--", "-sS", url}).status == 0);
  CHECK(authorizations() == std::vector<std::string>{"Bearer " + kept.token("access_token")});
}

TEST_CASE_FIXTURE(CurlCase, "the token of a provider elsewhere goes by https alone, ST-13") {
  kept.set_token("token_url", Json("https://auth.example/token"));
  const Finished ended = curl({"--", "-sS", url});
  CHECK(ended.status == 1);  // curl's: a protocol that is not allowed
  CHECK(ended.err.find("http") != std::string::npos);
  CHECK(authorizations().empty());

  kept.set_token("token_url", Json());  // not known: the profile's own
  CHECK(curl({"--", "-sS", url}).status == 0);
  kept.set_setting("token_url", Json("https://auth.example/token"));
  CHECK(curl({"--", "-sS", url}).status == 1);
}

TEST_CASE_FIXTURE(CurlCase, "--next, under any of its names, is refused before curl runs") {
  for (const char* word : {"--next", "--nex", "--NEXT", "-:", "-s:"}) {
    CAPTURE(word);
    const Finished ended = curl({"--", url, word, url});
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
  }
  CHECK(curl({url}).status == 2);
  CHECK(curl({"--"}).status == 2);
  CHECK(authorizations().empty());
}

TEST_CASE_FIXTURE(CurlCase,
                  "short options in one word are read as this machine's curl reads them") {
  // Prints for each letter how many transfers -w counts: -w does not reach what follows a -:.
  const Finished ended = kept.shell(R"sh(
    cd "$HOME" || exit
    for letter in a b c d e f g i j k l n o p q r s t u v x z A B C D E G H I J K L N O P Q R S \
      T U X Z 0 1 2 3 4 6 '#' '*'; do
      printf '%s ' "$letter"
      curl -q -s -w W -o /dev/null file:///dev/null "-$letter:" file:///dev/null 2>/dev/null </dev/null |
        tr -d '\n'
      echo
    done)sh");
  REQUIRE(ended.status == 0);
  std::istringstream lines(ended.out);
  int judged = 0;
  for (std::string letter, transfers; lines >> letter && std::getline(lines, transfers);) {
    CAPTURE(letter);
    CAPTURE(transfers);
    if (transfers != " W" && transfers != " WW") continue;  // not an option, or a bad value
    ++judged;
    const auto check = [&] { cli::check_curl_arguments({"-" + letter + ":"}); };
    if (transfers == " W") CHECK_THROWS_AS(check(), Error);
    if (transfers == " WW") CHECK_NOTHROW(check());
  }
  CHECK(judged > 35);
}

TEST_CASE_FIXTURE(CurlCase, "without curl the status is 127, with one that does not run 126") {
  kept.variables["PATH"] = kept.path_of("");
  CHECK(curl({"--", url}).status == 127);
  kept.write("curl", "text");
  CHECK(curl({"--", url}).status == 126);
}

TEST_CASE_FIXTURE(CurlCase, "the token is in no command line while curl runs, ST-12, IN-21") {
  Gate gate;
  provider->server().replace("/me", [&](const IncomingRequest&) {
    gate.wait();
    return OutgoingReply{200, {}, "at last"};
  });
  Running running(kept.start({"curl", "--", "-sS", url}));
  REQUIRE(provider->server().await_requests("/me", 1, std::chrono::seconds(20)));
  CHECK(in_a_command_line(url));
  CHECK_FALSE(in_a_command_line("canary-"));
  gate.open();
  CHECK(running.wait().out == "at last");
}
