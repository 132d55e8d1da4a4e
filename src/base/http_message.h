// HTTP requests and responses as values; whoever sends or serves them is elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/secret.h"
#include "base/url.h"

namespace xauth {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of the first header of that name, compared without case; nothing when absent.
std::optional<std::string> find_header(const Headers& headers, std::string_view name);

// One field of a form body. A secret one is never shown by a trace.
struct FormField {
  std::string name;
  std::variant<std::string, Secret> value;
};
using Form = std::vector<FormField>;

// The fields as application/x-www-form-urlencoded text. RFC 6749 App. B
Secret encode_form(const Form& form);

// The fields as a JSON object of strings.
Secret encode_json(const Form& form);

// How the fields of a form travel: as the body (of either kind), or in the URL's query.
enum class BodyFormat { form, json, query };

// The PEM files by which we prove who we are in the TLS handshake. RFC 8705 §2
struct ClientCertificate {
  std::string certificate_file;  // with the authorities' behind it, if need be
  std::string key_file;          // empty: the key is in certificate_file
};

// What we send to a provider.
struct HttpRequest {
  std::string method = "GET";
  Url url;
  Headers headers;           // nothing secret
  Secret authorization;      // the value of `Authorization`; empty: none
  std::optional<Form> form;  // what is sent besides; a POST without has an empty body
  BodyFormat format = BodyFormat::form;
  std::optional<ClientCertificate> certificate;
};

// The secrets that `request` carries, so that they can be blanked where a provider echoes them.
std::vector<Secret> secrets_of(const HttpRequest& request);

// `text` with every secret in it (of four bytes or more, raw or encoded) replaced by `***`.
std::string blank_secrets(std::string text, const std::vector<Secret>& secrets);

// What came back. The body is complete: a cut one is an error of the sender.
struct HttpResponse {
  int status = 0;  // 200 to 599
  Headers headers;
  std::string body;
};

// What a browser asked of a server of ours, with the target exactly as it stood on the wire.
struct IncomingRequest {
  std::string method;
  std::string target;  // raw: "/callback?code=…"
  Headers headers;
  std::string body;
};

// What that server answers; it adds Content-Length and `Connection: close` itself.
struct OutgoingReply {
  int status = 200;
  Headers headers;
  std::string body;
};

}  // namespace xauth
