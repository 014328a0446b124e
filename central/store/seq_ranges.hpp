// Which numbers of a lane are there, for lanes that are received in any order. SQL only. Within a transaction.
#pragma once
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::store {

// `table` is track_record or blob_chunk. `also` are ranges that count as received, ascending by first.
std::uint64_t prefix_from(sql::Tx& tx, const std::string& table, const core::DeviceId& device, const core::Epoch& epoch,
                          std::uint64_t upto, const std::vector<wire::SeqRange>& also);
// The newest ranges above `upto`, at most wire::max_ranges, ascending and apart.
std::vector<wire::SeqRange> ranges_above(sql::Tx& tx, const std::string& table, const core::DeviceId& device,
                                         const core::Epoch& epoch, std::uint64_t upto);

}  // namespace plus7::central::store
