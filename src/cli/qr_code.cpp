#include "cli/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace xauth::cli {

namespace {

constexpr std::size_t kLongest = 2048;  // more would never fit a screen
constexpr int kQuietZone = 4;

// Colours of the fixed part of the 256: the first 16 are what a person's theme makes of them.
constexpr const char* kBlackOnWhite = "\033[38;5;16;48;5;231m";
constexpr const char* kUsualColors = "\033[0m";

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, Free>;

// Whether the module is black; all that lies outside of the code is white.
bool is_black(const QRcode& code, int x, int y) {
  if (x < 0 || y < 0 || x >= code.width || y >= code.width) return false;
  return (code.data[y * code.width + x] & 1) != 0;
}

const char* half_blocks(bool upper_black, bool lower_black) {
  if (upper_black) return lower_black ? "█" : "▀";
  return lower_black ? "▄" : " ";
}

}  // namespace

std::optional<std::vector<std::string>> qr_code(std::string_view text, TerminalSize size) {
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const Code code(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_L));
  if (!code) return std::nullopt;
  const int side = code->width + 2 * kQuietZone;
  if (side > size.columns || (side + 1) / 2 + 1 > size.rows) return std::nullopt;

  std::vector<std::string> rows;
  for (int y = -kQuietZone; y < code->width + kQuietZone; y += 2) {
    std::string row = kBlackOnWhite;
    for (int x = -kQuietZone; x < code->width + kQuietZone; ++x) {
      row += half_blocks(is_black(*code, x, y), is_black(*code, x, y + 1));
    }
    rows.push_back(row + kUsualColors);
  }
  return rows;
}

}  // namespace xauth::cli
