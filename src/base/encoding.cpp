#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace xauth {

namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode_base64(std::string_view bytes, std::string_view alphabet, bool padded) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k <= count; ++k) out += alphabet[group >> (18 - 6 * k) & 63U];
    if (padded) out.append(3 - count, '=');
  }
  return out;
}

// The whole bytes that the digits hold; nothing when one is not of the alphabet.
std::optional<std::string> bytes_of(std::string_view digits, std::string_view alphabet) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : digits) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 255U);
  }
  return out;
}

bool is_alnum(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string escape(std::string_view text, std::string_view kept) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_alnum(c) || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string base64url(std::string_view bytes) { return encode_base64(bytes, kUrl, false); }

std::string base64(std::string_view bytes) { return encode_base64(bytes, kStandard, true); }

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string_view digits = text;
  while (!digits.empty() && text.size() - digits.size() < 2 && digits.back() == '=') {
    digits.remove_suffix(1);
  }
  auto bytes = bytes_of(digits, kStandard);
  if (bytes && base64(*bytes) != text) return std::nullopt;  // stray bits behind the last byte
  return bytes;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  auto bytes = bytes_of(text, kUrl);
  if (bytes && base64url(*bytes) != text) return std::nullopt;
  return bytes;
}

std::string percent_encode(std::string_view text) { return escape(text, "-._~"); }

std::string form_encode(std::string_view text) {
  std::string out = escape(text, "-._* ");
  std::replace(out.begin(), out.end(), ' ', '+');
  return out;
}

std::optional<std::string> form_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::vector<Parameter> parse_query(std::string_view query) {
  std::vector<Parameter> parameters;
  while (!query.empty()) {
    const std::string_view piece = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(piece.size() + 1, query.size()));
    const auto equals = piece.find('=');
    auto name = form_decode(piece.substr(0, equals));
    if (!name || name->empty()) continue;
    const auto value =
        equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1);
    parameters.push_back({std::move(*name), form_decode(value)});
  }
  return parameters;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto character = next_utf8(text);
    if (!character) return false;
    text.remove_prefix(character->length);
  }
  return true;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= 0x20 && c <= 0x7E; });
}

}  // namespace xauth
