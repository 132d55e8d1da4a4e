#include "cli/qr_code.h"

#include <doctest/doctest.h>

#include "base/utf8.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

constexpr TerminalSize kLarge{200, 200};
constexpr const char* kUrl = "https://as.example/device?user_code=WDJB-MJHT";

// The modules of a drawn code, black ones as `#`, one line a row of modules.
std::vector<std::string> modules_of(const std::vector<std::string>& rows) {
  std::vector<std::string> modules;
  for (const auto& row : rows) {
    const auto begin = row.find('m') + 1;
    std::string_view cells = std::string_view(row).substr(begin, row.rfind('\033') - begin);
    std::string upper;
    std::string lower;
    while (!cells.empty()) {
      const auto length = next_utf8(cells)->length;
      const auto cell = cells.substr(0, length);
      upper += cell == "▀" || cell == "█" ? '#' : '.';
      lower += cell == "▄" || cell == "█" ? '#' : '.';
      cells.remove_prefix(length);
    }
    modules.push_back(upper);
    modules.push_back(lower);
  }
  return modules;
}

}  // namespace

TEST_CASE("each row sets black and white of its own, and the terminal's colours again at its end") {
  const auto rows = qr_code(kUrl, kLarge);
  REQUIRE(rows);
  for (const auto& row : *rows) {
    CHECK(row.starts_with("\033[38;5;16;48;5;231m"));
    CHECK(row.ends_with("\033[0m"));
  }
}

TEST_CASE("the code has its three marks, and four white modules around it") {
  const auto modules = modules_of(*qr_code(kUrl, kLarge));
  const std::size_t side = modules.front().size();
  CHECK(side == 29 + 8);  // version 3 holds 53 bytes
  CHECK(modules.size() == side + 1);
  const std::string white(side, '.');
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(modules[i] == white);
    CHECK(modules[side - 1 - i] == white);
  }
  for (const auto& row : modules) {
    CHECK(row.starts_with("...."));
    CHECK(row.ends_with("...."));
  }
  CHECK(modules[4].substr(4, 8) == "#######.");
  CHECK(modules[4].substr(side - 12, 8) == ".#######");
  CHECK(modules[side - 5].substr(4, 8) == "#######.");
  CHECK(modules[5].substr(4, 8) == "#.....#.");
}

TEST_CASE("a code that does not fit is not drawn: no half code, no broken rows") {
  const auto rows = qr_code(kUrl, kLarge);
  const int height = static_cast<int>(rows->size());
  CHECK(qr_code(kUrl, {37, height + 1}));
  CHECK_FALSE(qr_code(kUrl, {36, height + 1}));
  CHECK_FALSE(qr_code(kUrl, {37, height}));
  CHECK_FALSE(qr_code(kUrl, {0, 0}));
  CHECK_FALSE(qr_code("", kLarge));
  CHECK_FALSE(qr_code(std::string(2049, 'x'), {10'000, 10'000}));
}
