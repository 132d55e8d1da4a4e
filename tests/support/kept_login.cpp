#include "support/kept_login.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/encoding.h"

namespace xauth::test {

namespace {

// The pair of RFC 7636 App. B.
constexpr const char* kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
constexpr const char* kRedirect = "http://127.0.0.1:8000/callback";
constexpr const char* kScope = "tweet.read users.read offline.access";

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string encode(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + form_encode(name) + "=" + form_encode(value);
  }
  return out;
}

OutgoingReply ask(demo::Provider& provider, const std::string& method, const std::string& target,
                  const Fields& form, Headers headers = {}) {
  headers.emplace_back("Host", "127.0.0.1:" + std::to_string(provider.port()));
  if (!form.empty()) headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  return provider.server().answer({method, target, headers, encode(form)});
}

std::string text_between(const std::string& text, const std::string& before, char after) {
  const auto at = text.find(before);
  REQUIRE(at != std::string::npos);
  const auto start = at + before.size();
  return text.substr(start, text.find(after, start) - start);
}

// A code as the person's browser brings it back.
std::string consent(demo::Provider& provider, const std::string& client_id) {
  const Fields fields = {{"response_type", "code"},
                         {"client_id", client_id},
                         {"redirect_uri", kRedirect},
                         {"scope", kScope},
                         {"state", "state"},
                         {"code_challenge", kChallenge},
                         {"code_challenge_method", "S256"}};
  const auto page = ask(provider, "GET", "/authorize?" + encode(fields), {});
  const auto page_token = text_between(page.body, "name=\"page\" value=\"", '"');
  const auto back =
      ask(provider, "POST", "/consent", {{"page", page_token}, {"decision", "allow"}});
  return text_between(find_header(back.headers, "Location").value_or("") + "&", "code=", '&');
}

void write_private(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
  REQUIRE(chmod(path.c_str(), 0600) == 0);
}

Json parsed(const std::string& path) {
  auto json = parse_json(content_of(path));
  REQUIRE_MESSAGE(json, path);
  return *std::move(json);
}

Json& member_of(Json& json, const std::string& name) {
  Json* found = json.find(name);
  REQUIRE_MESSAGE(found != nullptr, name);
  return *found;
}

void put(Json& object, const std::string& member, Json value) {
  if (value.is_null()) {
    object.erase(member);
  } else {
    object.set(member, std::move(value));
  }
}

}  // namespace

Json log_in(demo::Provider& provider, const std::string& client_id) {
  Fields form = {{"grant_type", "authorization_code"},
                 {"code", consent(provider, client_id)},
                 {"redirect_uri", kRedirect},
                 {"code_verifier", kVerifier}};
  Headers headers;
  if (client_id == kBasicClient) {
    headers.emplace_back("Authorization",
                         "Basic " + base64(client_id + ":" + std::string(kClientSecret)));
  } else {
    form.emplace_back("client_id", client_id);
  }
  if (client_id == kPostClient) form.emplace_back("client_secret", kClientSecret);
  const auto reply = ask(provider, "POST", "/token", form, headers);
  CAPTURE(reply.body);
  REQUIRE(reply.status == 200);
  return parse_json(reply.body).value();
}

std::int64_t clock_now() {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
}

KeptLogins::KeptLogins()
    : variables{{"HOME", home_.path()}, {"XAUTH_CONFIG_DIR", home_.path_of("config")}} {
  for (const char* name : {"config", "config/tokens", "config/secrets"}) {
    REQUIRE(mkdir(home_.path_of(name).c_str(), 0700) == 0);
  }
}

KeptLogins::KeptLogins(demo::Provider& provider, const LoginWish& wish) : KeptLogins() {
  add(provider, wish);
}

void KeptLogins::add(demo::Provider& provider, const LoginWish& wish) {
  Json config;
  if (std::filesystem::exists(path_of("config.json"))) config = this->config();
  config.set("version", Json(std::int64_t{1}));
  if (config.find("default") == nullptr) config.set("default", Json(wish.profile));
  if (config.find("profiles") == nullptr) config.set("profiles", Json(Json::Object()));
  Json profile;
  if (!wish.provider.empty()) profile.set("provider", Json(wish.provider));
  profile.set("authorize_url", Json(provider.authorize_url()));
  profile.set("token_url", Json(provider.token_url()));
  profile.set("revoke_url", Json(provider.revoke_url()));
  profile.set("client_id", Json(wish.client_id));
  profile.set("client_auth", Json(wish.client_auth));
  profile.set("scope", Json(kScope));
  member_of(config, "profiles").set(wish.profile, profile);
  write("config.json", config.pretty());

  const Json answer = log_in(provider, wish.client_id);
  Json tokens;
  tokens.set("version", Json(std::int64_t{1}));
  tokens.set("provider", Json(wish.provider.empty() ? "custom" : wish.provider.c_str()));
  tokens.set("client_id", Json(wish.client_id));
  tokens.set("token_type", Json("Bearer"));
  for (const char* name : {"access_token", "refresh_token"}) tokens.set(name, *answer.find(name));
  tokens.set("scope", Json(kScope));
  tokens.set("issued_at", Json(clock_now() + wish.lifetime - 3600));
  tokens.set("expires_at", Json(clock_now() + wish.lifetime));
  tokens.set("account", Json("demo"));
  tokens.set("account_id", Json("2244994945"));
  write("tokens/" + wish.profile + ".json", tokens.pretty());
}

Finished KeptLogins::xauth(const std::vector<std::string>& arguments) const {
  Finished ended = run(start(arguments));
  check_no_secret(ended.err);
  if (arguments.front() != "token") check_no_secret(ended.out);
  return ended;
}

Start KeptLogins::start(const std::vector<std::string>& arguments) const {
  return {.arguments = arguments, .variables = variables};
}

Finished KeptLogins::shell(const std::string& script) const {
  return run(
      {.arguments = {"-c", script, built_program()}, .variables = variables, .program = "/bin/sh"});
}

std::string KeptLogins::token_text(const std::string& profile) const {
  return content_of(token_path(profile));
}

Json KeptLogins::tokens(const std::string& profile) const { return parsed(token_path(profile)); }

std::string KeptLogins::token(const std::string& member, const std::string& profile) const {
  const Json json = tokens(profile);
  const Json* value = json.find(member);
  REQUIRE_MESSAGE(value != nullptr, member);
  return value->string() != nullptr ? *value->string() : value->text();
}

Json KeptLogins::config() const { return parsed(path_of("config.json")); }

void KeptLogins::set_token(const std::string& member, Json value,
                           const std::string& profile) const {
  Json json = tokens(profile);
  put(json, member, std::move(value));
  write("tokens/" + profile + ".json", json.pretty());
}

void KeptLogins::set_setting(const std::string& member, Json value,
                             const std::string& profile) const {
  Json json = config();
  put(member_of(member_of(json, "profiles"), profile), member, std::move(value));
  write("config.json", json.pretty());
}

void KeptLogins::write(const std::string& name, const std::string& content) const {
  write_private(path_of(name), content);
}

std::vector<std::string> KeptLogins::token_files() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_of("tokens"))) {
    const std::string name = entry.path().filename();
    if (!name.ends_with(".lock")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void check_no_secret(const std::string& text) {
  for (const char* canary : {"demo-access-", "demo-refresh-", kClientSecret}) {
    CHECK_MESSAGE(text.find(canary) == std::string::npos, text);
  }
}

void Gate::open() {
  if (!open_) promise_.set_value();
  open_ = true;
}

demo::Answer always(int status, const std::string& body, const std::string& content_type) {
  return [=](const IncomingRequest&) {
    return OutgoingReply{status, {{"Content-Type", content_type}}, body};
  };
}

}  // namespace xauth::test
