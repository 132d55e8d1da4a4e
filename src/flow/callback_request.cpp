#include "flow/callback_request.h"

#include <algorithm>

namespace xauth::flow {

namespace {

// A page that fetches, embeds or prefetches us is not a person's browser coming back.
bool navigates(const Headers& headers) {
  const auto mode = find_header(headers, "Sec-Fetch-Mode");
  const auto destination = find_header(headers, "Sec-Fetch-Dest");
  return (!mode || *mode == "navigate") && (!destination || *destination == "document") &&
         !find_header(headers, "Sec-Purpose") && !find_header(headers, "Purpose");
}

bool is_ours(const std::vector<std::string>& hosts, const std::string& host) {
  return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

bool is_post(const IncomingRequest& request) { return request.method == "POST"; }

bool has_foreign_origin(const IncomingRequest& request, const CallbackPlace& place) {
  const auto origin = find_header(request.headers, "Origin");
  if (!origin) return false;
  if (is_ours(place.posters, *origin)) return false;
  return !origin->starts_with("http://") || !is_ours(place.hosts, origin->substr(7));
}

// The media type alone, without parameters such as a charset.
bool is_form(const Headers& headers) {
  const std::string type = find_header(headers, "Content-Type").value_or("");
  return type.substr(0, type.find(';')) == "application/x-www-form-urlencoded";
}

std::string origin_of(const Url& url) { return url.scheme + "://" + url.authority(); }

bool repeats_host(const Headers& headers) {
  Headers hosts;
  for (const auto& header : headers) {
    if (find_header({header}, "Host")) hosts.push_back(header);
  }
  return hosts.size() != 1;
}

}  // namespace

std::vector<std::string> posters_of(const oauth::PendingAuthorization& pending) {
  if (pending.response_mode != oauth::ResponseMode::form_post) return {};
  std::vector<std::string> origins = {origin_of(pending.url), "null"};
  if (const auto issuer = parse_url(pending.provider.issuer)) origins.push_back(origin_of(*issuer));
  return origins;
}

CallbackPlace callback_place(const Url& redirect_uri, const std::string& address, int port) {
  CallbackPlace place;
  const std::string literal =
      address.find(':') == std::string::npos ? address : "[" + address + "]";
  for (const std::string& host : {redirect_uri.host, literal}) {
    place.hosts.push_back(host + ":" + std::to_string(port));
  }
  place.hosts.push_back(redirect_uri.authority());
  if (redirect_uri.effective_port() == 80) place.hosts.push_back(redirect_uri.host);
  place.path = redirect_uri.path.empty() ? "/" : redirect_uri.path;
  place.result_path = place.path + (place.path.ends_with('/') ? "result" : "/result");
  return place;
}

SortedRequest sort_request(const IncomingRequest& request, const CallbackPlace& place) {
  const auto host = find_header(request.headers, "Host");
  if (!host || repeats_host(request.headers) || !is_ours(place.hosts, *host)) {
    return {RequestKind::foreign, 421, {}};
  }
  const bool may_post = !place.posters.empty() && is_post(request);
  if (request.method != "GET" && !may_post) return {RequestKind::foreign, 405, {}};
  const std::string_view target = request.target;
  const auto mark = target.find('?');
  const auto path = target.substr(0, mark);
  if (path != place.path && path != place.result_path) return {RequestKind::foreign, 404, {}};
  const bool is_callback = path == place.path;
  if (is_post(request) && !is_callback) return {RequestKind::foreign, 405, {}};
  if (has_foreign_origin(request, place) || !navigates(request.headers)) {
    return {is_callback ? RequestKind::not_navigated : RequestKind::foreign, 403, {}};
  }
  if (!is_callback) return {RequestKind::result, 200, {}};
  if (is_post(request)) {
    if (!is_form(request.headers)) return {RequestKind::foreign, 415, {}};
    return {RequestKind::callback, 200, request.body};
  }
  return {RequestKind::callback, 200,
          mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1)};
}

}  // namespace xauth::flow
