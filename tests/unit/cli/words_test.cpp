#include "cli/words.h"

#include <doctest/doctest.h>

#include <ctime>

#include "support/environment.h"

using namespace xauth;

TEST_CASE("durations are told in the two largest units that matter") {
  const std::pair<int, const char*> cases[] = {
      {-5, "no time"},
      {0, "no time"},
      {1, "1 second"},
      {59, "59 seconds"},
      {60, "1 minute"},
      {65, "1 minute 5 seconds"},
      {599, "9 minutes 59 seconds"},
      {600, "10 minutes"},
      {659, "10 minutes"},
      {3'600, "1 hour"},
      {3'601, "1 hour"},
      {7'260, "2 hours 1 minute"},
      {35'999, "9 hours 59 minutes"},
      {86'399, "23 hours"},
      {90'000, "1 day 1 hour"},
      {864'000, "10 days"},
  };
  for (const auto& [seconds, words] : cases) {
    CAPTURE(seconds);
    CHECK(cli::in_words(Seconds(seconds)) == words);
  }
}

TEST_CASE("a time is told by the local clock, with its day where that is another") {
  const test::Variable zone("TZ", "CET-1");
  tzset();
  const Time now{Seconds(1'700'000'000)};  // 2023-11-14 23:13:20 there
  CHECK(cli::local_time(now + Seconds(60), now) == "23:14");
  CHECK(cli::local_time(now + Seconds(3'600), now) == "2023-11-15 00:13");
  CHECK(cli::local_time(now - Seconds(86'400), now) == "2023-11-13 23:13");
}
