// The application that a profile logs in with, and what it proves itself by.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "store/profile.h"

namespace xauth::cli {

// The client of a profile, with what its authentication needs: the private key or the certificate
// whose files the profile names, or a secret: `given` (which, even empty, stands for the kept one),
// XAUTH_CLIENT_SECRET before the kept one. Throws Error (usage) when it is missing or no use.
oauth::Client client_of(const Context& context, const std::string& name,
                        const store::Profile& profile, const oauth::Provider& provider,
                        const std::optional<Secret>& given);

// The certificate that requests of the profile show, also those with its token, which may be bound
// to it; nothing when it has none. Throws Error (usage) when its files are no use. RFC 8705 §3
std::optional<ClientCertificate> certificate_of(const store::Profile& profile);

}  // namespace xauth::cli
