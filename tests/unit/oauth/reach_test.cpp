#include "oauth/reach.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

namespace {

std::string reach_of_host(const std::string& host) {
  const auto url = parse_url("https://" + host + "/path");
  REQUIRE(url);
  const Reach reach = reach_of(*url);
  return reach == Reach::machine ? "machine" : reach == Reach::network ? "network" : "anywhere";
}

}  // namespace

TEST_CASE("from where a host can be reached") {
  const std::pair<const char*, const char*> cases[] = {
      {"as.example", "anywhere"},
      {"8.8.8.8:8443", "anywhere"},
      {"172.32.0.1", "anywhere"},
      {"[2606:4700::1111]", "anywhere"},
      {"a1", "anywhere"},
      {"localhost", "machine"},
      {"LOCALHOST.", "machine"},
      {"evil.localhost", "machine"},
      {"127.0.0.1", "machine"},
      {"127.255.0.1.", "machine"},
      {"0.0.0.0", "machine"},
      {"[::]", "machine"},
      {"[::1]", "machine"},
      {"[0:0:0:0:0:0:0:1]", "machine"},
      {"[::ffff:127.0.0.1]", "machine"},
      {"[::127.0.0.1]", "machine"},
      {"10.1.2.3", "network"},
      {"100.64.0.1", "network"},
      {"169.254.169.254", "network"},
      {"172.16.0.1", "network"},
      {"172.31.255.255", "network"},
      {"192.168.1.1", "network"},
      {"[fe80::1]", "network"},
      {"[fd00::1]", "network"},
      {"[::ffff:10.0.0.1]", "network"},
      {"[::ffff:8.8.8.8]", "anywhere"},
      {"127.1", "network"},
      {"2130706433", "network"},
      {"0x7f.0.0.0x1", "network"},
      {"017700000001", "network"},
  };
  for (const auto& [host, expected] : cases) {
    CAPTURE(host);
    CHECK(reach_of_host(host) == expected);
  }
}
