#include "store/profile.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace xauth;
using namespace xauth::store;

namespace {

Profile from(const std::string& text) { return profile_from(*parse_json(text), "profile p"); }

}  // namespace

TEST_CASE("a profile is written as it was read, unknown members too") {
  for (const char* text :
       {R"({"provider":"x","client_id":"c","scope":"a b","redirect_uri":["http://127.0.0.1/cb"]})",
        R"({"issuer":"https://i","authorize_url":"https://a","token_url":"https://t",)"
        R"("device_url":"https://d","revoke_url":"https://r","userinfo_url":"https://u",)"
        R"("client_auth":"post","audience":"aud","listen":"127.0.0.1:1","ca_file":"/ca",)"
        R"("resource":["r1","r2"],"param":["a=b"],"token_param":["c=d"],"host":["h"]})",
        R"({"client_key_file":"/k","client_auth_algorithm":["PS256"],"client_credentials":true})",
        R"({"future":{"deep":[1,2.50,null]},"other":true})", "{}"}) {
    CAPTURE(text);
    CHECK(json_of(from(text)).text() == text);
  }
}

TEST_CASE("empty members are not written") {
  CHECK(json_of(from(R"({"scope":"","host":[],"provider":"x"})")).text() == R"({"provider":"x"})");
  CHECK(json_of(Profile()).text() == "{}");
}

TEST_CASE("a member of the wrong type is named") {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "profile p: a profile must be an object"},
      {R"({"scope":["a"]})", "profile p: scope must be a string"},
      {R"({"scope":null})", "profile p: scope must be a string"},
      {R"({"host":"h"})", "profile p: host must be an array of strings"},
      {R"({"host":["h",1]})", "profile p: host must be an array of strings"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(from(text), message, Error);
  }
}

TEST_CASE("a provider is named by its preset, its issuer, or not at all") {
  CHECK(from(R"({"provider":"x","issuer":"https://i"})").provider_name() == "x");
  CHECK(from(R"({"issuer":"https://i"})").provider_name() == "https://i");
  CHECK(from("{}").provider_name() == "custom");
}

TEST_CASE("every member is known by its name, and whether it is an array, or true or false") {
  for (const auto& name : member_names()) {
    CAPTURE(name);
    Json value = is_list_member(name) ? Json(Json::Array{Json("v")}) : Json("v");
    if (is_flag_member(name)) value = Json(true);
    Json json((Json::Object()));
    json.set(name, value);
    CHECK(profile_from(json, "profile p").others.object()->empty());
  }
  CHECK(is_list_member("host"));
  CHECK_FALSE(is_list_member("scope"));
  CHECK(is_flag_member("client_credentials"));
  CHECK_FALSE(is_flag_member("scope"));
}
