// Packs consecutive records of one lane until a goal in bytes: what the uplink takes in two seconds. Owned by the
// agent's sync session, one thread.
#pragma once
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/wire/lane.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {

class BatchBuilder {
  public:
    // `goal_bytes` counts records before compression, so the message is never longer; brought into 4 … 64 KiB.
    BatchBuilder(Lane lane, const core::Epoch& epoch, std::uint64_t first_seq, std::size_t goal_bytes);

    enum class Added { yes, full, too_long };
    // full: not taken, send what is there first. too_long: no batch can carry it, not even alone.
    Added add(core::Bytes record);

    bool empty() const { return records_.empty(); }
    std::size_t size() const { return records_.size(); }
    std::size_t bytes() const { return bytes_; }
    std::uint64_t first_seq() const { return first_seq_; }
    std::uint64_t next_seq() const { return first_seq_ + records_.size(); }

    // The message; the builder then waits for record next_seq. Throws std::logic_error when nothing was added.
    core::Bytes finish();

    // Room for the header and the payload's own heads (43 + 3 bytes at most) is kept free.
    static constexpr std::size_t max_record_bytes = max_batch_bytes - 64;

  private:
    Lane lane_;
    core::Epoch epoch_;
    std::uint64_t first_seq_;
    std::size_t goal_;
    std::size_t bytes_ = 0;
    std::vector<core::Bytes> records_;
};

}  // namespace plus7::wire
