// QR codes by libqrencode. Pure functions; any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::print {

// One SVG document of dark modules on white, 4 modules of quiet zone (ISO/IEC 18004), error correction M. ASCII only:
// readers disagree about the character set of anything else. invalid: empty or not printable ASCII; limit: too long.
core::Result<std::string> qr_svg(std::string_view ascii);

}  // namespace plus7::print
