// The named parts of a provider's URLs, such as its tenant: their values, checked and filled in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oauth/provider.h"

namespace xauth::oauth {

// Whether `value` is a label: it stays within the one part of a URL that it stands for.
bool is_label(const std::string& value);

// `value` as it goes into the URLs. A label: letters, digits, `.`, `_` and `-`, beginning with a
// letter or digit, at most 128. A host: a host name, also with a port. A URL: https, or http to
// this machine, without query or fragment; a slash at its end is cut. Throws Error (usage) that
// names the parameter and what it takes.
std::string check_parameter(const UrlParameter& parameter, const std::string& value);

// Whether `text` may be a parameter's name: letters, digits, `_` and `-`.
bool is_parameter_name(std::string_view text);

// Whether `text` is a host name, perhaps with a port, in small letters as a URL has it.
bool is_host(const std::string& text);

// The parameters of `provider` that `values` does not give and that have no usual value.
std::vector<UrlParameter> missing_parameters(const Provider& provider, const Parameters& values);

// `provider` with each {name} in its URLs and hosts filled from `values`, else with what is usual.
// Throws Error (usage) for a name that is no parameter of it, one that is missing, or a value as
// above.
Provider with_parameters(Provider provider, const Parameters& values);

// What `provider` is asked with: each of its parameters that has a value, given or usual, in the
// provider's order.
Parameters settled_parameters(const Provider& provider, const Parameters& values);

}  // namespace xauth::oauth
