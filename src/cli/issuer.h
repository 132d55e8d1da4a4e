// A login whose endpoints come from its issuer's metadata, looked up anew at each login.
#pragma once

#include <functional>
#include <string>

#include "cli/context.h"
#include "cli/options.h"
#include "oauth/metadata.h"
#include "oauth/provider.h"
#include "store/config.h"
#include "store/profile.h"

namespace xauth::cli {

// Asks an issuer for its metadata, trusting the certificates of `ca_file` if it is not empty.
using Discover =
    std::function<oauth::Metadata(const std::string& issuer, const std::string& ca_file)>;

// The issuer that must be asked for the endpoints of `profile`: the one that it names, or its
// preset's where the preset leaves an endpoint of a login to the issuer. Empty: none.
std::string issuer_to_ask(const Context& context, const store::Profile& profile);

// Takes out of `profile` the URLs that its issuer gave at an earlier login; those of options, then
// and now, stay, and are noted in `given_url`.
void forget_found_urls(store::Profile& profile, const LoginOptions& options);

// Adds to `profile` each URL that neither an option nor the preset gives and `metadata` has; to
// `provider`, made from both, what else the metadata says.
void add_found(const oauth::Metadata& metadata, store::Profile& profile, oauth::Provider& provider);

// Puts the metadata's endpoints for clients with a certificate in place of its others. RFC 8705 §5
void use_mtls_endpoints(const oauth::Metadata& metadata, store::Profile& profile,
                        oauth::Provider& provider);

// The scopes that are usually asked for at an OpenID provider, as far as it has them: who it is,
// and a refresh token. OpenID Connect Core §5.4, §11
std::vector<std::string> usual_scopes(const oauth::Metadata& metadata);

// The endpoints in `metadata` that are not on the issuer's own host, a phrase each.
std::vector<std::string> elsewhere(const oauth::Metadata& metadata);

// Refuses, with Error (usage), a profile with another profile's issuer but, by hand, other
// endpoints: an answer of the issuer could be taken to the wrong ones. RFC 9207 §4
void check_one_place(const Context& context, const store::Config& config, const std::string& name,
                     const store::Profile& profile);

}  // namespace xauth::cli
