// What is kept of a login but its tokens: the settings with which it was made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace xauth::store {

// A profile of config.json. Its members are the long options of `login` with `_` for `-`; one that
// is empty is not written. Neither tokens nor secrets.
struct Profile {
  std::string provider;  // a preset's ID
  std::string issuer;
  std::string authorize_url;
  std::string token_url;
  std::string device_url;
  std::string revoke_url;
  std::string userinfo_url;
  std::string introspect_url;  // this and jwks_url: as the issuer's metadata says
  std::string jwks_url;
  std::string client_id;
  std::string client_auth;
  std::string scope;
  std::string audience;
  std::string listen;
  std::string storage;  // how its files are kept; empty: as the setting says
  std::string ca_file;
  std::string client_key_file;                     // of private_key_jwt and mutual TLS
  std::string client_certificate_file;             // of mutual TLS
  std::vector<std::string> client_auth_algorithm;  // those that the provider takes, if it says so
  std::vector<std::string> provider_param;
  std::vector<std::string>
      given_url;  // the URLs above that are not the issuer's, such as token_url
  std::vector<std::string> resource;
  std::vector<std::string> param;
  std::vector<std::string> token_param;
  std::vector<std::string> redirect_uri;
  std::vector<std::string> host;
  bool client_credentials = false;  // the application itself logs in, not a person
  Json others;                      // members that this version does not know, kept as they are

  // How token files name the provider: the preset's ID, else the issuer, else "custom".
  std::string provider_name() const;
};

// The profile that `json` describes. Throws Error (storage) that names the member when its type is
// wrong; `where` names the profile.
Profile profile_from(const Json& json, const std::string& where);

Json json_of(const Profile& profile);

// The names of the members that a profile can have, but for unknown ones.
std::vector<std::string> member_names();

// Whether the member of that name, which is one of them, is true or false.
bool is_flag_member(std::string_view name);

// Whether the member of that name, which is one of them, is an array.
bool is_list_member(std::string_view name);

}  // namespace xauth::store
