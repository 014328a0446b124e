// What central makes of a hello (docs/protocol.md; the table "met at hello"): opens, seals and freezes epochs, notices
// clones and old images, and says how far it has everything. In a unit.
#pragma once
#include <optional>

#include "shared/core/tx.hpp"
#include "shared/wire/hello.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::central::ingest {

// Nothing: the device is not known, not enrolled or revoked; it gets no answer. Time and certificate are left to the
// caller.
std::optional<wire::Welcome> greet(core::Tx& tx, const core::DeviceId& device, const wire::Hello& hello,
                                   core::TimeUs now);

}  // namespace plus7::central::ingest
