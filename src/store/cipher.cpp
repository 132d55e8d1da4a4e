#include "store/cipher.h"

#include <openssl/evp.h>

#include <cassert>
#include <memory>
#include <span>

#include "base/error.h"
#include "system/random.h"

namespace xauth::store {

namespace {

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// OpenSSL's calls fail here only where it has no memory.
void must(bool done) {
  if (!done) throw Error(Code::failure, "the encryption failed: no memory");
}

// A context with key, nonce and what is bound. OpenSSL's nonce has twelve octets by itself.
Context begin(const Secret& key, std::string_view nonce, std::string_view bound, bool encrypts) {
  assert(key.reveal().size() == kKeySize && nonce.size() == kNonceSize);
  Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  must(context != nullptr &&
       EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key.reveal()),
                         octets(nonce), encrypts ? 1 : 0) == 1 &&
       EVP_CipherUpdate(context.get(), nullptr, &size, octets(bound),
                        static_cast<int>(bound.size())) == 1);
  return context;
}

// What comes of `text`, which is of the same length.
std::string turned(EVP_CIPHER_CTX* context, std::string_view text) {
  std::string out(text.size(), '\0');
  int size = 0;
  must(text.empty() || EVP_CipherUpdate(context, octets(out), &size, octets(text),
                                        static_cast<int>(text.size())) == 1);
  return out;
}

}  // namespace

std::string encrypt(const Secret& key, std::string_view nonce, std::string_view bound,
                    const Secret& text) {
  const Context context = begin(key, nonce, bound, true);
  std::string out = turned(context.get(), text.reveal());
  std::string tag(kTagSize, '\0');
  int size = 0;
  must(EVP_CipherFinal_ex(context.get(), octets(tag), &size) == 1 &&
       EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, tag.data()) == 1);
  return out + tag;
}

std::optional<Secret> decrypt(const Secret& key, std::string_view nonce, std::string_view bound,
                              std::string_view ciphertext) {
  if (nonce.size() != kNonceSize || ciphertext.size() < kTagSize) return std::nullopt;
  const Context context = begin(key, nonce, bound, false);
  const std::size_t length = ciphertext.size() - kTagSize;
  Secret text(turned(context.get(), ciphertext.substr(0, length)));
  std::string tag(ciphertext.substr(length));
  std::string rest(kTagSize, '\0');
  int size = 0;
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1);
  if (EVP_CipherFinal_ex(context.get(), octets(rest), &size) != 1) return std::nullopt;
  return text;
}

bool is_bearable(const ScryptCost& cost) {
  constexpr std::int64_t kLeast = 16'384;
  constexpr std::int64_t kMost = std::int64_t{1} << 23;  // N·r; each takes 128 octets
  const bool sound = cost.n >= kLeast && (cost.n & (cost.n - 1)) == 0 && cost.r >= 8 && cost.p >= 1;
  return sound && cost.n <= kMost / 8 && cost.r <= kMost / cost.n &&
         cost.p <= 2 * kMost / (cost.n * cost.r);
}

Secret scrypt(const Secret& password, std::string_view salt, const ScryptCost& cost) {
  assert(is_bearable(cost));
  constexpr std::uint64_t kMostMemory = (std::uint64_t{1} << 30) + (std::uint64_t{1} << 24);
  const std::string& text = password.reveal();
  std::string key(kKeySize, '\0');
  const int done =
      EVP_PBE_scrypt(text.data(), text.size(), octets(salt), salt.size(),
                     static_cast<std::uint64_t>(cost.n), static_cast<std::uint64_t>(cost.r),
                     static_cast<std::uint64_t>(cost.p), kMostMemory, octets(key), key.size());
  if (done != 1)
    throw Error(Code::storage, "there is not enough memory to make a key of a password");
  return Secret(std::move(key));
}

std::string random_octets(std::size_t count) {
  std::string octets(count, '\0');
  fill_random(std::as_writable_bytes(std::span(octets)));
  return octets;
}

}  // namespace xauth::store
