#include "central/app/devices/revocations.hpp"

#include <algorithm>

#include "central/store/certificate_store.hpp"

namespace plus7::central::app::devices {

std::vector<std::string> missing_revocations(core::Tx& tx, const CertificateAuthority& authority, core::TimeUs now) {
    auto serials = store::revoked_serials(tx, now);
    std::erase_if(serials, [&](const std::string& serial) { return authority.is_revoked(serial); });
    return serials;
}

}  // namespace plus7::central::app::devices
