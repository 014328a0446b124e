#include "shared/wire/batch_builder.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/wire/batch.hpp"

namespace plus7::wire {
namespace {
constexpr std::size_t least_goal = 4 * 1024;
}

BatchBuilder::BatchBuilder(Lane lane, const core::Epoch& epoch, std::uint64_t first_seq, std::size_t goal_bytes)
    : lane_(lane),
      epoch_(epoch),
      first_seq_(first_seq),
      goal_(std::clamp(goal_bytes, least_goal, max_batch_bytes) - (max_batch_bytes - max_record_bytes)) {}

BatchBuilder::Added BatchBuilder::add(core::Bytes record) {
    if (record.size() > max_record_bytes) return Added::too_long;
    const bool fits = bytes_ + record.size() <= goal_ && records_.size() < max_batch_records;
    if (!fits && !records_.empty()) return Added::full;
    bytes_ += record.size();
    records_.push_back(std::move(record));
    return Added::yes;
}

core::Bytes BatchBuilder::finish() {
    if (records_.empty()) throw std::logic_error("a batch without records");
    auto message = encode_batch(lane_, epoch_, first_seq_, records_);
    first_seq_ = next_seq();
    records_.clear();
    bytes_ = 0;
    return std::move(message).value();
}

}  // namespace plus7::wire
