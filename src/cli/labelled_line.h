// A label and what belongs to it, as lists of settings and findings have it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace xauth::cli {

// One line: `label`, and `value` beside it from `column` on, or behind a longer label. On a
// terminal of so many `columns` it is broken between words (a longer word stays whole), and the
// label takes half of it at most. Nothing at all without a value. What came from outside must be
// safe to show.
std::string labelled_line(const std::string& label, const std::string& value, std::size_t column,
                          std::optional<int> columns);

}  // namespace xauth::cli
