// Which certificate authorities are believed.
#pragma once

#include <string>

namespace xauth {

// Where the authorities' certificates are; an empty one is not used.
struct TrustStore {
  std::string file;       // PEM
  std::string directory;  // hashed, as c_rehash makes them; several separated by colons
};

// `ca_file` alone when not empty, else what SSL_CERT_FILE and SSL_CERT_DIR name, else the system's:
// its directory when that is hashed, since reading the whole bundle takes 16 ms, else its bundle.
// Throws Error (usage) that names the file when it cannot be read.
TrustStore find_trust_store(const std::string& ca_file);

// The same check, and that the file begins with a certificate. Throws Error (usage).
void check_trust_store(const std::string& ca_file);

}  // namespace xauth
