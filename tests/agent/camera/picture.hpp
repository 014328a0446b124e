// What a camera would see: barcodes drawn by zint on a sheet, turned, blurred, badly lit.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "agent/camera/frame.hpp"

namespace plus7::test {

struct Drawn {  // zint's names; see barcode()
    enum class Kind { ean13, ean8, code128, gs1_128, qr, data_matrix, gs1_data_matrix };
};

class Picture {
  public:
    Picture(int width, int height, std::uint8_t shade);

    static Picture barcode(Drawn::Kind kind, std::string_view text, int pixels_a_module);
    static Picture noise(int width, int height, unsigned seed);

    int width() const { return width_; }
    int height() const { return height_; }

    // Put with its middle at (x, y), turned by so many degrees; what lies outside of this sheet is cut off.
    Picture with(const Picture& other, int x, int y, double degrees = 0) const;
    Picture blurred(int radius) const;
    Picture lit(double from, double to, int darkest) const;  // brightness from left to right; and black is no blacker

    core::Bytes message() const;  // as the page sends it

  private:
    std::size_t place(int x, int y) const;
    std::uint8_t at(int x, int y) const;

    int width_;
    int height_;
    core::Bytes gray_;
};

core::Bytes message_of(int width, int height, core::ByteView gray);

}  // namespace plus7::test
