// QR codes drawn with characters, for a camera in front of the terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/terminal.h"

namespace xauth::cli {

// The rows that draw `text` as a QR code: black on white whatever the terminal's own colours are,
// two rows of modules a line of half blocks, with the quiet zone of four modules around. Nothing
// when it does not fit into `size` with one line left, or the text (at most 2,048 bytes) is too
// long or empty. ISO/IEC 18004 §5.3.8
std::optional<std::vector<std::string>> qr_code(std::string_view text, TerminalSize size);

}  // namespace xauth::cli
