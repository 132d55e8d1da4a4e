// Tables that say which member of a file goes to which member of a struct.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace xauth {

// The name in the file, and a pointer to the member.
template <class Pointer>
using Member = std::pair<std::string_view, Pointer>;

// The pointer to the member of that name in `table`; null when there is none.
template <class Pointer, std::size_t kSize>
const Pointer* member_named(const std::array<Member<Pointer>, kSize>& table,
                            std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& member) { return member.first == name; });
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace xauth
