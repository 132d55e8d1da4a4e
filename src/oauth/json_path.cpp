#include "oauth/json_path.h"

#include <algorithm>
#include <charconv>

namespace xauth::oauth {

namespace {

const Json* element(const Json::Array& array, std::string_view step) {
  std::size_t index = 0;
  const char* end = step.data() + step.size();
  const auto [stop, error] = std::from_chars(step.data(), end, index);
  if (error != std::errc() || stop != end || index >= array.size()) return nullptr;
  return &array[index];
}

}  // namespace

const Json* find_at(const Json& json, std::string_view path) {
  const Json* at = &json;
  while (at != nullptr && !path.empty()) {
    if (const Json* whole = at->find(path)) return whole;
    const auto step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(step.size() + 1, path.size()));
    at = at->array() != nullptr ? element(*at->array(), step) : at->find(step);
  }
  return at;
}

std::string text_at(const Json& json, std::string_view path) {
  const Json* at = find_at(json, path);
  if (at == nullptr) return {};
  if (at->string() != nullptr) return *at->string();
  return at->number() != nullptr || at->boolean() != nullptr ? at->text() : std::string();
}

}  // namespace xauth::oauth
