#include "shared/model/custody_facts.hpp"

#include <algorithm>
#include <array>

namespace plus7::model {
namespace {

constexpr std::array<std::string_view, 6> proofs{"unknown", "code", "signature", "photo", "document", "recipient_qr"};

constexpr std::array<std::string_view, 4> ways{"unknown", "cash", "card", "sbp"};

}  // namespace

std::string_view name_of(ProofKind kind) { return proofs[static_cast<std::size_t>(kind)]; }

ProofKind proof_kind_from(std::string_view name) {
    const auto found = std::find(proofs.begin(), proofs.end(), name);
    return found == proofs.end() ? ProofKind::unknown : static_cast<ProofKind>(found - proofs.begin());
}

std::string_view name_of(MoneyWay way) { return ways[static_cast<std::size_t>(way)]; }

MoneyWay money_way_from(std::string_view name) {
    const auto found = std::find(ways.begin(), ways.end(), name);
    return found == ways.end() ? MoneyWay::unknown : static_cast<MoneyWay>(found - ways.begin());
}

}  // namespace plus7::model
