#include "cli/nearest.h"

#include <doctest/doctest.h>

using namespace xauth;
using cli::nearest;

using Names = std::vector<std::string>;

TEST_CASE("a slip of the fingers finds the name that was meant") {
  const Names names = {"login", "logout", "token", "status", "use", "x"};
  const std::pair<std::string, Names> cases[] = {
      {"lgoin", {"login"}},
      {"logn", {"login"}},
      {"loginn", {"login"}},
      {"lofin", {"login"}},
      {"tokne", {"token"}},
      {"statsu", {"status"}},
      {"ues", {"use"}},
      {"us", {"use"}},
      {"logot", {"logout", "login"}},
      {"frobnicate", {}},
      {"", {}},
      {"y", {}},
      {"xy", {}},
      {"lost", {}},
  };
  for (const auto& [word, wanted] : cases) {
    CAPTURE(word);
    CHECK(nearest(word, names) == wanted);
  }
}

TEST_CASE("the beginning of a name finds it, where no slip does") {
  const Names names = {"--client-secret-file", "--client-auth", "status", "--scope"};
  CHECK(nearest("--client-secret", names) == Names{"--client-secret-file"});
  CHECK(nearest("--cli", names) == Names{"--client-secret-file", "--client-auth"});
  CHECK(nearest("sta", names) == Names{"status"});
  CHECK(nearest("--c", names).empty());
  CHECK(nearest("st", names).empty());
}

TEST_CASE("the nearest come first, three at most, and a long word is not looked at") {
  CHECK(nearest("abcd", {"abxy", "abcx", "abcde", "abce", "abcf"}) ==
        Names{"abcx", "abcde", "abce"});
  CHECK(nearest(std::string(65, 'a'), {std::string(64, 'a')}).empty());
}
