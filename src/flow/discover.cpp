#include "flow/discover.h"

#include "flow/retry.h"

namespace xauth::flow {

namespace {

constexpr int kMostRedirects = 3;  // some frameworks add a slash, or take one away
constexpr int kNotFound = 404;

// Where the redirect in `response` leads, if that is another place of the same server.
std::optional<Url> redirected(const Url& from, const HttpResponse& response) {
  if (response.status < 300 || response.status >= 400) return std::nullopt;
  const std::string location = find_header(response.headers, "Location").value_or("");
  const bool path_only = location.starts_with('/') && !location.starts_with("//");
  const auto to =
      parse_url(path_only ? from.scheme + "://" + from.authority() + location : location);
  const bool same = to && to->scheme == from.scheme && to->host == from.host &&
                    to->effective_port() == from.effective_port();
  return same ? to : std::nullopt;
}

// The answer at `url`, or where redirects from there lead; one that leads elsewhere, or is one too
// many, is the answer itself.
HttpResponse get(const System& system, const Url& url) {
  HttpRequest request{.method = "GET", .url = url, .headers = {{"Accept", "application/json"}}};
  const auto send = [&] {
    return send_patiently(
               system, [&] { return request; }, kForLookup)
        .response;
  };
  HttpResponse response = send();
  for (int followed = 0; followed < kMostRedirects; ++followed) {
    const auto next = redirected(request.url, response);
    if (!next) break;
    request.url = *next;
    response = send();
  }
  return response;
}

}  // namespace

oauth::Metadata discover(const System& system, const std::string& issuer) {
  const Url url = oauth::issuer_url(issuer);
  HttpResponse response = get(system, oauth::openid_metadata_url(url));
  if (response.status == kNotFound) response = get(system, oauth::oauth_metadata_url(url));
  return oauth::check_metadata(issuer, response);
}

}  // namespace xauth::flow
