#include "system/client_certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <string>

#include "base/error.h"
#include "system/private_file.h"

namespace xauth {

namespace {

constexpr std::size_t kLargest = 256 * 1024;  // a chain of a few certificates has 20 KiB
constexpr std::size_t kLongestChain = 10;     // real ones have three

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

Bio reader_of(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free_all};
}

// Nobody is asked for a passphrase; that the key wanted one is remembered.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

std::shared_ptr<X509> next_certificate(const Bio& pem) {
  return {PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr), X509_free};
}

std::shared_ptr<EVP_PKEY> read_key(const std::string& path) {
  const Secret text = read_private_file(path, "the client key", kLargest);
  const Bio pem = reader_of(text.reveal());
  bool encrypted = false;
  std::shared_ptr<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(pem.get(), nullptr, no_passphrase, &encrypted), EVP_PKEY_free);
  ERR_clear_error();
  if (encrypted) {
    throw Error(Code::usage, "the client key " + path + " is encrypted by a passphrase",
                "openssl pkey -in KEY.pem -out PLAIN.pem, readable by you alone");
  }
  if (!key)
    throw Error(Code::usage, "the client key " + path + " holds no private key in PEM form");
  return key;
}

}  // namespace

TlsIdentity::TlsIdentity(const ClientCertificate& files) {
  const std::string& path = files.certificate_file;
  const std::string text = read_public_file(path, "the client certificate", kLargest);
  const Bio pem = reader_of(text);
  certificate_ = next_certificate(pem);
  while (certificate_ && chain_.size() < kLongestChain) {
    auto next = next_certificate(pem);
    if (!next) break;
    chain_.push_back(std::move(next));
  }
  ERR_clear_error();  // the end of the file counts as one
  if (!certificate_) {
    throw Error(Code::usage,
                "the client certificate " + path + " holds no certificate in PEM form");
  }
  const std::string& key_path = files.key_file.empty() ? path : files.key_file;
  key_ = read_key(key_path);
  const bool match = X509_check_private_key(certificate_.get(), key_.get()) == 1;
  ERR_clear_error();
  if (!match) {
    throw Error(Code::usage,
                "the client key " + key_path + " is not that of the certificate " + path);
  }
}

bool TlsIdentity::present(SSL_CTX* context) const {
  if (SSL_CTX_use_certificate(context, certificate_.get()) != 1) return false;
  for (const auto& above : chain_) {
    if (SSL_CTX_add1_chain_cert(context, above.get()) != 1) return false;
  }
  return SSL_CTX_use_PrivateKey(context, key_.get()) == 1;
}

}  // namespace xauth
