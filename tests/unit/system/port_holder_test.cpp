#include "system/port_holder.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "system/listening_socket.h"

using namespace xauth;

namespace {

constexpr const char* kTable =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode\n"
    "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
    "12345 1 0000000000000000 100 0 0 10 0\n"
    "   1: 0100007F:1F40 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 "
    "12346 1 0000000000000000 20 4 30 10 -1\n"
    "   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 "
    "777 1 0000000000000000 100 0 0 10 0\n";

}  // namespace

TEST_CASE("a listener is found by its port, a connection is none") {
  const auto found = listeners_in(kTable, 8000);
  REQUIRE(found.size() == 1);
  CHECK(found[0].inode == 12345);
  CHECK(found[0].user == 1000);
  CHECK(listeners_in(kTable, 22).at(0).inode == 777);
  CHECK(listeners_in(kTable, 54321).empty());
  CHECK(listeners_in("", 8000).empty());
  CHECK(listeners_in("sl local\n0: x:y 0A\n 1: :1F40 : 0A\n", 8000).empty());
}

TEST_CASE("a v6 address is read as well") {
  const auto found = listeners_in(
      "   0: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A "
      "00000000:00000000 00:00000000 00000000     0        0 99 1 0 100 0 0 10 0\n",
      8000);
  REQUIRE(found.size() == 1);
  CHECK(found[0].inode == 99);
}

TEST_CASE("the program that listens is named") {
  const int socket = listen_on("127.0.0.1", 0);
  const std::string holder = holder_of(port_of(socket));
  CHECK(holder.ends_with(" (process " + std::to_string(getpid()) + ")"));
  CHECK(holder.starts_with("unit_tests"));
  const int port = port_of(socket);
  close(socket);
  CHECK(holder_of(port).empty());
}
