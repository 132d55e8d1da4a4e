// The providers that the program knows by name: one JSON file each, embedded at build time.
#pragma once

#include <string_view>
#include <vector>

namespace xauth::oauth {

struct EmbeddedPreset {
  std::string_view id;
  std::string_view json;
};

// Every file of src/providers/, in the order of their names.
const std::vector<EmbeddedPreset>& embedded_presets();

}  // namespace xauth::oauth
