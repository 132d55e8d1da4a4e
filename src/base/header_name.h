// Names of HTTP header fields.
#pragma once

#include <string>
#include <string_view>

namespace xauth {

// Whether `text` may be a method or a field name. RFC 9110 §5.6.2
bool is_token(std::string_view text);

// Whether both are the same field: ASCII letters are compared without case. RFC 9110 §5.1
bool same_header_name(std::string_view a, std::string_view b);

}  // namespace xauth
