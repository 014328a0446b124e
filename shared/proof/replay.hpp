// The rules of custody (shared/model/custody) over the events of a custody file, as central applies them. One thread.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "shared/model/custody_facts.hpp"
#include "shared/proof/parcel_file.hpp"

namespace plus7::proof {

// An event as the rules read it.
struct Told {
    core::EventId event;
    std::string source;
    std::uint64_t knew = 0;
    std::optional<model::TransferId> transfer;
    std::optional<model::CourierId> courier;
    model::Standing standing = model::Standing::good;
    std::variant<std::monostate, model::HandedOver, model::AttemptFailed, model::Damaged, model::Corrected> what;
};

class Replay {
  public:
    // Nothing for what the rules do not read.
    std::optional<model::Verdict> take(const Told& told);
    const model::Custody& custody() const { return custody_; }

    // What central states and the rules do not give; empty when they agree.
    std::vector<std::string> differences(const Head& head) const;

  private:
    model::Verdict attempt(const Told& told);
    model::Verdict damage(const Told& told);

    model::Custody custody_;
    std::vector<core::EventId> notes_;  // attempts and damages
};

}  // namespace plus7::proof
