// The two lines that a person sees when something usual goes wrong: what happened, and what to
// type.
#include <doctest/doctest.h>

#include <csignal>

#include "support/kept_login.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct ToldCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  void check(const std::vector<std::string>& arguments, int status, const std::string& told) const {
    const Finished ended = kept.xauth(arguments);
    CHECK(ended.status == status);
    CHECK(ended.err == told);
    CHECK(ended.out.empty());
  }
};

}  // namespace

TEST_CASE_FIXTURE(ToldCase, "a wrong option, command or word, in two lines") {
  check({"token", "--min-tll", "5"}, 2,
        "xauth: unknown option --min-tll\n"
        "  try: xauth token --min-ttl\n");
  check({"tokne"}, 2,
        "xauth: no command is named 'tokne'\n"
        "  try: xauth token\n");
  check({"provider", "shwo"}, 2,
        "xauth: no command is named 'shwo'\n"
        "  try: xauth provider show\n");
  check({"help", "tokne"}, 2,
        "xauth: no command is named 'tokne'\n"
        "  try: xauth token\n");
}

TEST_CASE_FIXTURE(ToldCase, "a wrong profile, in two lines") {
  check({"token", "wrok"}, 4,
        "xauth: there is no profile wrok; is it work?\n"
        "  try: xauth status\n");
  check({"token", "elsewhere"}, 4,
        "xauth: there is no profile elsewhere\n"
        "  try: xauth login elsewhere --provider ID\n");
}

TEST_CASE_FIXTURE(ToldCase, "an expired login, in two lines") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  kept.set_token("refresh_token", {});
  check({"token", "work"}, 4,
        "xauth: work: the token has no refresh token to renew it with\n"
        "  try: xauth login work\n");
}

TEST_CASE("a busy port, in two lines, and who has it") {
  const int port = free_port();
  const std::string uri = "http://127.0.0.1:" + std::to_string(port) + "/callback";
  const Workplace here(demo::plain(), {port});
  std::vector<std::string> login = {
      "login", "work", "--client-id", kPublicClient, "--no-browser", "--redirect-uri", uri};
  for (auto& word : urls_of(*here.provider)) login.push_back(std::move(word));
  Running first(here.start(login));
  await_url(first);
  const Finished second = run(here.start(login));
  CHECK(second.status == 1);
  CHECK(second.err ==
        "xauth: port " + std::to_string(port) + " on 127.0.0.1 is in use by xauth (process " +
            std::to_string(first.pid()) + "): " + uri +
            "\n"
            "  try: end the program that holds the port, or register another redirect "
            "URI with the provider and give it with --redirect-uri\n");
  first.signal(SIGINT);
}
