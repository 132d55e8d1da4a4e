// Base64, percent and form encoding, as the wire wants them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xauth {

// Base64 with the URL alphabet and without padding. RFC 4648 §5, RFC 7636 App. A
std::string base64url(std::string_view bytes);

// Base64 with padding, for `Authorization: Basic`. RFC 4648 §4
std::string base64(std::string_view bytes);

// The bytes of padded standard base64; nothing when `text` is not canonical. RFC 4648 §3.5, §4
std::optional<std::string> base64_decode(std::string_view text);

// The bytes of base64url without padding; nothing when `text` is not canonical. RFC 7515 §2
std::optional<std::string> base64url_decode(std::string_view text);

// Every byte but the unreserved ones as %XX. RFC 3986 §2.1
std::string percent_encode(std::string_view text);

// application/x-www-form-urlencoded: a space is `+`. RFC 6749 App. B
std::string form_encode(std::string_view text);

// The reverse of form_encode (and of percent_encode, but that `+` is a space); nothing when a `%`
// is not followed by two hex digits. RFC 6749 App. B
std::optional<std::string> form_decode(std::string_view text);

// One parameter of a query or form, decoded. `value` is nothing when its encoding is broken.
struct Parameter {
  std::string name;
  std::optional<std::string> value;
};

// Splits at every `&`, then at the first `=`; empty pieces and names that cannot be decoded are
// left out, repeated names stay. RFC 6749 App. B
std::vector<Parameter> parse_query(std::string_view query);

// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates). RFC 3629 §3
bool is_utf8(std::string_view text);

// Whether `text` holds a C0 control character or DEL.
bool has_control(std::string_view text);

// Whether every byte is printable ASCII, space included (0x20 to 0x7E). RFC 6749 App. A
bool is_printable_ascii(std::string_view text);

}  // namespace xauth
