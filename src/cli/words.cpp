#include "cli/words.h"

#include <array>
#include <cstdint>
#include <ctime>
#include <utility>

namespace xauth::cli {

namespace {

using Unit = std::pair<std::int64_t, const char*>;

constexpr std::array<Unit, 4> kUnits = {
    {{86'400, "day"}, {3'600, "hour"}, {60, "minute"}, {1, "second"}}};

std::string counted(std::int64_t count, const char* unit) {
  return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
}

// `2026-11-27 16:30`, local time; empty for a time that no calendar has.
std::string date_and_time(Time moment) {
  const std::time_t seconds = moment.time_since_epoch().count();
  std::tm parts{};
  std::array<char, 32> text{};
  if (localtime_r(&seconds, &parts) == nullptr) return {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

}  // namespace

std::string local_time(Time moment, Time now) {
  const std::string text = date_and_time(moment);
  const auto day_end = text.find(' ');
  const bool same_day = text.substr(0, day_end) == date_and_time(now).substr(0, day_end);
  return same_day && day_end != std::string::npos ? text.substr(day_end + 1) : text;
}

std::string in_words(Seconds duration) {
  const std::int64_t seconds = duration.count();
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const auto& [length, unit] = kUnits.at(i);
    if (seconds < length) continue;
    const std::int64_t count = seconds / length;
    const std::int64_t rest = seconds % length;
    if (i + 1 == kUnits.size() || count >= 10) return counted(count, unit);
    const auto& [smaller, smaller_unit] = kUnits.at(i + 1);
    const std::int64_t more = rest / smaller;
    return counted(count, unit) + (more > 0 ? " " + counted(more, smaller_unit) : "");
  }
  return "no time";
}

}  // namespace xauth::cli
