// Which barcode a picture shows, by ZXing-cpp: EAN-13, EAN-8, Code 128 (GS1-128), QR and Data Matrix, turned any way.
// Pure; any thread; tens of milliseconds.
#pragma once
#include <optional>

#include "agent/camera/frame.hpp"

namespace plus7::agent::camera {

struct Symbol {
    core::Bytes code;     // as a scanner gives it: GS1 without the leading FNC1, the others as GS
    bool linear = false;  // bars, which have a check digit only; matrix codes correct errors
    bool operator==(const Symbol&) const = default;
};

// The one nearest to the middle, where the courier aims, when there are several. Nothing: none that can be read.
std::optional<Symbol> read_symbol(const Frame& frame);

}  // namespace plus7::agent::camera
