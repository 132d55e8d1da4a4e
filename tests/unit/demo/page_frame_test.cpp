#include "demo/page_frame.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::demo;

TEST_CASE("escape_html leaves nothing that HTML, an attribute or the eye could trip over") {
  CHECK(escape_html("<a href='x'>\"&\"</a>") ==
        "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;");
  CHECK(escape_html("a\x1B[31m\u202Eb") == "a\uFFFD[31m\uFFFDb");
  CHECK(escape_html("\xFF") == "\uFFFD");
  CHECK(escape_html(std::string(1000, 'x')).size() == 199 + std::string("…").size());
}

TEST_CASE("an attribute is kept whole, and only what HTML would trip over is escaped") {
  CHECK(attribute("\"<a>&'\x1B") == "&quot;&lt;a&gt;&amp;&#39;\x1B");
  CHECK(attribute(std::string(1000, 'x')) == std::string(1000, 'x'));
}
