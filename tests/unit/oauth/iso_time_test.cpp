#include "oauth/iso_time.h"

#include <doctest/doctest.h>

#include <string>

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("dates as RFC 3339 writes them") {
  const auto seconds = [](const char* text) {
    const auto time = parse_iso_time(text);
    REQUIRE(time);
    return time->time_since_epoch().count();
  };
  CHECK(seconds("1970-01-01T00:00:00Z") == 0);
  CHECK(seconds("2026-12-01T00:00:00Z") == 1796083200);
  CHECK(seconds("2026-12-01t01:02:03.999z") == 1796083200 + 3723);
  CHECK(seconds("2026-12-01T02:00:00+02:00") == 1796083200);
  CHECK(seconds("2026-11-30T18:30:00-05:30") == 1796083200);
  CHECK(seconds("2024-02-29T00:00:00Z") == 1709164800);
}

TEST_CASE("a time is written as it is read") {
  for (const char* text : {"1970-01-01T00:00:00Z", "2026-12-01T09:08:07Z", "2024-02-29T23:59:59Z",
                           "9999-12-31T23:59:59Z"}) {
    CHECK(iso_time(*parse_iso_time(text)) == text);
  }
}

TEST_CASE("what is no date is none") {
  for (const char* text :
       {"", "2026", "2026-12-01", "2026-12-01T00:00:00", "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T00:60:00Z",
        "2026-12-01T00:00:00.Z", "2026-12-01T00:00:00+2", "2026-12-01T00:00:00Zx",
        "+026-12-01T00:00:00Z", "-026-12-01T00:00:00Z", "2026-1 -01T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_iso_time(text));
  }
}
