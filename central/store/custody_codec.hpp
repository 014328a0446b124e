// What the rules of custody need, as the bytes of custody.state. SQL-free.
#pragma once
#include "central/store/custody_store.hpp"

namespace plus7::central::store {

core::Bytes custody_state(const CustodyRow& row);
// Fills what custody_state wrote; throws std::logic_error on bytes that it cannot have written.
void read_custody_state(core::ByteView state, CustodyRow& row);

}  // namespace plus7::central::store
