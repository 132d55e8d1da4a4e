#include "oauth/url_template.h"

#include <algorithm>

namespace xauth::oauth {

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos; ++at) {
    const auto end = text.find('}', at);
    if (end == std::string_view::npos) break;
    std::string name(text.substr(at + 1, end - at - 1));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string fill(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [name, value] : values) {
    const std::string braced = "{" + name + "}";
    for (std::size_t at = 0; (at = text.find(braced, at)) != std::string::npos;) {
      text.replace(at, braced.size(), value);
      at += value.size();
    }
  }
  return text;
}

}  // namespace xauth::oauth
