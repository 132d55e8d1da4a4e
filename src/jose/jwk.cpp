#include "jose/jwk.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "base/encoding.h"
#include "base/secret.h"

namespace xauth::jose {

namespace {

constexpr int kFewestBits = 2048;
constexpr int kMostBits = 16'384;  // OpenSSL's own bound; each doubling costs eight times as much
constexpr int kLongestExponent = 64;

struct Curve {
  KeyKind kind;
  std::string_view crv;
  const char* group;
  std::size_t size;
};

constexpr std::array<Curve, 3> kCurves = {{
    {KeyKind::p256, "P-256", "prime256v1", 32},
    {KeyKind::p384, "P-384", "secp384r1", 48},
    {KeyKind::p521, "P-521", "secp521r1", 66},
}};

template <class Matches>
const Curve* find_curve(Matches matches) {
  const auto* curve = std::find_if(kCurves.begin(), kCurves.end(), matches);
  return curve == kCurves.end() ? nullptr : curve;
}

const Curve* curve_of(KeyKind kind) {
  return find_curve([&](const Curve& curve) { return curve.kind == kind; });
}

// The bytes of the member `name`; empty when it is missing or no canonical base64url.
Secret bytes_at(const Json& jwk, const char* name) {
  const Json* member = jwk.find(name);
  if (member == nullptr || member->string() == nullptr) return Secret();
  return Secret(base64url_decode(*member->string()).value_or(""));
}

std::string_view text_at(const Json& jwk, const char* name) {
  const Json* member = jwk.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : std::string_view();
}

Number number_from(const Secret& bytes) {
  if (bytes.empty()) return nullptr;
  return Number(BN_bin2bn(bytes_of(std::string_view(bytes.reveal())),
                          static_cast<int>(bytes.reveal().size()), nullptr));
}

Number number_of(const EVP_PKEY& key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(&key, name, &number);
  return Number(number);
}

// A key out of parameters; `selection` is EVP_PKEY_PUBLIC_KEY or EVP_PKEY_KEYPAIR.
Pkey make_key(const char* type, int selection, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (params && context && EVP_PKEY_fromdata_init(context.get()) == 1) {
    EVP_PKEY_fromdata(context.get(), &key, selection, params.get());
  }
  ERR_clear_error();
  return Pkey(key);
}

// Members and OpenSSL's names of the private part of an RSA key; all but the first may be missing,
// together. RFC 7518 §6.3.2
constexpr std::array<std::pair<const char*, const char*>, 6> kRsaPrivate = {{
    {"d", OSSL_PKEY_PARAM_RSA_D},
    {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
    {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
    {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1},
}};

Pkey rsa_key_from(const Json& jwk, int selection) {
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  std::vector<Number> numbers;  // the builder points to them
  const auto push = [&](const char* member, const char* name) {
    Number number = number_from(bytes_at(jwk, member));
    if (!number || BN_num_bits(number.get()) > kMostBits) return false;
    return OSSL_PARAM_BLD_push_BN(builder.get(), name,
                                  numbers.emplace_back(std::move(number)).get()) == 1;
  };
  if (!push("n", OSSL_PKEY_PARAM_RSA_N) || !push("e", OSSL_PKEY_PARAM_RSA_E)) return nullptr;
  if (selection == EVP_PKEY_KEYPAIR) {
    const bool factors = jwk.find("p") != nullptr;
    for (const auto& [member, name] : kRsaPrivate) {
      if (!push(member, name)) return nullptr;
      if (!factors) break;
    }
  }
  return make_key("RSA", selection, builder.get());
}

Pkey ec_key_from(const Json& jwk, int selection) {
  const Curve* curve =
      find_curve([&](const Curve& candidate) { return candidate.crv == text_at(jwk, "crv"); });
  const std::string x = bytes_at(jwk, "x").reveal();
  const std::string y = bytes_at(jwk, "y").reveal();
  if (curve == nullptr || x.size() != curve->size || y.size() != curve->size) return nullptr;
  const std::string point = "\x04" + x + y;
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  Number d;
  if (selection == EVP_PKEY_KEYPAIR) {
    const Secret bytes = bytes_at(jwk, "d");
    if (bytes.reveal().size() != curve->size) return nullptr;
    d = number_from(bytes);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get());
  }
  return make_key("EC", selection, builder.get());
}

std::string raw_public(const EVP_PKEY& key) {
  std::string raw(32, '\0');
  std::size_t size = raw.size();
  EVP_PKEY_get_raw_public_key(&key, bytes_of(raw), &size);
  return raw;
}

Pkey okp_key_from(const Json& jwk, int selection) {
  const std::string x = bytes_at(jwk, "x").reveal();
  if (text_at(jwk, "crv") != "Ed25519" || x.size() != 32) return nullptr;
  if (selection == EVP_PKEY_PUBLIC_KEY) {
    return Pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                            bytes_of(std::string_view(x)), x.size()));
  }
  const Secret d = bytes_at(jwk, "d");
  if (d.reveal().size() != 32) return nullptr;
  Pkey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                        bytes_of(std::string_view(d.reveal())), 32));
  return key && raw_public(*key) == x ? std::move(key) : nullptr;
}

// Whether OpenSSL finds nothing wrong with an EC key: the point is on its curve and not at
// infinity, and the private part belongs to it.
bool sound(EVP_PKEY& key, KeyKind kind, int selection) {
  if (curve_of(kind) == nullptr) return true;
  const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
  const bool checked =
      EVP_PKEY_public_check(context.get()) == 1 &&
      (selection == EVP_PKEY_PUBLIC_KEY || EVP_PKEY_pairwise_check(context.get()) == 1);
  ERR_clear_error();
  return checked;
}

Pkey key_from(const Json& jwk, int selection) {
  const std::string_view kty = text_at(jwk, "kty");
  Pkey key = kty == "RSA"   ? rsa_key_from(jwk, selection)
             : kty == "EC"  ? ec_key_from(jwk, selection)
             : kty == "OKP" ? okp_key_from(jwk, selection)
                            : nullptr;
  if (!key) return nullptr;
  const auto kind = kind_of(*key);
  return kind && sound(*key, *kind, selection) ? std::move(key) : nullptr;
}

std::optional<KeyKind> rsa_kind(const EVP_PKEY& key) {
  const Number n = number_of(key, OSSL_PKEY_PARAM_RSA_N);
  const Number e = number_of(key, OSSL_PKEY_PARAM_RSA_E);
  if (!n || !e) return std::nullopt;
  const int bits = BN_num_bits(n.get());
  const bool modulus = bits >= kFewestBits && bits <= kMostBits && BN_is_odd(n.get()) == 1;
  const bool exponent = BN_is_odd(e.get()) == 1 && BN_is_one(e.get()) == 0 &&
                        BN_num_bits(e.get()) <= kLongestExponent;
  if (!modulus || !exponent) return std::nullopt;
  return KeyKind::rsa;
}

std::optional<KeyKind> ec_kind(const EVP_PKEY& key) {
  std::array<char, 64> group{};
  if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) != 1) return std::nullopt;
  const Curve* curve = find_curve(
      [&](const Curve& candidate) { return std::string_view(group.data()) == candidate.group; });
  if (curve == nullptr) return std::nullopt;
  return curve->kind;
}

// A number as JWKs write it: the fewest bytes, or `size` of them.
Json number_text(const BIGNUM& number, std::size_t size) {
  std::string bytes(std::max<std::size_t>(size, static_cast<std::size_t>(BN_num_bytes(&number))),
                    '\0');
  BN_bn2binpad(&number, bytes_of(bytes), static_cast<int>(bytes.size()));
  return base64url(bytes);
}

}  // namespace

std::optional<KeyKind> kind_of(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "RSA") == 1) return rsa_kind(key);
  if (EVP_PKEY_is_a(&key, "EC") == 1) return ec_kind(key);
  if (EVP_PKEY_is_a(&key, "ED25519") == 1) return KeyKind::ed25519;
  return std::nullopt;
}

bool fits(KeyKind kind, Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::ES256:
      return kind == KeyKind::p256;
    case Algorithm::ES384:
      return kind == KeyKind::p384;
    case Algorithm::ES512:
      return kind == KeyKind::p521;
    case Algorithm::EdDSA:
      return kind == KeyKind::ed25519;
    default:
      return family_of(algorithm) != Family::hmac && kind == KeyKind::rsa;
  }
}

std::size_t coordinate_size(KeyKind kind) {
  const Curve* curve = curve_of(kind);
  return curve == nullptr ? 0 : curve->size;
}

Pkey public_key_from(const Json& jwk) { return key_from(jwk, EVP_PKEY_PUBLIC_KEY); }

Pkey private_key_from(const Json& jwk) { return key_from(jwk, EVP_PKEY_KEYPAIR); }

Json public_jwk_of(const EVP_PKEY& key) {
  const auto kind = kind_of(key);
  assert(kind);
  Json jwk;
  if (*kind == KeyKind::rsa) {
    jwk.set("e", number_text(*number_of(key, OSSL_PKEY_PARAM_RSA_E), 0));
    jwk.set("kty", "RSA");
    jwk.set("n", number_text(*number_of(key, OSSL_PKEY_PARAM_RSA_N), 0));
  } else if (const Curve* curve = curve_of(*kind)) {
    jwk.set("crv", curve->crv);
    jwk.set("kty", "EC");
    jwk.set("x", number_text(*number_of(key, OSSL_PKEY_PARAM_EC_PUB_X), curve->size));
    jwk.set("y", number_text(*number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y), curve->size));
  } else {
    jwk.set("crv", "Ed25519");
    jwk.set("kty", "OKP");
    jwk.set("x", base64url(raw_public(key)));
  }
  return jwk;
}

}  // namespace xauth::jose
