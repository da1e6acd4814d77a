// libqrencode makes the modules; it appears here alone.
#include "hub/daemon/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace attune::daemon {

namespace {
constexpr int quiet = 2;  // modules around the code: four are the rule, two are read by every camera and fit a terminal
}

std::string qr_code(std::string_view text, bool colour) {
    const std::string copy(text);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(copy.c_str(), 0, QR_ECLEVEL_L),
                                                          &QRcode_free);
    if (!code) return {};
    const auto dark = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= code->width || y >= code->width) return false;
        return (code->data[y * code->width + x] & 1) != 0;
    };
    std::string out;
    for (int y = -quiet; y < code->width + quiet; y += 2) {
        if (colour)
            out += "\x1b[38;5;16;48;5;231m";  // black on white, from the part of the palette that themes leave alone
        for (int x = -quiet; x < code->width + quiet; ++x) {
            // Without colours the blocks are the light modules; below the last row there is nothing to draw.
            const bool below = y + 1 < code->width + quiet;
            const bool top = dark(x, y) == colour;
            const bool bottom = below ? dark(x, y + 1) == colour : false;
            out += top && bottom ? "█" : top ? "▀" : bottom ? "▄" : " ";
        }
        if (colour) out += "\x1b[0m";
        out += '\n';
    }
    return out;
}

std::string qr_svg(std::string_view text) {
    constexpr int around = 4;
    const std::string copy(text);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(copy.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return {};
    const std::string size = std::to_string(code->width + 2 * around);
    std::string out = "<svg viewBox=\"0 0 " + size + " " + size + "\" role=\"img\" aria-label=\"code\"><path d=\"";
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if ((code->data[y * code->width + x] & 1) != 0)
                out += "M" + std::to_string(x + around) + " " + std::to_string(y + around) + "h1v1h-1z";
    return out + "\"/></svg>";
}

}  // namespace attune::daemon
