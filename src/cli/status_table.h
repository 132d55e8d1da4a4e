// The rows of `xauth status` for people, as wide as the terminal is.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xauth::cli {

// One login, in words that are safe to show; what is not known is empty.
struct StatusRow {
  bool is_default = false;
  std::string profile;
  std::string provider;
  std::string account;
  std::string token;   // how long it is good
  std::string renews;  // yes or no
  std::string kept;
  std::string check;  // what the provider said; empty in all rows: it was not asked
  std::string scope;
};

// A table, with the scopes where they fit into `columns`. Where even the rest does not fit,
// accounts and providers are cut, and on a terminal too narrow for that each login gets a block of
// lines. With nothing for `columns` (a pipe) a table of at most 80 that is never cut, longer if it
// must be.
std::string status_table(const std::vector<StatusRow>& rows, std::optional<int> columns);

}  // namespace xauth::cli
