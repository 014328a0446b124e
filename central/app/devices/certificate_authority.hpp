// Port: who certifies handhelds. Real: broker/authority_folder (files outside the database, never rolled back). Any
// thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::app::devices {

struct IssuedCertificate {
    std::string pem;
    std::string serial;  // lower-case hex
    core::TimeUs not_after{};
};

class CertificateAuthority {
  public:
    virtual ~CertificateAuthority() = default;

    // The certificate every handheld trusts, and its SHA-256 (the `fp` of the enrolment QR).
    virtual std::string ca_pem() const = 0;
    virtual core::Hash ca_fingerprint() const = 0;

    // Checks the request's own signature; denied unless its CN is the device id. Durable in the issued list on return.
    virtual core::Result<IssuedCertificate> issue_device(std::string_view csr_pem, const core::DeviceId& device,
                                                         const core::PublicKey& record_key) = 0;
    // Puts the serials on the revocation list; those that are on it already stay. Durable, and the broker told, on
    // return.
    virtual core::Status revoke(const std::vector<std::string>& serials) = 0;
    virtual bool is_revoked(const std::string& serial) const = 0;
};

}  // namespace plus7::central::app::devices
