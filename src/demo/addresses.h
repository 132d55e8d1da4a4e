// Where the embedded provider's endpoints are.
#pragma once

#include <string>
#include <string_view>

namespace xauth::demo {

namespace path {
inline constexpr std::string_view kAuthorize = "/authorize";
inline constexpr std::string_view kConsent = "/consent";
inline constexpr std::string_view kToken = "/token";
inline constexpr std::string_view kRevoke = "/revoke";
inline constexpr std::string_view kIntrospect = "/introspect";
inline constexpr std::string_view kDeviceAuthorization = "/device_authorization";
inline constexpr std::string_view kDevice = "/device";
inline constexpr std::string_view kAccount = "/me";
inline constexpr std::string_view kKeys = "/jwks";
inline constexpr std::string_view kOpenidMetadata = "/.well-known/openid-configuration";
inline constexpr std::string_view kMetadata = "/.well-known/oauth-authorization-server";
}  // namespace path

// What the requests of one moment are answered as.
struct Addresses {
  std::string url;     // "http://127.0.0.1:PORT", without a slash at its end
  std::string issuer;  // the same, unless the manner says otherwise

  std::string of(std::string_view path) const { return url + std::string(path); }
};

}  // namespace xauth::demo
