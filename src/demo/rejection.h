// Ends a request to the embedded provider, as Error ends a command.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "base/time.h"
#include "demo/manner.h"

namespace xauth::demo {

// The endpoint turns the request down; what it then answers is in Manner::errors.
struct Rejection : std::exception {
  explicit Rejection(Fault fault, std::string parameter = {})
      : fault(fault), parameter(std::move(parameter)) {}
  const char* what() const noexcept override { return "request rejected"; }

  Fault fault;
  std::string parameter;                 // whose name takes the place of NAME
  std::optional<Seconds> interval = {};  // told as `interval`
};

}  // namespace xauth::demo
