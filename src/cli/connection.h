// From a profile's settings to the provider and the client that requests are made with.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "oauth/authorization.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "store/profile.h"
#include "system/http_client.h"
#include "system/system.h"

namespace xauth::cli {

struct Connection {
  oauth::Provider provider;
  oauth::Client client;
  oauth::Parameters token_params;
};

// The provider of a profile: its preset, if any, with the profile's `provider_param` filled in and
// every URL that the profile names in place of the preset's. Throws Error (usage) for a preset that
// does not exist or is damaged, and as oauth::with_parameters.
oauth::Provider provider_of(const Context& context, const store::Profile& profile);

// The same of a profile whose preset is known.
oauth::Provider provider_of(std::optional<oauth::Provider> preset, const store::Profile& profile);

// The preset that a profile names, its URLs not filled in; nothing when it names none. Throws Error
// as preset_named.
std::optional<oauth::Provider> preset_of(const Context& context, const store::Profile& profile);

// The token endpoint of a profile, its preset's where it names none; empty for a provider that is
// no longer known.
std::string token_url_of(const Context& context, const store::Profile& profile);

// Whether both texts are URLs of one server: scheme, host and port.
bool same_server(const std::string& one, const std::string& other);

// Provider and client of a profile that is logged in.
Connection connection_of(const Context& context, const std::string& name,
                         const store::Profile& profile);

// The browser that the settings name; empty where the environment names one, which goes before.
std::string kept_browser(const Context& context);

// The System of a command: the real one, which tells on `context`'s output, requests included with
// --trace and -v; `limits` are those of each request.
System system_of(const Context& context, const std::string& ca_file, const std::string& browser,
                 const HttpLimits& limits = {});

// The parameters in `texts`, each KEY=VALUE. Throws Error (usage) that names `option`.
oauth::Parameters params_of(const std::string& option, const std::vector<std::string>& texts);

}  // namespace xauth::cli
