#include "base/secret.h"

#include <cstring>
#include <utility>

namespace xauth {

void wipe(std::string& text) {
  text.resize(text.capacity());  // a moved-from or shortened string still holds its old bytes
  explicit_bzero(text.data(), text.size());
  text.clear();
}

Secret& Secret::operator=(const Secret& other) {
  if (this == &other) return *this;
  wipe(value_);
  value_ = other.value_;
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(value_);
  value_.swap(other.value_);
  return *this;
}

bool Secret::matches(std::string_view other) const {
  if (value_.size() != other.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < value_.size(); ++i) {
    difference |= static_cast<unsigned char>(value_[i] ^ other[i]);
  }
  return difference == 0;
}

}  // namespace xauth
