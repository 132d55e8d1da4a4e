#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/json_fault.h"
#include "base/secret.h"
#include "base/utf8.h"

namespace xauth {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kDeepest = 32;  // far above what providers send, far below our stack

// Builds a Json from nlohmann's events; returning false stops its parser.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add_number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return add_number(std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& written) override {
    return add_number(written);
  }
  bool string(string_t& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json(Json::Object())); }
  bool start_array(std::size_t) override { return open(Json(Json::Array())); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (is_repeated(name)) {
      repeated_ = std::move(name);
      return false;
    }
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    wrong_at_ = position;
    return false;
  }

  Json take() { return std::move(root_); }

  const std::optional<std::string>& repeated() const { return repeated_; }
  std::optional<std::size_t> wrong_at() const { return wrong_at_; }

 private:
  // Whether the innermost object has a member of that name already. A few are looked through; of
  // many the names are noted, so that a million of them cost no more each.
  bool is_repeated(const std::string& name) {
    constexpr std::size_t kFew = 16;
    auto& [value, names] = open_.back();
    const auto& members = *value->object();
    if (members.size() < kFew) return value->find(name) != nullptr;
    if (names.empty()) {
      for (const auto& member : members) names.insert(member.first);
    }
    return !names.insert(name).second;
  }

  bool add_number(std::string written) { return add(Json(Json::Number{std::move(written)})); }

  Json* place(Json&& value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *open_.back().value;
    if (auto* array = parent.array()) return &array->emplace_back(std::move(value));
    return &parent.object()->emplace_back(std::move(name_), std::move(value)).second;
  }

  bool add(Json&& value) {
    place(std::move(value));
    return true;
  }

  bool open(Json value) {
    if (open_.size() == kDeepest) return false;
    open_.push_back({place(std::move(value)), {}});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  struct Open {
    Json* value;                            // stable, as only the innermost one grows
    std::unordered_set<std::string> names;  // of an object that has many
  };

  Json root_;
  std::string name_;
  std::vector<Open> open_;  // innermost last
  std::optional<std::string> repeated_;
  std::optional<std::size_t> wrong_at_;  // the bytes that had been read
};

void append_escape(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[unit >> shift & 15U];
}

void append_character(std::string& out, char32_t c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (c >= 0x20 && c < 0x7F) {
    out += static_cast<char>(c);
  } else if (c < 0x10000) {
    append_escape(out, c);
  } else {
    append_escape(out, 0xD800 + ((c - 0x10000) >> 10));
    append_escape(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
  }
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto character = next_utf8(text);
    append_character(out, character ? character->code_point : U'\uFFFD');
    text.remove_prefix(character ? character->length : 1);
  }
  out += '"';
}

// Writes JSON text; `indent` is the width of a level, or -1 for everything on one line.
class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  std::string write(const Json& value) {
    append(value, 0);
    return std::move(out_);
  }

 private:
  void append(const Json& value, int level) {
    if (const auto* boolean = value.boolean()) {
      out_ += *boolean ? "true" : "false";
    } else if (const auto* number = value.number()) {
      out_ += number->text;
    } else if (const auto* string = value.string()) {
      append_string(out_, *string);
    } else if (const auto* array = value.array()) {
      append_items('[', ']', *array, level, [&](const Json& item) { append(item, level + 1); });
    } else if (const auto* object = value.object()) {
      append_items('{', '}', *object, level, [&](const auto& member) {
        append_string(out_, member.first);
        out_ += indent_ < 0 ? ":" : ": ";
        append(member.second, level + 1);
      });
    } else {
      out_ += "null";
    }
  }

  template <class Items, class Append>
  void append_items(char first, char last, const Items& items, int level, Append append_item) {
    out_ += first;
    bool comma = false;
    for (const auto& item : items) {
      if (comma) out_ += ',';
      comma = true;
      new_line(level + 1);
      append_item(item);
    }
    if (comma) new_line(level);
    out_ += last;
  }

  void new_line(int level) {
    if (indent_ < 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_ * level), ' ');
  }

  int indent_;
  std::string out_;
};

}  // namespace

Json::~Json() {
  if (auto* string = std::get_if<std::string>(&value_)) wipe(*string);
}

std::optional<std::int64_t> Json::integer() const {
  const auto* written = number();
  if (written == nullptr) return std::nullopt;
  std::int64_t value = 0;
  const char* end = written->text.data() + written->text.size();
  const auto [stop, error] = std::from_chars(written->text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

const Json* Json::find(std::string_view name) const {
  const auto* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const auto& member) { return member.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

Json* Json::find(std::string_view name) {
  return const_cast<Json*>(std::as_const(*this).find(name));  // *this is not const here
}

void Json::set(std::string_view name, Json value) {
  if (is_null()) value_ = Object();
  if (auto* member = find(name)) {
    *member = std::move(value);
  } else {
    object()->emplace_back(std::string(name), std::move(value));
  }
}

void Json::erase(std::string_view name) {
  if (auto* members = object()) {
    std::erase_if(*members, [&](const auto& member) { return member.first == name; });
  }
}

std::string Json::text() const { return Writer(-1).write(*this); }

std::string Json::pretty() const { return Writer(2).write(*this); }

std::string json_fault(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return "holds a NUL byte";
  if (text.starts_with(kByteOrderMark)) return "begins with a byte order mark";
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return {};
  if (builder.repeated()) return "repeats the member " + *builder.repeated();
  const auto at = builder.wrong_at();
  if (!at) return "nests too deep";
  const auto before = text.substr(0, *at == 0 ? 0 : *at - 1);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  return "is no JSON from line " + std::to_string(line) + " on";
}

std::optional<Json> parse_json(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;  // nlohmann stops there
  if (text.starts_with(kByteOrderMark)) return std::nullopt;           // nlohmann skips it
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return builder.take();
}

}  // namespace xauth
