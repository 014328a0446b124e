// Ids of the domain's things: 16 bytes, made by the application, distinct types.
#pragma once
#include "shared/core/bytes.hpp"

namespace plus7::model {

using CourierId = core::Fixed<16, struct CourierIdTag>;
using ShiftId = core::Fixed<16, struct ShiftIdTag>;
using OrderId = core::Fixed<16, struct OrderIdTag>;
using ParcelId = core::Fixed<16, struct ParcelIdTag>;
using TransferId = core::Fixed<16, struct TransferIdTag>;  // one handover courier → courier, named by both halves
using RegistryId = core::Fixed<16, struct RegistryIdTag>;  // a partner's list of parcels to expect at a depot
using BagId = core::Fixed<16, struct BagIdTag>;            // parcels that are scanned as one
using WipeId = core::Fixed<16, struct WipeIdTag>;          // one request of the office to wipe a device

}  // namespace plus7::model
