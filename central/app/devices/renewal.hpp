// A device asks for its next certificate over plain HTTPS, as long as its record key stands (docs/protocol.md). Three
// steps as in enrolment.hpp: check, issue, commit. Synchronous.
#pragma once
#include <optional>
#include <string>

#include "central/app/devices/device_proof.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

struct RenewalRequest {
    std::string certificate_pem;  // the old one
    std::string csr_pem;
    core::Signature record_signature;  // over SHA-256 of the request in DER form
};
struct CheckedRenewal {
    core::DeviceId device;
    core::PublicKey record_key;
    core::Hash csr_key;
    std::optional<std::string> certificate;  // given to this key within 24 h: the answer, nothing is issued
};
// denied: not our certificate, revoked, or a signature is wrong; expired: more than 90 days past; not_found: no such
// device; invalid: unreadable.
core::Result<CheckedRenewal> check_renewal(core::Tx& tx, const CertificateAuthority& authority,
                                           const RenewalRequest& request, core::TimeUs now);
// The older certificates stay good until they end: the answer may get lost. denied: revoked meanwhile.
core::Status commit_renewal(core::Tx& tx, const CheckedRenewal& checked, const IssuedCertificate& issued,
                            core::TimeUs now);

}  // namespace plus7::central::app::devices
