// Our own certificate authority: central's CA folder and the managed broker use it. It keeps no list of what it issued;
// who calls it stores that. Certificates and CRL are valid from 1970 or a day back, so that clocks may disagree. Any
// thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/crypto/tls_key.hpp"

namespace plus7::crypto {

struct ServerNames {
    std::vector<std::string> dns;        // ASCII (punycode)
    std::vector<std::string> addresses;  // IPv4 or IPv6
};

class Authority {
  public:
    // A new key and its self-signed certificate, 1970-01-01 to 20 years from `now`.
    static core::Result<Authority> create(std::string_view common_name, core::TimeUs now);
    // invalid when the certificate is no authority's or the key is not its own.
    static core::Result<Authority> load(std::string_view certificate_pem, std::string_view key_pem);

    const Certificate& certificate() const { return certificate_; }
    const TlsKey& key() const { return key_; }

    // All: the request as verify_csr wants it; conflict when the authority itself has run out at `now`.
    // As long as the authority's own; CN = the first name; at least one name.
    core::Result<Certificate> issue_server(std::string_view csr_pem, const ServerNames& names, core::TimeUs now) const;
    // 90 days from `now`; denied unless the request's CN is the device id.
    core::Result<Certificate> issue_device(std::string_view csr_pem, const core::DeviceId& device,
                                           const core::PublicKey& record_key, core::TimeUs now) const;
    // A TLS client of central's own, as long as the authority's; denied when the CN could be taken for a device's.
    core::Result<Certificate> issue_service(std::string_view csr_pem, core::TimeUs now) const;
    // Central's Ed25519 key, CN central-sign, as long as the authority's: devices without a clock check it too.
    core::Result<Certificate> issue_signing(const core::PublicKey& key, core::TimeUs now) const;

  private:
    Authority(Certificate certificate, TlsKey key) : certificate_(std::move(certificate)), key_(std::move(key)) {}
    Certificate certificate_;
    TlsKey key_;
};

}  // namespace plus7::crypto
