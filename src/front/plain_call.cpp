#include "front/plain_call.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "store/profile_name.h"
#include "system/process.h"

namespace xauth::front {

namespace {

using store::TokenFormat;

constexpr std::array<std::pair<std::string_view, TokenFormat>, 5> kFormats = {{
    {"token", TokenFormat::token},
    {"header", TokenFormat::header},
    {"json", TokenFormat::json},
    {"env", TokenFormat::env},
    {"curl", TokenFormat::curl},
}};

bool set_format(PlainCall& call, std::string_view word) {
  const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&](const auto& format) { return format.first == word; });
  if (found != kFormats.end()) call.format = found->second;
  return found != kFormats.end();
}

bool set_min_ttl(PlainCall& call, std::string_view digits) {
  constexpr std::size_t kMostDigits = 7;  // 115 days; the lean program knows the bound
  const bool octal = digits.size() > 1 && digits.front() == '0';  // which the lean program refuses
  if (digits.empty() || digits.size() > kMostDigits || octal) return false;
  Seconds::rep seconds = 0;
  const auto [stop, error] = std::from_chars(digits.begin(), digits.end(), seconds);
  call.min_ttl = Seconds(seconds);
  return error == std::errc() && stop == digits.end() && seconds >= 0;
}

bool set_config_dir(PlainCall& call, std::string_view path) {
  call.config_dir = path;
  return !path.empty();
}

bool set_variable(PlainCall& call, std::string_view name) {
  call.variable = name;
  return is_variable_for_child(name);
}

// The word that says what is to be done.
enum class Verb { none, token, exec };

Verb verb_of(std::string_view word) {
  if (word == "token") return Verb::token;
  return word == "exec" ? Verb::exec : Verb::none;
}

// What takes a value, under all its names, what puts the value into the call, and behind which
// word it may stand (none: anywhere).
struct Option {
  std::string_view name;
  std::string_view short_name;
  bool (*set)(PlainCall&, std::string_view);
  std::array<Verb, 2> of;
};

constexpr std::array<Option, 4> kOptions = {{
    {"--output", "-o", set_format, {Verb::token}},
    {"--env", "", set_variable, {Verb::exec}},
    {"--min-ttl", "", set_min_ttl, {Verb::token, Verb::exec}},
    {"--config-dir", "", set_config_dir, {}},
}};

// Goes through the arguments; `call()` is nothing as soon as one of them is not plain.
class Reader {
 public:
  explicit Reader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  std::optional<PlainCall> call() {
    while (next_ < arguments_.size()) {
      if (!take(arguments_[next_++])) return std::nullopt;
    }
    const bool whole = verb_ == Verb::token || !call_.command.empty();
    if (!whole) return std::nullopt;
    return std::move(call_);
  }

 private:
  bool take(const std::string& argument) {
    if (argument == "--") return take_command();
    if (!argument.starts_with('-')) return take_word(argument);
    if (argument == "-q" || argument == "--quiet") return true;
    if (argument == "--no-newline") {
      call_.newline = false;
      return verb_ == Verb::token;
    }
    for (std::size_t i = 0; i < kOptions.size(); ++i) {
      if (auto value = value_of(kOptions.at(i), argument)) return set(i, *value);
    }
    return false;
  }

  bool take_word(const std::string& word) {
    if (verb_ == Verb::none) return (verb_ = verb_of(word)) != Verb::none;
    if (!call_.profile.empty() || !store::is_profile_name(word)) return false;
    call_.profile = word;
    return true;
  }

  // All that is left.
  bool take_command() {
    const auto rest = arguments_.begin() + static_cast<std::ptrdiff_t>(next_);
    call_.command.assign(rest, arguments_.end());
    next_ = arguments_.size();
    return verb_ == Verb::exec;
  }

  // The value when `argument` is that option, as `--name VALUE`, `--name=VALUE` or `-nVALUE`.
  std::optional<std::string_view> value_of(const Option& option, std::string_view argument) {
    const bool bare =
        argument == option.name || (!option.short_name.empty() && argument == option.short_name);
    if (bare && next_ == arguments_.size()) return std::nullopt;
    if (bare) return std::string_view(arguments_[next_++]);
    for (const bool with_equals : {true, false}) {
      const std::string prefix =
          with_equals ? std::string(option.name) + "=" : std::string(option.short_name);
      if (!prefix.empty() && argument.starts_with(prefix)) return argument.substr(prefix.size());
    }
    return std::nullopt;
  }

  bool set(std::size_t option, std::string_view value) {
    const auto& of = kOptions.at(option).of;
    const bool anywhere = of.front() == Verb::none;
    const bool here = verb_ != Verb::none && std::find(of.begin(), of.end(), verb_) != of.end();
    if (given_.at(option) || !(anywhere || here)) return false;
    given_.at(option) = true;
    return !value.starts_with('-') && kOptions.at(option).set(call_, value);
  }

  const std::vector<std::string>& arguments_;
  std::size_t next_ = 0;
  Verb verb_ = Verb::none;
  std::array<bool, kOptions.size()> given_{};
  PlainCall call_;
};

}  // namespace

std::optional<PlainCall> read_call(const std::vector<std::string>& arguments) {
  return Reader(arguments).call();
}

}  // namespace xauth::front
