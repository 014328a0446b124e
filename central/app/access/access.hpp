// What a courier is told of who looked at his place (C10): the looks of thirty days from the audit, as rows of his
// handheld's view. Told when the handheld greets, when he gets another one, and by a job; only a change takes a
// version. Inside the caller's transaction.
#pragma once
#include <string>
#include <vector>

#include "central/store/access_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::access {

constexpr auto kept_for = std::chrono::hours{24 * 30};
constexpr auto told_every = std::chrono::minutes{10};
constexpr auto one_look = std::chrono::hours{1};  // looks no further apart than this are one
constexpr std::size_t most_looks = 200;           // the newest

// One entry for what one person watched without an hour's pause; of a track also: of the same day. By `from`. Pure.
std::vector<store::LookRow> coalesce(const std::vector<store::LookRow>& looks);

// Of him who carries the device now; another courier's record leaves it. True: the view changed.
bool retell(core::Tx& tx, const core::DeviceId& device, core::TimeUs now);
void withdraw(core::Tx& tx, const core::DeviceId& device);

// Those whose record may be news to them at this turn of the job.
std::vector<core::DeviceId> due(core::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::app::access
