#include "shared/model/custody_facts.hpp"

#include <algorithm>
#include <array>

namespace plus7::model {
namespace {

constexpr std::array<std::string_view, 6> proofs{"unknown", "code", "signature", "photo", "document", "recipient_qr"};

}  // namespace

std::string_view name_of(ProofKind kind) { return proofs[static_cast<std::size_t>(kind)]; }

ProofKind proof_kind_from(std::string_view name) {
    const auto found = std::find(proofs.begin(), proofs.end(), name);
    return found == proofs.end() ? ProofKind::unknown : static_cast<ProofKind>(found - proofs.begin());
}

}  // namespace plus7::model
