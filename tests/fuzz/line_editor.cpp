#include "system/line_editor.h"

#include <vector>

#include "fuzz/property.h"

using namespace xauth;

namespace {

std::vector<std::string> lines_of(LineEditor& editor) {
  editor.end();
  std::vector<std::string> lines;
  for (std::string line; editor.take_line(line);) lines.push_back(line);
  return lines;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  for (const auto source : {LineEditor::Source::pipe, LineEditor::Source::keyboard}) {
    LineEditor whole(source);
    LineEditor cut(source);
    const std::string shown = whole.feed(text);
    std::string shown_piecewise;
    for (const char& c : text) shown_piecewise += cut.feed({&c, 1});
    const auto lines = lines_of(whole);
    fuzz::require(lines == lines_of(cut) && shown == shown_piecewise, "reads make no difference");
    fuzz::require(shown.find('\x1b') == shown.npos, "nothing that is shown steers the terminal");
    for (const auto& line : lines) {
      fuzz::require(line.find('\n') == line.npos && line.size() <= LineEditor::kLongestLine,
                    "a line is one line, of a length that we keep");
    }
  }
  return 0;
}
