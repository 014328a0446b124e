// QR codes by libqrencode. Pure functions; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::print {

// Neighbouring dark modules of one row.
struct QrRun {
    int x = 0;
    int y = 0;
    int length = 0;
};

struct QrMatrix {
    int size = 0;             // modules of an edge, without quiet zone
    std::vector<QrRun> dark;  // row by row; all other modules are light
};

// Light modules that stay free on all sides (ISO/IEC 18004).
constexpr int qr_quiet_zone = 4;

// Error correction M. ASCII only: readers disagree about the character set of anything else. invalid: empty or not
// printable ASCII; limit: too long.
core::Result<QrMatrix> qr_matrix(std::string_view ascii);

// The same as one SVG document of dark modules on white, with its quiet zone.
core::Result<std::string> qr_svg(std::string_view ascii);

}  // namespace plus7::print
