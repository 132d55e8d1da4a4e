#include "oauth/preset_reader.h"

#include <algorithm>

#include "base/error.h"
#include "base/json_fault.h"
#include "base/terminal_text.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestFault = 128;

}  // namespace

PresetReader::PresetReader(std::string_view id, std::string_view text) : id_(id) {
  auto json = parse_json(text);
  if (!json) fail(for_terminal(json_fault(text), kLongestFault));
  if (json->object() == nullptr) fail("is not a JSON object");
  fields_ = std::move(*json);
}

PresetReader::PresetReader(std::string id, std::string within, Json fields)
    : id_(std::move(id)), within_(std::move(within)), fields_(std::move(fields)) {}

std::string PresetReader::text(std::string_view field) {
  const auto value = take(field);
  if (!value) return {};
  if (value->string() == nullptr) fail("needs a string", field);
  return *value->string();
}

std::string PresetReader::text_or(std::string_view field, std::string_view usual) {
  auto value = text(field);
  return value.empty() ? std::string(usual) : value;
}

bool PresetReader::flag(std::string_view field) {
  const auto value = take(field);
  if (!value) return false;
  if (value->boolean() == nullptr) fail("needs true or false", field);
  return *value->boolean();
}

std::optional<int> PresetReader::number(std::string_view field) {
  const auto value = take(field);
  if (!value) return std::nullopt;
  const auto whole = value->integer();
  if (!whole || *whole < 0 || *whole > 999) fail("needs a number up to 999", field);
  return static_cast<int>(*whole);
}

std::string PresetReader::scalar(std::string_view field) {
  const auto value = take(field);
  if (!value) return {};
  if (value->string() != nullptr) return *value->string();
  if (value->number() == nullptr && value->boolean() == nullptr) {
    fail("needs a string, a number, true or false", field);
  }
  return value->text();
}

std::vector<std::string> PresetReader::texts(std::string_view field) {
  const auto value = take(field);
  if (!value) return {};
  if (value->array() == nullptr) fail("needs an array of strings", field);
  std::vector<std::string> out;
  for (const Json& item : *value->array()) {
    if (item.string() == nullptr) fail("needs an array of strings", field);
    out.push_back(*item.string());
  }
  return out;
}

Parameters PresetReader::pairs(std::string_view field) {
  const auto value = take(field);
  if (!value) return {};
  if (value->object() == nullptr) fail("needs an object of strings", field);
  Parameters out;
  for (const auto& [name, item] : *value->object()) {
    if (item.string() == nullptr) fail("needs an object of strings", field);
    out.emplace_back(name, *item.string());
  }
  return out;
}

std::string PresetReader::word(std::string_view field,
                               std::initializer_list<std::string_view> words) {
  const std::string word = text_or(field, *words.begin());
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  std::string known;
  for (const auto& other : words) known += (known.empty() ? "" : ", ") + std::string(other);
  fail("must be one of " + known, field);
}

std::vector<PresetReader> PresetReader::objects(std::string_view field) {
  const auto value = take(field);
  if (!value) return {};
  if (value->array() == nullptr) fail("needs an array of objects", field);
  std::vector<PresetReader> out;
  for (const Json& item : *value->array()) {
    if (item.object() == nullptr) fail("needs an array of objects", field);
    const auto index = "[" + std::to_string(out.size()) + "].";
    out.push_back({id_, within_ + std::string(field) + index, item});
  }
  return out;
}

std::optional<PresetReader> PresetReader::object(std::string_view field) {
  auto value = take(field);
  if (!value) return std::nullopt;
  if (value->object() == nullptr) fail("needs an object", field);
  return PresetReader(id_, within_ + std::string(field) + ".", *std::move(value));
}

void PresetReader::finish() const {
  if (!fields_.object()->empty()) fail("is not a field", fields_.object()->front().first);
}

void PresetReader::fail(std::string_view problem, std::string_view field) const {
  std::string message = "preset " + id_ + ": ";
  if (!field.empty()) message += within_ + for_terminal(field, 64) + " ";
  throw Error(Code::usage, message + std::string(problem));
}

std::optional<Json> PresetReader::take(std::string_view field) {
  const Json* found = fields_.find(field);
  if (found == nullptr) return std::nullopt;
  Json value = *found;
  fields_.erase(field);
  return value;
}

}  // namespace xauth::oauth
