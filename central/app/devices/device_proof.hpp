// Which device is asking over plain HTTPS: the one whose certificate it shows, as long as neither is revoked; that it
// is it, the record key's signature over what is asked proves. Within a transaction; synchronous.
#pragma once
#include <string>

#include "central/app/devices/certificate_authority.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

constexpr auto renewable_for = std::chrono::days{90};  // after the certificate's end it still says who asks

struct ShownDevice {
    core::DeviceId id;
    core::PublicKey record_key;
    std::string serial;  // of the certificate
};
// denied: not our certificate, revoked; expired: more than 90 days past; not_found: no such device; invalid:
// unreadable.
core::Result<ShownDevice> shown_device(core::Tx& tx, const CertificateAuthority& authority,
                                       const std::string& certificate_pem, core::TimeUs now);

}  // namespace plus7::central::app::devices
