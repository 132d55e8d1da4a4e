// What a command tells: its result on standard output, everything else on standard error.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"

namespace xauth::cli {

enum class Color { automatic, always, never };

class Output {
 public:
  Output(bool quiet, bool verbose, bool json, Color color);

  // Whether the result is wanted as JSON.
  bool json() const { return json_; }

  // Whether escape sequences may be told.
  bool color() const { return color_; }

  // `text` in bold, where that may be.
  std::string bold(const std::string& text) const;

  // Whether a line of progress may be told that the next one takes the place of.
  bool rewrites() const;

  // Tells such a line, which is not ended; an empty one takes the last away.
  void rewrite(std::string_view line) const;

  // Writes the result as it is. Throws Error (failure) when standard output cannot be written.
  void result(std::string_view bytes) const;

  // The same for one JSON value and a line end.
  void json_result(const Json& value) const;

  // Tells one line that must be seen, such as a URL to open.
  void say(std::string_view line) const;

  // Tells one line of progress; not with --quiet, nor beside JSON.
  void note(std::string_view line) const;

  // Tells one line for the curious, with --verbose only.
  void detail(std::string_view line) const;

  void warn(std::string_view line) const;

  // Tells why the command ended: one line, then the hint; or both as JSON.
  void error(const Error& error) const;

 private:
  bool quiet_;
  bool verbose_;
  bool json_;
  bool color_;
};

}  // namespace xauth::cli
