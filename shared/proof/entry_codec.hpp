// The bytes of one event of a custody file. Behind parcel_file only; pure.
#pragma once
#include "shared/proof/parcel_file.hpp"

namespace plus7::proof {

core::Bytes encode_entry(const Entry& entry);

}  // namespace plus7::proof
