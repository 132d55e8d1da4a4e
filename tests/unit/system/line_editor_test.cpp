#include "system/line_editor.h"

#include <doctest/doctest.h>

#include <vector>

using namespace xauth;

namespace {

constexpr auto kKeyboard = LineEditor::Source::keyboard;
constexpr auto kPipe = LineEditor::Source::pipe;

std::vector<std::string> lines_of(LineEditor& editor) {
  std::vector<std::string> lines;
  for (std::string line; editor.take_line(line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> typed(const std::string& bytes) {
  LineEditor editor(kKeyboard);
  editor.feed(bytes);
  return lines_of(editor);
}

}  // namespace

TEST_CASE("a line counts when it is whole, or when the input has ended") {
  LineEditor editor(kPipe);
  editor.feed("one\r\ntw");
  CHECK(lines_of(editor) == std::vector<std::string>{"one"});
  editor.feed("o\n\nthree");
  CHECK(lines_of(editor) == std::vector<std::string>{"two", ""});
  editor.end();
  CHECK(lines_of(editor) == std::vector<std::string>{"three"});
  CHECK(lines_of(editor).empty());
}

TEST_CASE("a pipe's bytes are not edited") {
  LineEditor editor(kPipe);
  CHECK(editor.feed("a\x7f\b\x15\x04\x1b[200~b\n").empty());
  CHECK_FALSE(editor.ended());
  CHECK(lines_of(editor) == std::vector<std::string>{"a\x7f\b\x15\x04\x1b[200~b"});
}

TEST_CASE("backspace, DEL and Ctrl-U edit what was typed") {
  CHECK(typed("abx\x7f"
              "c\n") == std::vector<std::string>{"abc"});
  CHECK(typed("abx\bc\n") == std::vector<std::string>{"abc"});
  CHECK(typed("\b\x7fok\n") == std::vector<std::string>{"ok"});
  CHECK(typed("wrong\x15right\n") == std::vector<std::string>{"right"});
  CHECK(typed("Zoë\x7f\n") == std::vector<std::string>{"Zo"});
  CHECK(typed("東😀\x7f\n") == std::vector<std::string>{"東"});
}

TEST_CASE("what was typed is shown, and so is every edit") {
  LineEditor editor(kKeyboard);
  CHECK(editor.feed("ab") == "ab");
  CHECK(editor.feed("\x7f") == "\b \b");
  CHECK(editor.feed("\x15") == "^U\n");
  CHECK(editor.feed("\x7f").empty());
  CHECK(editor.feed("c\n") == "c\n");
  CHECK(editor.feed("\x01\x1b[D\x1b[200~d") == "d");
}

TEST_CASE("Ctrl-D ends the input on an empty line only") {
  LineEditor editor(kKeyboard);
  editor.feed(
      "a\x04"
      "b\n");
  CHECK_FALSE(editor.ended());
  CHECK(lines_of(editor) == std::vector<std::string>{"ab"});
  editor.feed("\x04more\n");
  CHECK(editor.ended());
  CHECK(lines_of(editor).empty());
}

TEST_CASE("the marks around a paste are not part of the line, however they are cut") {
  const std::string bytes = "\x1b[200~https://a/?b\x1b[201~\n";
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    LineEditor editor(kKeyboard);
    editor.feed(bytes.substr(0, cut));
    editor.feed(bytes.substr(cut));
    CHECK(lines_of(editor) == std::vector<std::string>{"https://a/?b"});
  }
}

TEST_CASE("escape sequences and control characters are not part of the line") {
  CHECK(typed("a\x1b[Db\x1bOPc\x1b[1;5Cd\x1bxe\x01"
              "f\n") == std::vector<std::string>{"abcdef"});
  CHECK(typed("a\x1b\nb\n") == std::vector<std::string>{"a", "b"});
  CHECK(typed("a\x1b\x1b[Ab\n") == std::vector<std::string>{"ab"});
  CHECK(typed("a\tb\n") == std::vector<std::string>{"a\tb"});
}

TEST_CASE("a line is cut at 64 KiB, and the next one is whole") {
  for (const auto source : {kKeyboard, kPipe}) {
    LineEditor editor(source);
    editor.feed(std::string(70'000, 'a') + "\nnext\n");
    CHECK(lines_of(editor) == std::vector<std::string>{std::string(65'536, 'a'), "next"});
  }
}
