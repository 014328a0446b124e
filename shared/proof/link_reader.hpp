// One entry of a custody file as a link of the report and as the rules read it; what contradicts itself in it is added
// to the link's faults. Signatures and chain are not looked at here. Pure.
#pragma once
#include <optional>

#include "shared/proof/check.hpp"
#include "shared/proof/replay.hpp"
#include "shared/wire/fact.hpp"

namespace plus7::proof {

struct ReadLink {
    Told told;
    std::optional<wire::SignedFact> record;  // both, or none for the office
    std::optional<wire::Fact> fact;
};
ReadLink read_link(const Entry& entry, const Head& head, Link& link);

}  // namespace plus7::proof
