// The 64 (or so) handhelds of the measurement: recorded rides cut into track blocks of 60 fixes, one block a batch.
#pragma once
#include "shared/model/fix.hpp"
#include "shared/sql/database.hpp"
#include "tests/bench/ingest/mqtt_load.hpp"
#include "tests/central/ingest/hand_device.hpp"

namespace plus7::bench {

constexpr std::size_t fixes_per_block = 60;

// What every handheld of a measurement does first: enrolled as the office would have done it, then its hello.
void enrol(sql::Database& db, const std::vector<test::HandDevice>& devices);
LoadLine hello_of(const test::HandDevice& device);
// Number up to which central has the lane, by a message from it; 0 when it speaks of something else.
std::uint64_t acked_by(core::ByteView payload, wire::Lane lane);

class Handhelds {
  public:
    explicit Handhelds(std::size_t count);

    const std::vector<test::HandDevice>& devices() const { return devices_; }
    // The next blocks of each, done when central's acks say so. The lines refer to this object.
    std::vector<LoadLine> blocks(std::size_t each);
    std::size_t count() const { return devices_.size(); }

  private:
    core::Bytes next_block(core::TimeMs& from);

    std::vector<model::Fix> ride_;
    std::size_t at_ = 0;
    std::vector<test::HandDevice> devices_;
    std::vector<core::TimeMs> until_;
};

}  // namespace plus7::bench
