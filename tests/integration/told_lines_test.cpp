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

TEST_CASE_FIXTURE(ToldCase, "a wrong value, in two lines") {
  check({"config", "gte"}, 2,
        "xauth: ACTION: 'gte' is none of list, get, set, unset, path\n"
        "  try: xauth config get\n");
  check({"completion", "fis"}, 2,
        "xauth: SHELL: 'fis' is none of bash, zsh, fish\n"
        "  try: xauth completion fish\n");
  check({"config", "get", "profile.work"}, 2,
        "xauth: profile.work names no member of a profile\n"
        "  try: xauth config get profile.work.MEMBER, see man 5 xauth-config\n");
  check({"config", "set", "profile.work.client_auth", "psot"}, 2,
        "xauth: client_auth: 'psot' is none of none, basic, post, client_secret_jwt, "
        "private_key_jwt, tls_client_auth\n"
        "  try: xauth config set profile.NAME.client_auth post\n");
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
        "xauth: work: the token has expired, and there is no refresh token to renew it with\n"
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
