// Every courier as the live map shows him now, with a version that moves when his line changes; viewers compare
// versions. Made anew from the hub at each tick. Used by one thread at a time.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "central/api/live_codec.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::api {

struct RollEntry {
    LiveCourier courier;
    std::string info_json, row_json;
    std::uint64_t info_version = 0, row_version = 0;
    app::couriers::LiveState state = app::couriers::LiveState::off_shift;
    std::optional<core::LatLon> place;  // nothing off shift
};

class LiveRoll {
  public:
    using Entries = std::map<std::string, RollEntry>;  // by courier id

    // The couriers who are not blocked, and what they carry.
    static std::vector<LiveCourier> read_couriers(core::Tx& tx);
    void set_couriers(std::vector<LiveCourier> couriers);
    // Places, and states as they are at `now`: some change by the mere passing of time.
    void update(const app::tracking::LiveHub& hub, core::TimeUs now);

    const Entries& entries() const { return entries_; }

  private:
    Entries entries_;
    std::uint64_t version_ = 0;
};

}  // namespace plus7::central::api
