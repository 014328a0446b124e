#include "agent/reader/read_symbol.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>

namespace plus7::agent::reader {
namespace {

using camera::Frame;
using camera::Symbol;
using ZXing::BarcodeFormat;
using ZXing::BarcodeFormats;

constexpr std::uint8_t most_symbols = 8;

// Debian's 1.4.0 ends the process when it compares bars that it found more than once in a picture (an assertion in
// Result::operator==). So it looks for one symbol of bars, and for nothing in pictures that it makes smaller itself.
ZXing::DecodeHints hints(BarcodeFormats formats, std::uint8_t most) {
    ZXing::DecodeHints hints;
    hints.setFormats(formats);
    hints.setMaxNumberOfSymbols(most);
    hints.setTryDownscale(false);
    return hints;
}

// Squared, of the symbol's middle from the frame's, in half pixels.
long long from_middle(const ZXing::Result& result, const Frame& frame) {
    const auto middle = ZXing::Center(result.position());
    const long long x = 2LL * middle.x - frame.width;
    const long long y = 2LL * middle.y - frame.height;
    return x * x + y * y;
}

std::optional<Symbol> nearest_symbol(const Frame& frame) {
    const ZXing::ImageView view(frame.gray.data(), frame.width, frame.height, ZXing::ImageFormat::Lum);
    const auto bars = BarcodeFormat::EAN13 | BarcodeFormat::EAN8 | BarcodeFormat::Code128;
    auto found = ZXing::ReadBarcodes(view, hints(BarcodeFormat::QRCode | BarcodeFormat::DataMatrix, most_symbols));
    for (auto& one : ZXing::ReadBarcodes(view, hints(bars, 1))) found.push_back(std::move(one));
    std::erase_if(found, [](const ZXing::Result& one) { return !one.isValid() || one.bytes().empty(); });
    if (found.empty()) return std::nullopt;
    const auto nearest = std::min_element(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        return from_middle(a, frame) < from_middle(b, frame);
    });
    const auto linear = BarcodeFormats(BarcodeFormat::LinearCodes).testFlag(nearest->format());
    return Symbol{core::Bytes(nearest->bytes().begin(), nearest->bytes().end()), linear};
}

// Half as wide and high, each pixel the mean of four.
core::Bytes halved(const Frame& frame) {
    const auto width = static_cast<std::size_t>(frame.width);
    core::Bytes half;
    half.reserve(frame.gray.size() / 4);
    for (std::size_t y = 0; y + 1 < static_cast<std::size_t>(frame.height); y += 2)
        for (std::size_t x = 0; x + 1 < width; x += 2) {
            const auto* at = &frame.gray[y * width + x];
            half.push_back(static_cast<std::uint8_t>((at[0] + at[1] + at[width] + at[width + 1] + 2) / 4));
        }
    return half;
}

}  // namespace

std::optional<Symbol> read_symbol(const Frame& frame) {
    if (auto found = nearest_symbol(frame)) return found;
    if (std::min(frame.width, frame.height) < 2 * Frame::least_side) return std::nullopt;
    const auto half = halved(frame);  // what is out of focus is sharper when it is smaller
    return nearest_symbol({frame.width / 2, frame.height / 2, half});
}

}  // namespace plus7::agent::reader
