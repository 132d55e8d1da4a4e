#include "oauth/device.h"

#include "base/encoding.h"
#include "base/url.h"
#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest device_request() {
  HttpRequest request;
  request.url = *parse_url("https://as.example/device");
  request.form = Form{{"client_id", std::string("client")}};
  return request;
}

bool can_be_shown(const std::string& text) { return is_utf8(text) && !has_control(text); }

void check_code(const DeviceAuthorization& code) {
  fuzz::require(!code.device_code.empty(), "there is a device code");
  fuzz::require(!code.user_code.empty() && can_be_shown(code.user_code), "the code can be shown");
  fuzz::require(is_secure(code.verification_uri), "the address may be opened");
  fuzz::require(!code.verification_uri_complete || is_secure(*code.verification_uri_complete),
                "the complete address too");
  fuzz::require(code.expires_in.count() > 0 && code.interval.count() > 0, "times are positive");
}

}  // namespace

// The bytes are the body of a 200.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto request = device_request();
  const HttpResponse response = {
      200, {{"Content-Type", "application/json"}}, std::string(fuzz::text_of(data, size))};
  try {
    const auto answer = check_device_response({}, request, response);
    if (const auto* code = std::get_if<DeviceAuthorization>(&answer)) check_code(*code);
  } catch (const Error& error) {
    fuzz::require(error.code == Code::bad_response && can_be_shown(error.message),
                  "a bad answer is told so, in text that can be shown");
  }
  return 0;
}
