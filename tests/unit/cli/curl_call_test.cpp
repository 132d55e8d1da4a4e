#include "cli/curl_call.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

using Words = std::vector<std::string>;

bool is_refused(const Words& arguments) {
  try {
    check_curl_arguments(arguments);
    return false;
  } catch (const Error& error) {
    return error.code == Code::usage;
  }
}

}  // namespace

TEST_CASE("--next is refused in each way that curl reads it, ST-13") {
  for (const Words& words : {Words{"a", "--next", "b"}, Words{"a", "--nex", "b"}, Words{"--NEXT"},
                             Words{"-:"}, Words{"-s:"}, Words{"-sSL:o", "f"}, Words{"-#:"},
                             Words{"-d", "x", "-:"}, Words{"-sd", "x", "-s:"}, Words{"-dx", "-:"},
                             Words{"--data", "-:"}, Words{"--data", "-d", "--next", "b"}}) {
    CAPTURE(words);
    CHECK(is_refused(words));
  }
}

TEST_CASE("what only looks like --next is curl's to judge, ST-13") {
  for (const Words& words :
       {Words{}, Words{"https://a.example/--next"}, Words{"-d:"}, Words{"-H", "-:"},
        Words{"-sSH", "--next"}, Words{"-u:", "a"}, Words{"-XPOST:"}, Words{"--ne"},
        Words{"--next-thing"}, Words{"--netrc"}, Words{"-", "a"}, Words{"--", "-:", "--next"},
        Words{"-H", "A: b"}}) {
    CAPTURE(words);
    CHECK_FALSE(is_refused(words));
  }
}

TEST_CASE("curl reads the header from a descriptor, and -q stays first") {
  CHECK(curl_call(5, {"-sS", "u"}) == Words{"curl", "-K", "/dev/fd/5", "-sS", "u"});
  CHECK(curl_call(5, {"-qd", "x"}) == Words{"curl", "-q", "-K", "/dev/fd/5", "-qd", "x"});
  CHECK(curl_call(5, {"--disable"}) == Words{"curl", "-q", "-K", "/dev/fd/5", "--disable"});
}

TEST_CASE("nothing in a token leaves its line of the configuration, and https is the only way") {
  const Secret odd{std::string(R"(a"b\nurl = "x)")};
  CHECK(curl_config(odd, false).reveal() ==
        "header = \"Authorization: Bearer a\\\"b\\\\nurl = \\\"x\"\n");
  CHECK(curl_config(Secret(std::string("t")), true).reveal() ==
        "header = \"Authorization: Bearer t\"\nproto = \"=https\"\n");
}
