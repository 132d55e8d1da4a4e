#include "system/trust_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "system/environment.h"

namespace xauth {

namespace {

constexpr const char* kSystemDirectory = "/etc/ssl/certs";
constexpr const char* kSystemBundle = "/etc/ssl/certs/ca-certificates.crt";

// "0a1b2c3d.0": the hash of a subject and a counter, the names that OpenSSL looks up.
bool is_hash_name(std::string_view name) {
  constexpr std::string_view kHex = "0123456789abcdef";
  return name.size() == 10 && name.ends_with(".0") &&
         std::all_of(name.begin(), name.begin() + 8,
                     [&](char c) { return kHex.find(c) != std::string_view::npos; });
}

bool is_hashed(const char* path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path), closedir);
  if (!directory) return false;
  while (const dirent* entry = readdir(directory.get())) {
    if (is_hash_name(entry->d_name)) return true;
  }
  return false;
}

void require_readable(const std::string& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    throw Error(Code::usage,
                "cannot read the CA file " + file + ": " + std::generic_category().message(errno));
  }
  close(fd);
}

bool holds_certificate(const std::string& file) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bytes(BIO_new_file(file.c_str(), "r"), BIO_free);
  if (!bytes) return false;
  const std::unique_ptr<X509, void (*)(X509*)> first(
      PEM_read_bio_X509_AUX(bytes.get(), nullptr, nullptr, nullptr), X509_free);
  return first != nullptr;
}

}  // namespace

TrustStore find_trust_store(const std::string& ca_file) {
  TrustStore store{ca_file, {}};
  if (ca_file.empty()) store = {environment("SSL_CERT_FILE"), environment("SSL_CERT_DIR")};
  if (store.file.empty() && store.directory.empty()) {
    if (is_hashed(kSystemDirectory)) return {{}, kSystemDirectory};
    store.file = kSystemBundle;
  }
  if (!store.file.empty()) require_readable(store.file);
  return store;
}

void check_trust_store(const std::string& ca_file) {
  const TrustStore store = find_trust_store(ca_file);
  if (store.file.empty() || holds_certificate(store.file)) return;
  throw Error(Code::usage, "no certificate can be read from the CA file " + store.file);
}

}  // namespace xauth
