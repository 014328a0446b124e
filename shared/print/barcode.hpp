// Linear barcodes by zint: which bars and spaces a text becomes, for whoever draws them. Pure functions; any thread.
#pragma once
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::print {

enum class Symbology {
    code128,  // printable ASCII as it stands
    gs1_128,  // application identifiers in parentheses: "(00)346012345678901233"; lengths and check digits are looked
              // at
};

struct Barcode {
    std::vector<int> widths;  // in modules: bar, space, bar, …, bar
    int modules = 0;          // their sum, without quiet zones
};

// Light modules that stay free at either end (ISO/IEC 15417).
constexpr int barcode_quiet_zone = 10;

// invalid: empty, not printable ASCII, or no GS1 text; limit: longer than the symbology allows.
core::Result<Barcode> barcode(std::string_view ascii, Symbology symbology = Symbology::code128);

}  // namespace plus7::print
