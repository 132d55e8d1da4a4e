// JSON values, and the one bounded reader for JSON that came from outside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace xauth {

// A JSON value that keeps the order of members and the spelling of numbers, so that what we do
// not know survives a save. Its strings are wiped on destruction: token files pass through it.
class Json {
 public:
  // A number as it was written, such as `1.50` or one of thirty digits.
  struct Number {
    std::string text;
  };
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;  // null
  Json(bool value) : value_(value) {}
  Json(std::int64_t value) : value_(Number{std::to_string(value)}) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Number value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  Json(const Json&) = default;
  Json(Json&&) = default;
  Json& operator=(const Json&) = default;
  Json& operator=(Json&&) = default;
  ~Json();

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const Number* number() const { return std::get_if<Number>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  std::string* string() { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  Array* array() { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }

  // The whole number of a JSON number without fraction or exponent that fits; else nothing.
  std::optional<std::int64_t> integer() const;

  // The member `name` of an object; null pointer when there is none or this is no object.
  const Json* find(std::string_view name) const;
  Json* find(std::string_view name);

  // Sets the member `name` of an object (null becomes one), at its old place or at the end.
  void set(std::string_view name, Json value);

  // Removes the member `name`, if there is one.
  void erase(std::string_view name);

  // Compact JSON text. ASCII only: everything else is escaped, so that no terminal is steered.
  std::string text() const;

  // The same, indented by two spaces a level: for files that people read.
  std::string pretty() const;

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

// The value that `text` holds; nothing when it is not one JSON value, nests deeper than 32,
// repeats a member name, holds a number beyond what a double can hold (`1e400`), holds a NUL byte
// or malformed UTF-8, or begins with a byte order mark. The caller bounds the size of `text`. RFC
// 8259, RFC 7515 §10.12
std::optional<Json> parse_json(std::string_view text);

}  // namespace xauth
