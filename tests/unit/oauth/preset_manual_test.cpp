// man/xauth-provider.5 against the parser and the presets: neither knows a field that the manual
// does not.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "oauth/embedded_presets.h"
#include "oauth/preset.h"
#include "support/program.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

std::vector<std::string> fields_in_manual() {
  std::ifstream manual(test::tests_directory() + "/../man/xauth-provider.5");
  const std::string item = ".It Li ";
  std::vector<std::string> fields;
  for (std::string line; std::getline(manual, line);) {
    if (line.starts_with(item)) fields.push_back(line.substr(item.size()));
  }
  return fields;
}

bool is_field(const std::string& name) {
  try {
    parse_preset("test", "{\"" + name + "\":null}");
  } catch (const Error& error) {
    return error.message.find(" is not a field") == std::string::npos;
  }
  return true;
}

}  // namespace

TEST_CASE("every field that the manual of preset files lists is one") {
  const auto fields = fields_in_manual();
  CHECK(fields.size() > 50);
  for (const auto& field : fields) {
    CAPTURE(field);
    CHECK(is_field(field));
  }
  CHECK_FALSE(is_field("colour"));
}

TEST_CASE("every field that an embedded preset has is in the manual of preset files") {
  const auto fields = fields_in_manual();
  for (const auto& preset : embedded_presets()) {
    CAPTURE(preset.id);
    const auto json = parse_json(preset.json);
    REQUIRE(json);
    for (const auto& member : *json->object()) {
      CAPTURE(member.first);
      CHECK(std::find(fields.begin(), fields.end(), member.first) != fields.end());
    }
  }
}
