// A browser that is led to the callback of a login, over a socket, byte by byte as one would.
#pragma once

#include <string>

#include "base/encoding.h"
#include "base/url.h"
#include "unit/system/raw_client.h"

namespace xauth::flow {

// What stands in the query of `url` under `name`.
inline std::string parameter_of(const Url& url, std::string_view name) {
  for (const auto& parameter : parse_query(url.query.value_or(""))) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  return {};
}

// The raw answer to a GET of `target` at the host and port of `redirect_uri`.
inline std::string get_raw(const std::string& redirect_uri, const std::string& target) {
  const auto url = *parse_url(redirect_uri);
  testing::RawClient client(url.effective_port(), url.host == "[::1]" ? AF_INET6 : AF_INET);
  return client.ask("GET " + target + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n\r\n");
}

// The value of the header `name` in the raw `answer`; empty when there is none.
inline std::string header_in(const std::string& answer, const std::string& name) {
  const auto at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const auto start = at + name.size() + 4;
  return answer.substr(start, answer.find("\r\n", start) - start);
}

// Brings `query` to the redirect URI and follows the redirect that answers it; the last answer.
inline std::string bring(const std::string& redirect_uri, const std::string& query) {
  const auto answer = get_raw(redirect_uri, parse_url(redirect_uri)->path + "?" + query);
  const auto location = header_in(answer, "Location");
  return location.empty() ? answer : get_raw(redirect_uri, location);
}

}  // namespace xauth::flow
