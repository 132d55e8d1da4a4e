#include "demo/request_parameters.h"

#include "demo/rejection.h"

namespace xauth::demo {

std::optional<std::string> RequestParameters::optional(std::string_view name) const {
  const Parameter* found = nullptr;
  for (const auto& parameter : parameters_) {
    if (parameter.name != name) continue;
    if (found != nullptr) throw Rejection(Fault::malformed_request);
    found = &parameter;
  }
  if (found == nullptr) return std::nullopt;
  if (!found->value) throw Rejection(Fault::malformed_request);
  if (found->value->empty()) return std::nullopt;
  return found->value;
}

std::string RequestParameters::required(std::string_view name) const {
  auto value = optional(name);
  if (!value) throw Rejection(Fault::missing_parameter, std::string(name));
  return std::move(*value);
}

std::string path_of(const IncomingRequest& request) {
  return request.target.substr(0, request.target.find('?'));
}

RequestParameters query_of(const IncomingRequest& request) {
  const auto mark = request.target.find('?');
  return RequestParameters(mark == std::string::npos
                               ? std::string_view()
                               : std::string_view(request.target).substr(mark + 1));
}

RequestParameters form_of(const IncomingRequest& request) {
  const auto type = find_header(request.headers, "Content-Type").value_or("");
  if (type.substr(0, type.find(';')) != "application/x-www-form-urlencoded") {
    throw Rejection(Fault::malformed_request);
  }
  return RequestParameters(request.body);
}

}  // namespace xauth::demo
