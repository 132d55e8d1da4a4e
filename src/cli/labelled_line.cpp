#include "cli/labelled_line.h"

#include <algorithm>
#include <sstream>

#include "base/terminal_columns.h"

namespace xauth::cli {

namespace {

// `value` in lines that end at the column `most`; the first begins at `at`, the others at `indent`.
std::string broken(const std::string& value, std::size_t at, std::size_t indent, std::size_t most) {
  std::string text;
  std::istringstream words(value);
  for (std::string word; std::getline(words, word, ' ');) {
    const std::size_t width = columns_of(word);
    const bool is_first = text.empty();
    const bool fits = at + 1 + width <= most;
    if (!is_first) text += fits ? " " : "\n" + std::string(indent, ' ');
    if (!is_first) at = fits ? at + 1 : indent;
    text += word;
    at += width;
  }
  return text;
}

}  // namespace

std::string labelled_line(const std::string& label, const std::string& value, std::size_t column,
                          std::optional<int> columns) {
  if (value.empty()) return {};
  const std::size_t most = columns ? static_cast<std::size_t>(*columns) : std::string::npos;
  const std::size_t indent = std::min(column, most / 2);
  const std::size_t gap = label.size() < indent ? indent - label.size() : 1;
  const std::string before = label + std::string(gap, ' ');
  return before + broken(value, before.size(), indent, most) + "\n";
}

}  // namespace xauth::cli
