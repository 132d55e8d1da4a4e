#include "oauth/metadata.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/terminal_text.h"
#include "oauth/reach.h"
#include "oauth/token.h"

namespace xauth::oauth {

namespace {

constexpr std::string_view kOpenId = "/.well-known/openid-configuration";
constexpr std::string_view kOauth = "/.well-known/oauth-authorization-server";
constexpr std::size_t kLongestList = 1'000;  // entries; real ones have some dozens
constexpr std::size_t kLongestEntry = 256;   // bytes; a scope may be a URL

constexpr std::array<std::pair<const char*, std::string Endpoints::*>, 7> kEndpoints = {{
    {"authorization_endpoint", &Endpoints::authorize_url},
    {"token_endpoint", &Endpoints::token_url},
    {"device_authorization_endpoint", &Endpoints::device_url},
    {"revocation_endpoint", &Endpoints::revoke_url},
    {"userinfo_endpoint", &Endpoints::userinfo_url},
    {"introspection_endpoint", &Endpoints::introspect_url},
    {"jwks_uri", &Endpoints::jwks_url},
}};

constexpr std::array<std::pair<const char*, std::vector<std::string> Metadata::*>, 5> kLists = {{
    {"scopes_supported", &Metadata::scopes_supported},
    {"response_modes_supported", &Metadata::response_modes_supported},
    {"token_endpoint_auth_methods_supported", &Metadata::token_endpoint_auth_methods_supported},
    {"token_endpoint_auth_signing_alg_values_supported",
     &Metadata::token_endpoint_auth_signing_alg_values_supported},
    {"id_token_signing_alg_values_supported", &Metadata::id_token_signing_alg_values_supported},
}};

// Reads the members of one document, or of an object in it; `prefix` names that object.
class DocumentReader {
 public:
  DocumentReader(const std::string& issuer, const Json& document, std::string prefix = {})
      : issuer_(issuer),
        reach_(reach_of(issuer_url(issuer))),
        document_(document),
        prefix_(std::move(prefix)) {}

  Endpoints endpoints() const {
    Endpoints endpoints;
    for (const auto& [name, member] : kEndpoints) endpoints.*member = endpoint(name);
    return endpoints;
  }

  std::vector<std::string> list(const char* name) const {
    const Json* value = find(name);
    if (value == nullptr) return {};
    if (value->array() == nullptr) fail(name, "is not an array");
    if (value->array()->size() > kLongestList) fail(name, "has too many entries");
    std::vector<std::string> out;
    for (const Json& item : *value->array()) {
      if (item.string() == nullptr) fail(name, "is not an array of strings");
      if (item.string()->size() > kLongestEntry) fail(name, "has an entry that is too long");
      out.push_back(*item.string());
    }
    return out;
  }

  bool flag(const char* name) const {
    const Json* value = find(name);
    if (value == nullptr) return false;
    if (value->boolean() == nullptr) fail(name, "is neither true nor false");
    return *value->boolean();
  }

  // The object of that name; null pointer when there is none.
  const Json* object(const char* name) const {
    const Json* value = find(name);
    if (value != nullptr && value->object() == nullptr) fail(name, "is not an object");
    return value;
  }

 private:
  const Json* find(const char* name) const {
    const Json* value = document_.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  std::string endpoint(const char* name) const {
    const Json* value = find(name);
    if (value == nullptr) return {};
    if (value->string() == nullptr) fail(name, "is not a string");
    if (value->string()->empty()) return {};
    const auto url = parse_url(*value->string());
    if (!url) fail(name, "is not an absolute https URL");
    if (url->fragment) fail(name, "has a fragment (#…)");
    const bool plain_allowed = reach_ == Reach::machine && is_loopback(*url);
    if (url->scheme != "https" && !plain_allowed) fail(name, "is not https");
    if (reach_of(*url) < reach_) {
      fail(name, "is at " + url->host + ", an address of this machine or its network");
    }
    return url->text();
  }

  [[noreturn]] void fail(const char* name, const std::string& problem) const {
    throw Error(Code::bad_response, "the metadata of " + for_terminal(issuer_) +
                                        " is not used: " + prefix_ + name + " " + problem);
  }

  const std::string& issuer_;
  Reach reach_;  // endpoints must have this one or a wider one
  const Json& document_;
  std::string prefix_;
};

[[noreturn]] void refuse(const std::string& issuer, const std::string& problem,
                         const std::string& hint = {}) {
  throw Error(Code::bad_response, "the metadata of " + for_terminal(issuer) + " " + problem, hint);
}

Json document_in(const std::string& issuer, const HttpResponse& response) {
  check_answered(response, issuer_url(issuer).host);
  if (response.status != 200) {
    refuse(issuer, "cannot be had: the answer has status " + std::to_string(response.status),
           "check the issuer URL");
  }
  auto json = parse_json(response.body);
  if (!json || json->object() == nullptr) {
    const std::string type = find_header(response.headers, "Content-Type").value_or("");
    refuse(issuer, type.starts_with("text/html") ? "is a web page" : "is not a JSON object",
           "check the issuer URL");
  }
  return *std::move(json);
}

// Not one byte may differ, or another server could speak for the issuer. RFC 8414 §6.2
void check_issuer(const std::string& issuer, const Json& document) {
  const Json* said = document.find("issuer");
  if (said == nullptr || said->string() == nullptr) refuse(issuer, "names no issuer");
  const std::string& other = *said->string();
  if (other == issuer) return;
  const bool by_slash = other == issuer + "/" || other + "/" == issuer;
  refuse(issuer, "is not used: its issuer is " + for_terminal(other),
         by_slash ? "--issuer " + for_terminal(other) : std::string());
}

bool speaks_openid(const Metadata& metadata) {
  if (!metadata.scopes_supported.empty()) {
    const auto& scopes = metadata.scopes_supported;
    return std::find(scopes.begin(), scopes.end(), "openid") != scopes.end();
  }
  return !metadata.id_token_signing_alg_values_supported.empty() ||
         metadata.document.find("subject_types_supported") != nullptr;
}

std::string without_slash(std::string path) {
  if (path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Url issuer_url(const std::string& text) {
  const auto url = parse_url(text);
  if (!url) throw Error(Code::usage, "the issuer is not an absolute https URL");
  if (url->query || url->fragment) {
    throw Error(Code::usage, "the issuer URL must have neither a query nor a fragment");
  }
  if (!is_secure(*url)) {
    throw Error(Code::usage, "the issuer must be https (http is for this machine only)");
  }
  if (const auto at = text.find("/.well-known/"); at != std::string::npos) {
    throw Error(Code::usage, "that is where an issuer's metadata is, not the issuer",
                text.substr(0, at));
  }
  return *url;
}

Url openid_metadata_url(const Url& issuer) {
  Url url = issuer;
  url.path = without_slash(issuer.path) + std::string(kOpenId);
  return url;
}

Url oauth_metadata_url(const Url& issuer) {
  Url url = issuer;
  url.path = std::string(kOauth) + without_slash(issuer.path);
  return url;
}

Metadata check_metadata(const std::string& issuer, const HttpResponse& response) {
  Metadata metadata;
  metadata.document = document_in(issuer, response);
  check_issuer(issuer, metadata.document);
  metadata.issuer = issuer;
  const DocumentReader reader(issuer, metadata.document);
  metadata.endpoints = reader.endpoints();
  if (const Json* aliases = reader.object("mtls_endpoint_aliases")) {
    metadata.mtls = DocumentReader(issuer, *aliases, "mtls_endpoint_aliases.").endpoints();
  }
  for (const auto& [name, member] : kLists) metadata.*member = reader.list(name);
  metadata.sends_iss = reader.flag("authorization_response_iss_parameter_supported");
  metadata.openid = speaks_openid(metadata);
  return metadata;
}

}  // namespace xauth::oauth
