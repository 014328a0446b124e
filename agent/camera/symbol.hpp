// What a barcode in a picture says.
#pragma once
#include "shared/core/bytes.hpp"

namespace plus7::agent::camera {

struct Symbol {
    core::Bytes code;     // as a scanner gives it: GS1 without the leading FNC1, the others as GS
    bool linear = false;  // bars, which have a check digit only; matrix codes correct errors
    bool operator==(const Symbol&) const = default;
};

}  // namespace plus7::agent::camera
