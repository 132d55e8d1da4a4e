#include "support/certificates.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace xauth::test {

namespace {

using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

std::string text_of(const Bio& bio) {
  char* text = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("test certificate: ") + what);
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), X509_EXTENSION_free);
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

void set_serial(X509* certificate) {
  std::int64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial));
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), serial & INT64_MAX);
}

void set_name(X509_NAME* name, const std::string& common_name) {
  require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(common_name.c_str()),
                                     -1, -1, 0) == 1,
          "name");
}

}  // namespace

std::string Certificate::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(bio.get(), certificate.get());
  return text_of(bio);
}

std::string Certificate::key_pem() const {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(bio);
}

std::string Certificate::encrypted_key_pem() const {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  char passphrase[] = "passphrase";
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), EVP_aes_256_cbc(), passphrase,
                                sizeof(passphrase) - 1, nullptr, nullptr);
  return text_of(bio);
}

Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer) {
  EVP_PKEY* key = wish.weak_key ? EVP_RSA_gen(1024) : EVP_EC_gen("P-256");
  Certificate made{{X509_new(), X509_free}, {key, EVP_PKEY_free}};
  X509* certificate = made.certificate.get();
  const Certificate& signer = issuer ? *issuer : made;
  X509_set_version(certificate, X509_VERSION_3);
  set_serial(certificate);
  X509_time_adj_ex(X509_getm_notBefore(certificate), wish.valid_from, 0, nullptr);
  X509_time_adj_ex(X509_getm_notAfter(certificate), wish.valid_until, 0, nullptr);
  set_name(X509_get_subject_name(certificate), wish.common_name);
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  X509_set_pubkey(certificate, key);

  X509* above = signer.certificate.get();
  add_extension(certificate, above, NID_basic_constraints,
                wish.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  add_extension(certificate, above, NID_key_usage,
                wish.authority ? "critical,keyCertSign,digitalSignature" : "digitalSignature");
  add_extension(certificate, above, NID_ext_key_usage, wish.extended_use);
  add_extension(certificate, above, NID_subject_alt_name, wish.alt_names);
  add_extension(certificate, above, NID_name_constraints, wish.name_constraints);
  require(X509_sign(certificate, signer.key.get(), wish.sha1 ? EVP_sha1() : EVP_sha256()) > 0,
          "signature");
  return made;
}

Certificate make_authority(const std::string& common_name) {
  CertificateWish wish;
  wish.common_name = common_name;
  wish.authority = true;
  wish.extended_use.clear();
  return make_certificate(wish);
}

}  // namespace xauth::test
