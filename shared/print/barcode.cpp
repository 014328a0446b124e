#include "shared/print/barcode.hpp"

#include <zint.h>

#include <memory>
#include <new>
#include <string>

#include "shared/print/ascii.hpp"

namespace plus7::print {
namespace {

constexpr std::size_t most_characters = 160;  // a sane end before the library's own, far beyond any label

Barcode bars_of(const zint_symbol& symbol) {
    Barcode bars;
    bars.modules = symbol.width;
    bool was_dark = false;
    for (int at = 0; at < symbol.width; ++at) {
        const bool is_dark = ((symbol.encoded_data[0][at / 8] >> (at % 8)) & 1) != 0;
        if (is_dark != was_dark) bars.widths.push_back(0);
        ++bars.widths.back();
        was_dark = is_dark;
    }
    return bars;
}

}  // namespace

core::Result<Barcode> barcode(std::string_view ascii, Symbology symbology) {
    if (!is_printable_ascii(ascii)) return core::invalid("a barcode takes printable ASCII only, and not nothing");
    if (ascii.size() > most_characters) return core::limit("the text is too long for a barcode");
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(), ZBarcode_Delete);
    if (!symbol) throw std::bad_alloc();
    symbol->symbology = symbology == Symbology::gs1_128 ? BARCODE_GS1_128 : BARCODE_CODE128;
    symbol->input_mode = symbology == Symbology::gs1_128 ? GS1_MODE | GS1PARENS_MODE : DATA_MODE;
    const std::string text(ascii);
    const int outcome = ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(text.data()),
                                        static_cast<int>(text.size()));
    if (outcome == ZINT_ERROR_TOO_LONG) return core::limit("the text is too long for a barcode");
    if (outcome == ZINT_ERROR_MEMORY) throw std::bad_alloc();
    // A warning too: what breaks the standard is not printed.
    if (outcome != 0) return core::invalid(std::string("no barcode: ") + symbol->errtxt);
    return bars_of(*symbol);
}

}  // namespace plus7::print
