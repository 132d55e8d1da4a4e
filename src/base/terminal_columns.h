// How wide text is on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xauth {

// The columns that `text` takes, which nothing in it steers: 2 for a wide character of East Asia
// and an emoji, none for a mark that combines with the one before, else 1; 1 for each malformed
// byte. A rare mark may be counted as 1: text is never wider than this. UAX #11
std::size_t columns_of(std::string_view text);

// `text`, of at most `most` columns (at least 1), with `…` at its end where some were cut.
std::string cut_to_columns(std::string_view text, std::size_t most);

}  // namespace xauth
