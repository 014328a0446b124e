#include "shared/print/qr.hpp"

#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace plus7::print {
namespace {

constexpr int quiet_zone = 4;

// Each run of dark modules of a row as one rectangle of a path.
std::string path_of(const QRcode& code) {
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            const auto is_dark = [&](int at) { return at < code.width && (code.data[y * code.width + at] & 1) != 0; };
            if (!is_dark(x)) continue;
            int end = x;
            while (is_dark(end)) ++end;
            const auto run = std::to_string(end - x);
            path += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" + run + "v1h-" +
                    run + "z";
            x = end;
        }
    }
    return path;
}

}  // namespace

core::Result<std::string> qr_svg(std::string_view ascii) {
    const bool printable = std::all_of(ascii.begin(), ascii.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (ascii.empty() || !printable) return core::invalid("a QR code takes printable ASCII only");
    const std::string text(ascii);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                          QRcode_free);
    if (!code) return core::limit("the text is too long for a QR code");
    const auto size = std::to_string(code->width + 2 * quiet_zone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + size + " " + size +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + size + "v" + size + "H0z\"/><path d=\"" +
           path_of(*code) + "\"/></svg>";
}

}  // namespace plus7::print
