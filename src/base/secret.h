// A string that cannot be printed or compared by accident and is wiped when it goes.
#pragma once

#include <string>
#include <string_view>

namespace xauth {

// Overwrites the bytes of `text`, spare capacity included, and empties it.
void wipe(std::string& text);

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept { *this = std::move(other); }
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret() { wipe(value_); }

  bool operator==(const Secret&) const = delete;

  bool empty() const { return value_.empty(); }

  // The value itself, for the place that sends, stores or prints it as the result.
  const std::string& reveal() const { return value_; }

  // Whether `other` is the same text; takes the same time wherever the first difference is.
  bool matches(std::string_view other) const;

 private:
  std::string value_;
};

}  // namespace xauth
