#include "tests/agent/camera/picture.hpp"

#include <zint.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <random>
#include <stdexcept>

namespace plus7::test {
namespace {

void choose(zint_symbol& symbol, Drawn::Kind kind) {
    using Kind = Drawn::Kind;
    const bool is_gs1 = kind == Kind::gs1_128 || kind == Kind::gs1_data_matrix;
    symbol.input_mode = is_gs1 ? GS1_MODE | GS1PARENS_MODE : DATA_MODE;
    switch (kind) {
        case Kind::ean13:
        case Kind::ean8:
            symbol.symbology = BARCODE_EANX;
            return;
        case Kind::code128:
            symbol.symbology = BARCODE_CODE128;
            return;
        case Kind::gs1_128:
            symbol.symbology = BARCODE_GS1_128;
            return;
        case Kind::qr:
            symbol.symbology = BARCODE_QRCODE;
            return;
        case Kind::data_matrix:
        case Kind::gs1_data_matrix:
            symbol.symbology = BARCODE_DATAMATRIX;
    }
}

}  // namespace

Picture::Picture(int width, int height, std::uint8_t shade)
    : width_(width),
      height_(height),
      gray_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), shade) {}

Picture Picture::barcode(Drawn::Kind kind, std::string_view text, int pixels_a_module) {
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(), ZBarcode_Delete);
    choose(*symbol, kind);
    symbol->scale = static_cast<float>(pixels_a_module) / 2;  // zint's modules are two pixels wide
    symbol->output_options |= BARCODE_QUIET_ZONES;
    const std::string copy(text);
    const auto* bytes = reinterpret_cast<const unsigned char*>(copy.c_str());
    if (ZBarcode_Encode_and_Buffer(symbol.get(), bytes, static_cast<int>(copy.size()), 0) != 0)
        throw std::runtime_error(symbol->errtxt);
    Picture drawn(symbol->bitmap_width, symbol->bitmap_height, 255);
    for (std::size_t i = 0; i < drawn.gray_.size(); ++i) drawn.gray_[i] = symbol->bitmap[3 * i];
    return drawn;
}

Picture Picture::noise(int width, int height, unsigned seed) {
    Picture picture(width, height, 0);
    std::mt19937 random(seed);
    for (auto& pixel : picture.gray_) pixel = static_cast<std::uint8_t>(random() >> 24);
    return picture;
}

std::size_t Picture::place(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
}

std::uint8_t Picture::at(int x, int y) const { return gray_[place(x, y)]; }

Picture Picture::with(const Picture& other, int x, int y, double degrees) const {
    auto sheet = *this;
    const double angle = degrees * std::numbers::pi / 180;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    const auto reach = static_cast<int>(std::hypot(other.width_, other.height_) / 2) + 1;
    for (int row = std::max(0, y - reach); row < std::min(height_, y + reach); ++row)
        for (int column = std::max(0, x - reach); column < std::min(width_, x + reach); ++column) {
            const double dx = column - x;
            const double dy = row - y;
            const auto from_x = static_cast<int>(std::floor(dx * cosine + dy * sine + other.width_ / 2.0));
            const auto from_y = static_cast<int>(std::floor(dy * cosine - dx * sine + other.height_ / 2.0));
            const bool is_inside = from_x >= 0 && from_y >= 0 && from_x < other.width_ && from_y < other.height_;
            if (is_inside) sheet.gray_[place(column, row)] = other.at(from_x, from_y);
        }
    return sheet;
}

Picture Picture::blurred(int radius) const {
    auto soft = *this;
    for (int y = 0; y < height_; ++y)
        for (int x = 0; x < width_; ++x) {
            int sum = 0;
            int count = 0;
            for (int j = std::max(0, y - radius); j <= std::min(height_ - 1, y + radius); ++j)
                for (int i = std::max(0, x - radius); i <= std::min(width_ - 1, x + radius); ++i, ++count)
                    sum += at(i, j);
            soft.gray_[place(x, y)] = static_cast<std::uint8_t>(sum / count);
        }
    return soft;
}

Picture Picture::lit(double from, double to, int darkest) const {
    auto dim = *this;
    for (std::size_t i = 0; i < gray_.size(); ++i) {
        const auto column = static_cast<double>(i % static_cast<std::size_t>(width_));
        const double light = from + (to - from) * column / width_;
        dim.gray_[i] = static_cast<std::uint8_t>((darkest + gray_[i] * (255 - darkest) / 255) * light);
    }
    return dim;
}

core::Bytes Picture::message() const { return message_of(width_, height_, gray_); }

core::Bytes message_of(int width, int height, core::ByteView gray) {
    core::Bytes message;
    for (const int side : {width, height}) {
        message.push_back(static_cast<std::uint8_t>(side));
        message.push_back(static_cast<std::uint8_t>(side >> 8));
    }
    message.insert(message.end(), gray.begin(), gray.end());
    return message;
}

}  // namespace plus7::test
