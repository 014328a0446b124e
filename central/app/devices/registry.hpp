// The list of handhelds: create, name, lock, revoke. Synchronous, inside the caller's transaction; what has to happen
// outside the database afterwards is said in the results.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "central/app/devices/carrying.hpp"
#include "central/store/device_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

bool is_label(std::string_view label);  // 1 – 60 characters, not only blanks

// A new device id with no key yet. invalid: the label.
core::Result<store::DeviceRow> create_device(core::Tx& tx, const std::string& label, core::TimeUs now);
core::Result<store::DeviceRow> rename_device(core::Tx& tx, const core::DeviceId& id, const std::string& label);

// Personal data on the device becomes unreadable as soon as it hears of it (a view row); it goes on recording facts.
// conflict: never enrolled, or revoked. Repeating changes only the reason.
core::Result<store::DeviceRow> lock_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason);
// Locked, and besides the device is told to sign the courier out and to say when nothing personal is left on it; facts
// that are not here yet are still sent. As lock_device; asking again while it is asked changes only the reason.
core::Result<store::DeviceRow> wipe_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason,
                                           core::TimeUs now);
// Takes an asked wipe back, when the device did not hear of it yet.
core::Result<store::DeviceRow> unlock_device(core::Tx& tx, const core::DeviceId& id);

struct RevokedDevice {
    store::DeviceRow device;
    // To be put on the revocation list and the device kicked once the transaction is durable. All of the device's, also
    // when it was revoked before: repeating heals a list that could not be written then.
    std::vector<std::string> serials;
    std::vector<Carried> released;  // who carried it
};
// For ever: certificates, open tokens, the courier's binding.
core::Result<RevokedDevice> revoke_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason,
                                          core::TimeUs now);

std::string label_pattern(std::string_view typed);  // for the query of a list

}  // namespace plus7::central::app::devices
