#include "store/cipher.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "base/error.h"

using namespace xauth;
using namespace xauth::store;

namespace {

std::string hex(const std::string& digits) {
  std::string octets;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    octets += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return octets;
}

}  // namespace

TEST_CASE("AES-256-GCM as the test cases 13 and 16 of its specification have it") {
  const Secret zeros(std::string(kKeySize, '\0'));
  const std::string nonce(kNonceSize, '\0');
  CHECK(encrypt(zeros, nonce, {}, Secret()) == hex("530f8afbc74536b9a963b4f1c4cb738b"));
  const Secret key(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  const std::string bound = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Secret text(
      hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
  const std::string ciphertext = hex(
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  const std::string other_nonce = hex("cafebabefacedbaddecaf888");
  CHECK(encrypt(key, other_nonce, bound, text) == ciphertext);
  CHECK(decrypt(key, other_nonce, bound, ciphertext)->matches(text.reveal()));
}

TEST_CASE("nothing that was changed decrypts") {
  const Secret key(random_octets(kKeySize));
  const std::string nonce = random_octets(kNonceSize);
  const std::string ciphertext = encrypt(key, nonce, "bound", Secret("text"));
  CHECK(decrypt(key, nonce, "bound", ciphertext)->matches("text"));
  CHECK_FALSE(decrypt(Secret(random_octets(kKeySize)), nonce, "bound", ciphertext));
  CHECK_FALSE(decrypt(key, random_octets(kNonceSize), "bound", ciphertext));
  CHECK_FALSE(decrypt(key, nonce, "other", ciphertext));
  CHECK_FALSE(decrypt(key, nonce.substr(1), "bound", ciphertext));
  for (std::size_t length = 0; length < ciphertext.size(); ++length) {
    CHECK_FALSE(decrypt(key, nonce, "bound", ciphertext.substr(0, length)));
  }
  for (std::size_t i = 0; i < ciphertext.size(); ++i) {
    std::string changed = ciphertext;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(decrypt(key, nonce, "bound", changed));
  }
}

TEST_CASE("scrypt as RFC 7914 §12 has it") {
  const Secret key = scrypt(Secret("pleaseletmein"), "SodiumChloride", {16'384, 8, 1});
  CHECK(key.matches(hex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")));
}

TEST_CASE("costs that a file names are neither cheap nor unbearable") {
  CHECK(is_bearable({}));
  CHECK(is_bearable({16'384, 8, 1}));
  CHECK(is_bearable({1'048'576, 8, 1}));  // 1 GiB
  for (const ScryptCost& cost : {ScryptCost{8'192, 8, 1},
                                 {2'097'152, 8, 1},
                                 {1'048'576, 9, 1},
                                 {131'073, 8, 1},
                                 {131'072, 7, 1},
                                 {131'072, 0, 1},
                                 {131'072, 8, 0},
                                 {131'072, 8, 17},
                                 {0, 8, 1},
                                 {-131'072, 8, 1},
                                 {131'072, -8, 1},
                                 {std::int64_t{1} << 62, 8, 1},
                                 {131'072, std::int64_t{1} << 62, 1},
                                 {131'072, 8, std::int64_t{1} << 62}}) {
    CAPTURE(cost.n);
    CAPTURE(cost.r);
    CAPTURE(cost.p);
    CHECK_FALSE(is_bearable(cost));
  }
}
