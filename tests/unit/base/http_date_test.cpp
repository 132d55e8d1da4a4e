#include "base/http_date.h"

#include <doctest/doctest.h>

#include <string>

using namespace xauth;

namespace {

constexpr Time kNow{Seconds(1'700'000'000)};  // November 2023

// Seconds since 1970; -1 for what is no date.
std::int64_t seconds_of(std::string_view text) {
  const auto time = parse_http_date(text, kNow);
  return time ? time->time_since_epoch().count() : -1;
}

}  // namespace

TEST_CASE("the three forms of RFC 9110 §5.6.7 name the same moment") {
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov  6 08:49:37 1994"}) {
    CAPTURE(text);
    CHECK(seconds_of(text) == 784'111'777);
  }
}

TEST_CASE("leap days and the turn of the year, and the century of two digits") {
  CHECK(seconds_of("Thu, 29 Feb 2024 23:59:60 GMT") == 1'709'251'200);
  CHECK(seconds_of("Wed, 31 Dec 2025 23:59:59 GMT") == 1'767'225'599);
  CHECK(seconds_of("Friday, 01-Jan-73 00:00:00 GMT") == 3'250'454'400);  // 2073
  CHECK(seconds_of("Monday, 01-Jan-74 00:00:00 GMT") == 126'230'400);    // 1974
}

TEST_CASE("Retry-After is a number of seconds or a date, and what has passed means now") {
  const Time now(Seconds(784'111'700));
  CHECK(parse_retry_after("120", now) == Seconds(120));
  CHECK(parse_retry_after("0", now) == Seconds(0));
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == Seconds(77));
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now) == Seconds(0));
  for (const char* text : {"", "-1", "+1", "1.5", "soon", "1 ", "99999999999"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(parse_retry_after(text, now).has_value());
  }
}

TEST_CASE("what is no date is none") {
  for (const char* text : {"", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
                           "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
                           "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
                           "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT",
                           "Sun, 06 Nov 1994 08.49.37 GMT", "Sun, 06 Nov -199 08:49:37 GMT",
                           "a b c d e", "a, b c d e f", "Sun, 06 Nov 99999999999 08:49:37 GMT"}) {
    CAPTURE(std::string(text));
    CHECK(seconds_of(text) == -1);
  }
}
