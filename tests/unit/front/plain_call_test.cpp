#include "front/plain_call.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::front;
using store::TokenFormat;

TEST_CASE("a call of `token` that needs its file alone is read as the lean program reads it") {
  const auto bare = read_call({"token"});
  REQUIRE(bare);
  CHECK(bare->profile.empty());
  CHECK(bare->format == TokenFormat::token);
  CHECK(bare->min_ttl == Seconds(60));
  CHECK(bare->newline);

  const auto all = read_call({"--config-dir", "/c", "-q", "token", "--min-ttl=300", "work",
                              "--output", "json", "--no-newline"});
  REQUIRE(all);
  CHECK(all->config_dir == "/c");
  CHECK(all->profile == "work");
  CHECK(all->min_ttl == Seconds(300));
  CHECK(all->format == TokenFormat::json);
  CHECK_FALSE(all->newline);
}

TEST_CASE("every form is known by its word, behind or in its option") {
  const std::pair<const char*, TokenFormat> forms[] = {{"token", TokenFormat::token},
                                                       {"header", TokenFormat::header},
                                                       {"json", TokenFormat::json},
                                                       {"env", TokenFormat::env},
                                                       {"curl", TokenFormat::curl}};
  for (const auto& [word, form] : forms) {
    CAPTURE(word);
    const std::string text = word;
    CHECK(read_call({"token", "-o", text})->format == form);
    CHECK(read_call({"token", "-o" + text})->format == form);
    CHECK(read_call({"token", "--output=" + text})->format == form);
  }
}

TEST_CASE("a call of `exec` is read up to its command, whose words are its own") {
  const auto bare = read_call({"exec", "--", "make", "-j", "--", "exec"});
  REQUIRE(bare);
  CHECK(bare->profile.empty());
  CHECK(bare->variable == "XAUTH_TOKEN");
  CHECK(bare->min_ttl == Seconds(60));
  CHECK(bare->command == std::vector<std::string>{"make", "-j", "--", "exec"});

  const auto all = read_call({"-q", "exec", "--env=API_TOKEN", "work", "--min-ttl", "5",
                              "--config-dir", "/c", "--", "true"});
  REQUIRE(all);
  CHECK(all->profile == "work");
  CHECK(all->config_dir == "/c");
  CHECK(all->variable == "API_TOKEN");
  CHECK(all->min_ttl == Seconds(5));
  CHECK(all->command == std::vector<std::string>{"true"});
}

TEST_CASE("every other call is left to the lean program") {
  const std::vector<std::string> calls[] = {
      {},
      {"status"},
      {"-q"},
      {"--version"},
      {"token", "work", "home"},
      {"token", "../work"},
      {"token", "-o"},
      {"token", "-o", "yaml"},
      {"token", "-o", "json", "-o", "json"},
      {"token", "-o=json"},
      {"-o", "json", "token"},
      {"token", "--min-ttl", "x"},
      {"token", "--min-ttl", "-1"},
      {"token", "--min-ttl", ""},
      {"token", "--min-ttl", "010"},
      {"token", "--min-ttl", "99999999999"},
      {"token", "--config-dir", ""},
      {"token", "--config-dir=a", "--config-dir=b"},
      {"--no-newline", "token"},
      {"token", "--id-token"},
      {"token", "--force-refresh"},
      {"token", "--no-refresh"},
      {"token", "--with-refresh-token", "-o", "json"},
      {"token", "-v"},
      {"token", "--trace"},
      {"token", "--help"},
      {"token", "--", "work"},
      {"token", "--config-dir", "--help"},
      {"token", "--env", "A"},
      {"exec"},
      {"exec", "--"},
      {"exec", "work", "true"},
      {"exec", "a", "b", "--", "true"},
      {"exec", "../a", "--", "true"},
      {"exec", "-v", "--", "true"},
      {"exec", "-o", "json", "--", "true"},
      {"exec", "--no-newline", "--", "true"},
      {"exec", "--env", "--", "true"},
      {"exec", "--env", "1A", "--", "true"},
      {"exec", "--env", "XAUTH_PASSPHRASE", "--", "true"},
      {"--env", "A", "exec", "--", "true"},
      {"--", "exec", "true"},
  };
  for (const auto& call : calls) {
    CAPTURE(call.size());
    CAPTURE((call.empty() ? std::string() : call.back()));
    CHECK_FALSE(read_call(call));
  }
}
