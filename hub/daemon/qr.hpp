// A QR code for a terminal, in half blocks of UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace attune::daemon {

/// The code with its quiet zone, two modules to a character cell, each line ending in "\n". The colours are set, black
/// on white, so that it can be scanned on dark and light terminals alike; with `colour` off (NO_COLOR, a file) the
/// light modules are drawn as blocks, which is right on a dark terminal. Empty when the text does not fit into a code.
std::string qr_code(std::string_view text, bool colour);

/// The code as an SVG picture with its quiet zone of four modules, for a page that is printed. Empty when it does not fit.
std::string qr_svg(std::string_view text);

}  // namespace attune::daemon
