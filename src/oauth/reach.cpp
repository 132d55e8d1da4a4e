#include "oauth/reach.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xauth::oauth {

namespace {

using V6 = std::array<std::uint8_t, 16>;

// A block of addresses of IPv4.
struct Block {
  std::uint32_t first;
  int bits;
  Reach reach;
};

constexpr std::array<Block, 7> kBlocks = {{
    {0x00000000, 8, Reach::machine},   // 0.0.0.0/8: "this host"
    {0x7F000000, 8, Reach::machine},   // 127.0.0.0/8
    {0x0A000000, 8, Reach::network},   // 10.0.0.0/8
    {0x64400000, 10, Reach::network},  // 100.64.0.0/10: shared by a carrier's customers
    {0xA9FE0000, 16, Reach::network},  // 169.254.0.0/16: link-local, where clouds keep secrets
    {0xAC100000, 12, Reach::network},  // 172.16.0.0/12
    {0xC0A80000, 16, Reach::network},  // 192.168.0.0/16
}};

Reach reach_of_v4(std::uint32_t address) {
  for (const auto& block : kBlocks) {
    if ((address ^ block.first) >> (32 - block.bits) == 0) return block.reach;
  }
  return Reach::anywhere;
}

std::uint32_t last_four(const V6& address) {
  std::uint32_t out = 0;
  for (std::size_t i = 12; i < address.size(); ++i) out = out << 8 | address[i];
  return out;
}

Reach reach_of_v6(const V6& address) {
  const auto zeros = std::find_if(address.begin(), address.end(), [](auto b) { return b != 0; });
  const auto leading = zeros - address.begin();
  if (leading >= 15 && address[15] <= 1) return Reach::machine;  // :: and ::1
  const bool mapped = leading == 10 && address[10] == 0xFF && address[11] == 0xFF;
  if (mapped || leading >= 12) return reach_of_v4(last_four(address));
  const bool unique_local = (address[0] & 0xFE) == 0xFC;
  const bool link_local = address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
  return unique_local || link_local ? Reach::network : Reach::anywhere;
}

// Whether resolvers may take the name for an IPv4 address in one of its odd forms (`127.1`,
// `0x7f.1`).
bool ends_in_number(std::string_view host) {
  const auto dot = host.rfind('.');
  const auto last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  return !last.empty() && last.front() >= '0' && last.front() <= '9' &&
         (last.find_first_not_of("0123456789") == std::string_view::npos || last.starts_with("0x"));
}

}  // namespace

Reach reach_of(const Url& url) {
  std::string host = url.host;
  if (host.ends_with('.')) host.pop_back();
  if (host == "localhost" || host.ends_with(".localhost")) return Reach::machine;
  if (host.starts_with('[')) {
    V6 address{};
    const std::string literal = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, literal.c_str(), address.data()) != 1) return Reach::network;
    return reach_of_v6(address);
  }
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return reach_of_v4(ntohl(address.s_addr));
  return ends_in_number(host) ? Reach::network : Reach::anywhere;
}

}  // namespace xauth::oauth
