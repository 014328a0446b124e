// Which barcode a picture shows, by ZXing-cpp: EAN-13, EAN-8, Code 128 (GS1-128), QR and Data Matrix, turned any way.
// Pure; any thread; tens of milliseconds.
#pragma once
#include <optional>

#include "agent/camera/frame.hpp"
#include "agent/camera/symbol.hpp"

namespace plus7::agent::reader {

// The one nearest to the middle, where the courier aims, when there are several. Nothing: none that can be read.
std::optional<camera::Symbol> read_symbol(const camera::Frame& frame);

}  // namespace plus7::agent::reader
