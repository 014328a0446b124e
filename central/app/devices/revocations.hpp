// Brings the revocation list, a file, behind the database again: a crash may fall between the commit that revokes and
// the list that is read by the broker. Synchronous.
#pragma once
#include <string>
#include <vector>

#include "central/app/devices/certificate_authority.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

// Revoked in the database, not on the list. To be given to CertificateAuthority::revoke at start.
std::vector<std::string> missing_revocations(core::Tx& tx, const CertificateAuthority& authority, core::TimeUs now);

}  // namespace plus7::central::app::devices
