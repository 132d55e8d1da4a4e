#include "base/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

namespace xauth {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Splits at blanks and hyphens, a run of which counts as one.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const auto start = text.find_first_not_of(" -");
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    words.push_back(text.substr(0, text.find_first_of(" -")));
    text.remove_prefix(words.back().size());
  }
}

// The number of at most four digits that `text` is; -1 when it is none.
int number(std::string_view text) {
  int value = -1;
  if (text.empty() || text.size() > 4 || text.front() == '-') return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

unsigned month_of(std::string_view text) {
  const auto* found = std::find(kMonths.begin(), kMonths.end(), text);
  return found == kMonths.end() ? 0 : static_cast<unsigned>(found - kMonths.begin()) + 1;
}

// A year of two digits that seems more than fifty years ahead is one of the century before.
int full_year(int year, std::size_t digits, Time now) {
  if (digits != 2) return year;
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  const int this_year = static_cast<int>(today.year());
  year += this_year / 100 * 100;
  return year > this_year + 50 ? year - 100 : year;
}

std::optional<Time> moment(int year, unsigned month, int day, std::string_view clock) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (clock.size() != 8 || clock[2] != ':' || clock[5] != ':') return std::nullopt;
  const int hour = number(clock.substr(0, 2));
  const int minute = number(clock.substr(3, 2));
  const int second = number(clock.substr(6, 2));
  const bool is_time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 &&
                       second <= 60;  // a leap second
  if (day < 1 || !date.ok() || !is_time) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + Seconds(hour * 3600 + minute * 60 + second);
}

}  // namespace

std::optional<Time> parse_http_date(std::string_view text, Time now) {
  const auto words = words_of(text);
  if (words.size() == 6 && words[0].ends_with(',') && words[5] == "GMT") {
    const int year = number(words[3]);
    if (year < 0 || words[3].size() % 2 != 0) return std::nullopt;  // of two digits, or four
    return moment(full_year(year, words[3].size(), now), month_of(words[2]), number(words[1]),
                  words[4]);
  }
  if (words.size() == 5) {
    return moment(number(words[4]), month_of(words[1]), number(words[2]), words[3]);
  }
  return std::nullopt;
}

std::optional<Seconds> parse_retry_after(std::string_view text, Time now) {
  if (const auto date = parse_http_date(text, now)) return std::max(Seconds(0), *date - now);
  std::uint32_t seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || stop != end) return std::nullopt;
  return Seconds(seconds);
}

}  // namespace xauth
