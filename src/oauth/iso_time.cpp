#include "oauth/iso_time.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace xauth::oauth {

namespace {

// Takes a text apart from its beginning; once something is not as expected, nothing is.
class Taker {
 public:
  explicit Taker(std::string_view text) : text_(text) {}

  bool good() const { return good_; }
  bool at_end() const { return text_.empty(); }

  int digits(std::size_t count) {
    int value = 0;
    const char* end = text_.data() + count;
    good_ = good_ && text_.size() >= count && text_[0] >= '0' && text_[0] <= '9' &&
            std::from_chars(text_.data(), end, value).ptr == end;
    if (good_) text_.remove_prefix(count);
    return value;
  }

  // Whether one of `these` is next; takes it.
  char any_of(std::string_view these) {
    if (!good_ || text_.empty() || these.find(text_[0]) == std::string_view::npos) return '\0';
    const char taken = text_[0];
    text_.remove_prefix(1);
    return taken;
  }

  void demand(std::string_view these) { good_ = any_of(these) != '\0'; }

 private:
  std::string_view text_;
  bool good_ = true;
};

Seconds take_offset(Taker& taker) {
  const char sign = taker.any_of("Zz+-");
  if (sign == 'Z' || sign == 'z') return Seconds(0);
  if (sign == '\0') taker.demand("");
  const auto hours = std::chrono::hours(taker.digits(2));
  taker.demand(":");
  const auto offset = hours + std::chrono::minutes(taker.digits(2));
  return sign == '-' ? -offset : offset;
}

std::string padded(std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::optional<Time> parse_iso_time(std::string_view text) {
  Taker taker(text);
  const std::chrono::year year(taker.digits(4));
  taker.demand("-");
  const std::chrono::month month(static_cast<unsigned>(taker.digits(2)));
  taker.demand("-");
  const std::chrono::day day(static_cast<unsigned>(taker.digits(2)));
  taker.demand("Tt ");
  const int hour = taker.digits(2);
  taker.demand(":");
  const int minute = taker.digits(2);
  taker.demand(":");
  const int second = taker.digits(2);
  if (taker.any_of(".") != '\0') {
    taker.digits(1);
    while (taker.any_of("0123456789") != '\0') continue;
  }
  const Seconds offset = take_offset(taker);
  const std::chrono::year_month_day date(year, month, day);
  if (!taker.good() || !taker.at_end() || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         Seconds(second) - offset;
}

std::string iso_time(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  return padded(int(date.year()), 4) + "-" + padded(unsigned(date.month()), 2) + "-" +
         padded(unsigned(date.day()), 2) + "T" + padded(clock.hours().count(), 2) + ":" +
         padded(clock.minutes().count(), 2) + ":" + padded(clock.seconds().count(), 2) + "Z";
}

}  // namespace xauth::oauth
