// What is looked for once, however often it is asked for.
#pragma once

#include <optional>

#include "base/error.h"

namespace xauth {

// A value that some work finds, or the Error that the work ended with.
template <class Value>
class FoundOnce {
 public:
  // The value that `find` returns, called at the first time only; it stays where it is. Throws the
  // Error that `find` threw, then and each time after. Not for two threads at once.
  template <class Find>
  const Value& get(Find find) {
    if (!value_ && !failure_) {
      try {
        value_.emplace(find());
      } catch (const Error& error) {
        failure_ = error;
      }
    }
    if (failure_) throw Error(*failure_);
    return *value_;
  }

 private:
  std::optional<Value> value_;
  std::optional<Error> failure_;
};

}  // namespace xauth
