// Takes the fields of a preset file one by one; what is left over at the end is unknown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "oauth/provider.h"

namespace xauth::oauth {

// A field that is absent reads as empty. Every function throws Error (usage) that names the preset
// and the field when the field's value is of another type.
class PresetReader {
 public:
  // `text` is the preset's JSON; throws Error (usage) when it is no JSON object.
  PresetReader(std::string_view id, std::string_view text);

  std::string text(std::string_view field);
  std::string text_or(std::string_view field, std::string_view usual);
  bool flag(std::string_view field);
  std::optional<int> number(std::string_view field);
  std::string scalar(std::string_view field);  // text, number or boolean, as text
  std::vector<std::string> texts(std::string_view field);
  Parameters pairs(std::string_view field);  // an object of strings

  // One of `words`; the first when absent.
  std::string word(std::string_view field, std::initializer_list<std::string_view> words);

  // Readers of the objects in an array; one for an object (nothing when absent).
  std::vector<PresetReader> objects(std::string_view field);
  std::optional<PresetReader> object(std::string_view field);

  // Throws when fields are left.
  void finish() const;

  [[noreturn]] void fail(std::string_view problem, std::string_view field = {}) const;

 private:
  PresetReader(std::string id, std::string within, Json fields);

  std::optional<Json> take(std::string_view field);

  std::string id_;
  std::string within_;  // "errors[0]." inside of another field
  Json fields_;
};

}  // namespace xauth::oauth
