#include "support/preset_dialect.h"

#include <algorithm>
#include <chrono>

#include "base/encoding.h"
#include "base/joined.h"
#include "oauth/url_template.h"

namespace xauth::test {

namespace {

using Fields = std::map<std::string, std::string>;

Fields fields_of(std::string_view query) {
  Fields fields;
  for (const auto& parameter : parse_query(query))
    fields[parameter.name] = parameter.value.value_or("");
  return fields;
}

std::string text_of(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return text;
}

std::string query_of(const IncomingRequest& request) {
  const auto mark = request.target.find('?');
  return mark == std::string::npos ? "" : request.target.substr(mark + 1);
}

// Moves a field that has another name here to its standard name.
void rename(Fields& fields, const std::string& from, const std::string& to) {
  if (from == to || !fields.contains(from)) return;
  fields[to] = fields[from];
  fields.erase(from);
}

Fields members_of(const std::string& json) {
  Fields fields;
  const auto body = parse_json(json);
  if (!body || body->object() == nullptr) return fields;
  for (const auto& [name, value] : *body->object()) {
    fields[name] = value.string() != nullptr ? *value.string() : value.text();
  }
  return fields;
}

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

OutgoingReply json_reply(const Json& body) {
  return {200, {{"Content-Type", "application/json"}}, body.text()};
}

}  // namespace

void put(Json& body, const std::string& path, Json value) {
  const auto dot = path.find('.');
  const std::string step = path.substr(0, dot);
  const bool index = !step.empty() && step.find_first_not_of("0123456789") == std::string::npos;
  Json inner = std::move(value);
  if (dot != std::string::npos) {
    Json below = body.find(step) != nullptr ? *body.find(step) : Json();
    put(below, path.substr(dot + 1), std::move(inner));
    inner = std::move(below);
  }
  if (index) {
    body = Json(Json::Array{std::move(inner)});
  } else {
    body.set(step, std::move(inner));
  }
}

PresetDialect::PresetDialect(const oauth::Provider& preset, demo::Provider& provider)
    : preset_(preset), url_(provider.url()) {
  auto& server = provider.server();
  server.wrap("/authorize", [this](const auto& request, const auto& original) {
    return authorize(request, original);
  });
  server.wrap("/token", [this](const auto& request, const auto& original) {
    return token(request, original);
  });
  server.wrap("/revoke", [this](const auto& request, const auto& original) {
    return revoke(request, original);
  });
  server.replace("/me", [this](const auto& request) { return account(request); });
}

std::string PresetDialect::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

void PresetDialect::expect(bool holds, const std::string& what) {
  const std::lock_guard lock(mutex_);
  if (!holds) complaints_ += what + "\n";
}

void PresetDialect::expect_parts(const IncomingRequest& request) {
  const auto fields = fields_of(query_of(request));
  for (const auto& parameter : preset_.parameters) {
    const auto found = fields.find("part_" + parameter.name);
    const bool filled = found != fields.end() && found->second.find(kPart) != std::string::npos;
    expect(filled, request.target + " without the part " + parameter.name);
  }
}

OutgoingReply PresetDialect::authorize(const IncomingRequest& request,
                                       const demo::Answer& original) {
  expect_parts(request);
  auto fields = fields_of(query_of(request));
  for (const auto& [name, value] : preset_.authorize_params) {
    expect(fields[name] == value, "authorize request without " + name + "=" + value);
  }
  const std::string scope = joined(preset_.scope, preset_.scope_separator);
  expect(fields[preset_.scope_parameter] == scope,
         "authorize request with the scope " + fields[preset_.scope_parameter]);
  expect(fields["code_challenge_method"] == "S256", "authorize request without PKCE");
  rename(fields, preset_.client_id_parameter, "client_id");
  fields.erase(preset_.scope_parameter);
  fields["scope"] = joined(preset_.scope, " ");
  {
    const std::lock_guard lock(mutex_);
    nonce_ = fields["nonce"];
    client_id_ = fields["client_id"];
  }
  IncomingRequest standard = request;
  standard.target = "/authorize?" + text_of(fields);
  return original(standard);
}

PresetDialect::Fields PresetDialect::fields_of_token_request(const IncomingRequest& request) {
  switch (preset_.token_request) {
    case oauth::BodyFormat::json:
      expect(find_header(request.headers, "Content-Type") == "application/json",
             "token request without JSON");
      return members_of(request.body);
    case oauth::BodyFormat::query:
      expect(request.method == "GET" && request.body.empty(), "token request not as a query");
      return fields_of(query_of(request));
    case oauth::BodyFormat::form:
      break;
  }
  return fields_of(request.body);
}

OutgoingReply PresetDialect::token(const IncomingRequest& request, const demo::Answer& original) {
  expect_parts(request);
  auto fields = fields_of_token_request(request);
  const bool refreshes = fields["grant_type"] == "refresh_token";
  for (const auto& [name, value] : refreshes && !preset_.refresh_params.empty()
                                       ? preset_.refresh_params
                                       : preset_.token_params) {
    expect(fields[name] == value, "token request without " + name + "=" + value);
  }
  const bool elsewhere = request.target.find("refresh_here") != std::string::npos;
  expect(elsewhere == (refreshes && !preset_.refresh_url.empty()), "request to " + request.target);
  rename(fields, preset_.client_id_parameter, "client_id");
  rename(fields, preset_.client_secret_parameter, "client_secret");
  IncomingRequest standard = request;
  standard.method = "POST";
  standard.target = "/token";
  standard.body = text_of(fields);
  std::erase_if(standard.headers, [](const auto& header) {
    return header.first == "Content-Type" || header.first == "content-type";
  });
  standard.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  const auto reply = original(standard);
  const auto grant = parse_json(reply.body);
  if (reply.status != 200 || !grant) {
    expect(false, "token request refused: " + reply.body);
    return reply;
  }
  return json_reply(reshaped(*grant));
}

Json PresetDialect::reshaped(const Json& grant) const {
  const auto& fields = preset_.grant;
  Json out;
  put(out, fields.access_token, *grant.find("access_token"));
  if (const auto* refresh = grant.find("refresh_token")) put(out, fields.refresh_token, *refresh);
  const auto expires_in = grant.find("expires_in")->integer().value_or(0);
  if (fields.expires_at.empty()) {
    put(out, fields.expires_in, Json(expires_in));
  } else {
    put(out, fields.expires_at, Json(now() + expires_in));
  }
  out.set("token_type", Json(fields.token_types.empty() ? "bearer" : fields.token_types.front()));
  put(out, fields.scope, Json(joined(preset_.scope, preset_.scope_separator)));
  const auto& scope = preset_.scope;
  if (std::find(scope.begin(), scope.end(), "openid") != scope.end()) {
    out.set("id_token", Json(id_token()));
  }
  if (!fields.answer_at.empty()) {
    Json whole;
    put(whole, fields.answer_at.front(), std::move(out));
    out = std::move(whole);
  }
  if (!fields.success_field.empty()) {
    const auto value = parse_json(fields.success_value);
    put(out, fields.success_field, value ? *value : Json(fields.success_value));
  }
  return out;
}

// Its claims hold, and no key is told to check its signature with.
std::string PresetDialect::id_token() const {
  const std::lock_guard lock(mutex_);
  Json claims;
  claims.set("iss", Json(url_ + (preset_.issuer_claims.empty() ? "" : "/issued")));
  claims.set("sub", Json(demo::kSubject));
  claims.set("aud", Json(client_id_));
  claims.set("iat", Json(now()));
  claims.set("exp", Json(now() + 600));
  if (!nonce_.empty()) claims.set("nonce", Json(nonce_));
  for (const auto& [name, claim] : preset_.issuer_claims) claims.set(claim, Json("issued"));
  const auto& algorithms = preset_.id_token_algs;
  Json header;
  header.set("alg",
             Json(std::string(algorithms.empty() ? "RS256" : jose::name_of(algorithms.back()))));
  return base64url(header.text()) + "." + base64url(claims.text()) + "." +
         base64url(std::string(256, 's'));
}

OutgoingReply PresetDialect::revoke(const IncomingRequest& request, const demo::Answer& original) {
  expect_parts(request);
  expect(request.method == preset_.revoke_method, "revocation by " + request.method);
  if (preset_.revoke_style == oauth::RevokeStyle::bearer) {
    const auto header = find_header(request.headers, "Authorization").value_or("");
    expect(header.starts_with("Bearer "), "revocation without the token as Bearer");
    return {200, {}, ""};
  }
  if (preset_.revoke_style == oauth::RevokeStyle::json) {
    expect(members_of(request.body).contains(preset_.revoke_token_parameter),
           "revocation without the token in JSON");
    return {200, {}, ""};
  }
  auto fields = fields_of(request.body);
  rename(fields, preset_.client_id_parameter, "client_id");
  rename(fields, preset_.client_secret_parameter, "client_secret");
  rename(fields, preset_.revoke_token_parameter, "token");
  IncomingRequest standard = request;
  standard.target = "/revoke";
  standard.body = text_of(fields);
  return original(standard);
}

OutgoingReply PresetDialect::account(const IncomingRequest& request) {
  expect_parts(request);
  expect(request.method == preset_.account_method, "account asked by " + request.method);
  const auto header = find_header(request.headers, "Authorization").value_or("");
  expect(header.starts_with("Bearer "), "account asked without the token as Bearer");
  for (const auto& [name, value] : preset_.account_headers) {
    const std::string wanted = oauth::fill(value, {{"client_id", client_id_}});
    expect(find_header(request.headers, name) == wanted, "account asked without " + name);
  }
  const bool json = preset_.account_body_format == oauth::BodyFormat::json;
  const auto body = json ? members_of(request.body) : fields_of(request.body);
  for (const auto& [name, value] : preset_.account_body) {
    expect(body.contains(name) && body.at(name) == value, "account asked without " + name);
  }
  Json answer;
  answer.set("sub", Json(demo::kSubject));
  const auto& id = preset_.account_id_field;
  if (!id.empty() && id != "sub") put(answer, id, Json(kAccount));
  put(answer, preset_.account_field.empty() ? "email" : preset_.account_field, Json(kAccount));
  return json_reply(answer);
}

std::string PresetDialect::file_of(const std::string& text, const demo::Provider& provider) {
  Json json = *parse_json(text);
  std::string parts;
  if (const auto* parameters = json.find("parameters")) {
    for (const Json& parameter : *parameters->array()) {
      const std::string& name = *parameter.find("name")->string();
      parts += (parts.empty() ? "?part_" : "&part_") + name + "={" + name + "}";
    }
  }
  const std::string mark = parts.empty() ? "?" : "&";
  for (const auto& [name, url] :
       {std::pair("authorize_url", provider.authorize_url() + parts),
        std::pair("token_url", provider.token_url() + parts),
        std::pair("refresh_url", provider.token_url() + parts + mark + "refresh_here=1"),
        std::pair("device_url", provider.device_url() + parts),
        std::pair("revoke_url", provider.revoke_url() + parts),
        std::pair("userinfo_url", provider.account_url() + parts),
        std::pair("registration_page", provider.url() + "/")}) {
    if (json.find(name) != nullptr) json.set(name, Json(url));
  }
  for (const char* name : {"introspect_url", "jwks_url"}) json.erase(name);
  if (Json* device = json.find("device"); device != nullptr && device->find("token_url")) {
    device->set("token_url", Json(provider.token_url() + parts));
  }
  if (json.find("issuer") != nullptr) {
    const auto* claims = json.find("issuer_claims");
    const std::string path = claims != nullptr ? "/{" + claims->object()->front().first + "}" : "";
    json.set("issuer", Json(provider.url() + path));
  }
  return json.pretty();
}

}  // namespace xauth::test
