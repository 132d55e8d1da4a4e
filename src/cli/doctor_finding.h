// What `xauth doctor` finds: a line a check, and what to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace xauth::cli {

enum class Health { ok, warning, failure };

struct Finding {
  std::string name;  // what was looked at, such as "redirect_uri"
  Health health = Health::ok;
  std::string detail;
  std::string fix{};  // what to do; empty: nothing
};

using Findings = std::vector<Finding>;

// The failure of a check that ended with `error`; `fix` where the error has no hint.
Finding failed(const std::string& name, const Error& error, const std::string& fix);

// Adds `more` at the end of `findings`; a failure that is told there already only once.
void append(Findings& findings, Findings more);

// For people: a line a finding, and one for what to do, broken between words where `columns` are
// given. What came from outside cannot steer the terminal.
std::string text_of(const Findings& findings, std::optional<int> columns);

Json json_of(const Findings& findings);

}  // namespace xauth::cli
