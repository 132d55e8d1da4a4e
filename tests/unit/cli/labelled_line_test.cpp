#include "cli/labelled_line.h"

#include <doctest/doctest.h>

using namespace xauth::cli;

TEST_CASE("a value stands beside its label, and on a pipe is never broken") {
  CHECK(labelled_line("scope", "a b", 8, std::nullopt) == "scope   a b\n");
  CHECK(labelled_line("", "a b", 8, std::nullopt) == "        a b\n");
  CHECK(labelled_line("a long label", "a b", 8, std::nullopt) == "a long label a b\n");
  const std::string text(500, 'a');
  CHECK(labelled_line("scope", text + " b", 8, std::nullopt) == "scope   " + text + " b\n");
  CHECK(labelled_line("scope", "", 8, 80).empty());
}

TEST_CASE("on a terminal it is broken between words, and goes on below itself") {
  CHECK(labelled_line("note", "one two three", 6, 13) == "note  one two\n      three\n");
  CHECK(labelled_line("note", "one two three", 6, 12) == "note  one\n      two\n      three\n");
  CHECK(labelled_line("-", "one two three", 2, 9) == "- one two\n  three\n");
}

TEST_CASE("a word that is longer than the terminal stays whole, so that it can be copied") {
  const std::string url = "https://login.example.com/authorize";
  CHECK(labelled_line("url", url, 6, 20) == "url   " + url + "\n");
  CHECK(labelled_line("url", "see " + url + " there", 6, 20) ==
        "url   see\n      " + url + "\n      there\n");
}

TEST_CASE("a label takes half of a narrow terminal at most") {
  CHECK(labelled_line("id", "one two three", 30, 20) == "id        one two\n          three\n");
}

TEST_CASE("a wide character takes two columns of a line") {
  CHECK(labelled_line("-", "東京 東京 東京", 2, 11) == "- 東京 東京\n  東京\n");
  CHECK(labelled_line("-", "東京 東京 東京", 2, 10) == "- 東京\n  東京\n  東京\n");
}
