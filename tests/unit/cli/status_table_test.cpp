#include "cli/status_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "base/terminal_columns.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

StatusRow row_of(const std::string& profile) {
  return {.is_default = profile == "work",
          .profile = profile,
          .provider = "x",
          .account = "someone",
          .token = "1 hour 59 minutes left",
          .renews = "yes",
          .kept = "file",
          .check = "",
          .scope = "tweet.read users.read offline.access"};
}

std::size_t widest(const std::string& table) {
  std::size_t width = 0;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) width = std::max(width, columns_of(line));
  return width;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the scopes are shown where there is room for them") {
  const auto wide = status_table({row_of("work")}, 120);
  CHECK(wide ==
        "  PROFILE  PROVIDER  ACCOUNT  TOKEN                   RENEWS  KEPT  SCOPE\n"
        "* work     x         someone  1 hour 59 minutes left  yes     file  "
        "tweet.read users.read offline.access\n");
  const auto usual = status_table({row_of("work"), row_of("home")}, 80);
  CHECK(usual ==
        "  PROFILE  PROVIDER  ACCOUNT  TOKEN                   RENEWS  KEPT\n"
        "* work     x         someone  1 hour 59 minutes left  yes     file\n"
        "  home     x         someone  1 hour 59 minutes left  yes     file\n");
}

TEST_CASE("what the provider said is a column of its own, where it was asked") {
  auto row = row_of("work");
  row.check = "unreachable";
  const auto table = status_table({row, row_of("home")}, 100);
  CHECK(holds(table, "KEPT  CHECK\n"));
  CHECK(holds(table, "file  unreachable\n"));
  CHECK(holds(table, "file  -\n"));
}

TEST_CASE("a table fits its terminal: accounts and providers are cut, profiles are not") {
  auto row = row_of("work");
  row.provider = "https://login.example.com/realms/everybody";
  row.account = "someone.with.a.long.name@example.com";
  for (const int columns : {79, 80, 90}) {
    const auto table = status_table({row, row_of("home")}, columns);
    CHECK(widest(table) <= static_cast<std::size_t>(columns));
    CHECK(holds(table, "* work "));
    CHECK(holds(table, "…"));
    CHECK(holds(table, "1 hour 59 minutes left"));
    CHECK(std::count(table.begin(), table.end(), '\n') == 3);
  }
}

TEST_CASE("wide characters count as the two columns that they take") {
  auto row = row_of("work");
  row.account = "東京";
  CHECK(holds(status_table({row, row_of("home")}, 80),
              "* work     x         東京     1 hour 59 minutes left"));
  row.account = "山田太郎山田太郎山田太郎山田太郎😀😀@example.com";
  for (const int columns : {40, 70, 79, 80, 81, 90}) {
    CAPTURE(columns);
    CHECK(widest(status_table({row, row_of("home")}, columns)) <=
          static_cast<std::size_t>(columns));
  }
}

TEST_CASE("in a narrow terminal each login gets a block of lines") {
  auto row = row_of("work");
  row.account = "";
  const auto blocks = status_table({row, row_of("home")}, 40);
  CHECK(blocks ==
        "* work\n"
        "    provider  x\n"
        "    token     1 hour 59 minutes left\n"
        "    renews    yes\n"
        "    kept      file\n"
        "    scope     tweet.read users.read off…\n"
        "  home\n"
        "    provider  x\n"
        "    account   someone\n"
        "    token     1 hour 59 minutes left\n"
        "    renews    yes\n"
        "    kept      file\n"
        "    scope     tweet.read users.read off…\n");
  CHECK(widest(blocks) == 40);
}

TEST_CASE("on a pipe nothing is cut") {
  auto row = row_of("work");
  row.account = std::string(60, 'a') + "é";
  const auto table = status_table({row}, std::nullopt);
  CHECK(holds(table, row.account + "  1 hour"));
  CHECK_FALSE(holds(table, "SCOPE"));
  auto little = row_of("work");
  little.scope = "a b";
  CHECK(holds(status_table({little}, std::nullopt), "file  a b\n"));
}
