#include "shared/print/qr.hpp"

#include <qrencode.h>

#include <memory>

#include "shared/print/ascii.hpp"

namespace plus7::print {
namespace {

QrMatrix matrix_of(const QRcode& code) {
    QrMatrix matrix;
    matrix.size = code.width;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            const auto is_dark = [&](int at) { return at < code.width && (code.data[y * code.width + at] & 1) != 0; };
            if (!is_dark(x)) continue;
            int end = x;
            while (is_dark(end)) ++end;
            matrix.dark.push_back({x, y, end - x});
            x = end;
        }
    }
    return matrix;
}

// Each run as one rectangle of a path.
std::string path_of(const QrMatrix& matrix) {
    std::string path;
    for (const auto& run : matrix.dark) {
        const auto length = std::to_string(run.length);
        path += "M" + std::to_string(run.x + qr_quiet_zone) + " " + std::to_string(run.y + qr_quiet_zone) + "h" +
                length + "v1h-" + length + "z";
    }
    return path;
}

}  // namespace

core::Result<QrMatrix> qr_matrix(std::string_view ascii) {
    if (!is_printable_ascii(ascii)) return core::invalid("a QR code takes printable ASCII only");
    const std::string text(ascii);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
    if (!code) return core::limit("the text is too long for a QR code");
    return matrix_of(*code);
}

core::Result<std::string> qr_svg(std::string_view ascii) {
    const auto matrix = qr_matrix(ascii);
    if (!matrix) return matrix.error();
    const auto size = std::to_string(matrix->size + 2 * qr_quiet_zone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + size + " " + size +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + size + "v" + size + "H0z\"/><path d=\"" +
           path_of(*matrix) + "\"/></svg>";
}

}  // namespace plus7::print
