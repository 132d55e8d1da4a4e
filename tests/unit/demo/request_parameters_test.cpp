#include "demo/request_parameters.h"

#include <doctest/doctest.h>

#include "demo/rejection.h"

using namespace xauth;
using namespace xauth::demo;

namespace {

Fault fault_of(const std::string& text, bool required) {
  const RequestParameters parameters(text);
  try {
    required ? static_cast<void>(parameters.required("a"))
             : static_cast<void>(parameters.optional("a"));
  } catch (const Rejection& rejection) {
    return rejection.fault;
  }
  FAIL("accepted: ", text);
  return Fault::code;
}

}  // namespace

TEST_CASE("a parameter is taken once, decoded, and absent when it is empty") {
  CHECK(RequestParameters("b=1&a=x+y%2B").optional("a") == "x y+");
  CHECK_FALSE(RequestParameters("b=1").optional("a"));
  CHECK_FALSE(RequestParameters("a=&b=1").optional("a"));
  CHECK(fault_of("a=1&a=1", false) == Fault::malformed_request);
  CHECK(fault_of("a=%G0", false) == Fault::malformed_request);
  CHECK(fault_of("a=", true) == Fault::missing_parameter);
  CHECK(fault_of("b=1", true) == Fault::missing_parameter);
}

TEST_CASE("a target is cut at its first question mark") {
  const IncomingRequest request{"GET", "/p?a=1?2", {}, ""};
  CHECK(path_of(request) == "/p");
  CHECK(query_of(request).optional("a") == "1?2");
  CHECK(path_of({"GET", "/p", {}, ""}) == "/p");
  CHECK_FALSE(query_of({"GET", "/p", {}, ""}).optional("a"));
}

TEST_CASE("a body counts as a form only when it says so") {
  const std::string type = "application/x-www-form-urlencoded";
  CHECK(form_of({"POST", "/", {{"content-type", type}}, "a=1"}).optional("a") == "1");
  CHECK(form_of({"POST", "/", {{"Content-Type", type + ";charset=UTF-8"}}, "a=1"}).optional("a"));
  CHECK_THROWS_AS(form_of({"POST", "/", {{"Content-Type", "text/plain"}}, "a=1"}), Rejection);
  CHECK_THROWS_AS(form_of({"POST", "/", {}, "a=1"}), Rejection);
}
