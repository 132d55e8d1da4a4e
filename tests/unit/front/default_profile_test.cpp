#include "front/default_profile.h"

#include <doctest/doctest.h>

#include "store/config.h"

using namespace xauth;
using namespace xauth::front;

TEST_CASE("the default profile is in the first bytes of what is written") {
  store::Config config;
  config.set_default(std::string(64, 'w'));
  config.set_profile("other", {});
  const std::string text = config.text();
  CHECK(default_profile(std::string_view(text).substr(0, kStart)) == std::string(64, 'w'));
}

TEST_CASE("a beginning that is not as written is left to whoever reads the whole") {
  const std::pair<const char*, bool> cases[] = {
      {R"({"version":1,"default":"x","profiles":{)", true},
      {"{ \"version\" :\n1 ,\t\"default\" : \"x\" }", true},
      {R"({"default":"x","version":1})", false},
      {R"({"version":2,"default":"x"})", false},
      {R"({"version":10,"default":"x"})", false},
      {R"({"version":1,"settings":{"default":"x"}})", false},
      {R"({"version":1,"default":"\u0078"})", false},
      {R"({"version":1,"default":"../x"})", false},
      {R"({"version":1,"default":""})", false},
      {R"({"version":1,"default":null})", false},
      {R"({"version":1,"default":"x)", false},
      {R"({"version":1,"default":"x")", false},
      {R"({"version":1,"default":"x" "y")", false},
      {"", false},
      {"[", false},
  };
  for (const auto& [start, found] : cases) {
    CAPTURE(start);
    CHECK(default_profile(start) == (found ? std::optional<std::string>("x") : std::nullopt));
  }
}
