// Certificates that handhelds were given (0001_devices.sql). SQL only; the rules are in app/devices. Used within a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct CertificateRow {
    CertificateRow(std::string number, core::DeviceId of) : serial(std::move(number)), device(std::move(of)) {}
    std::string serial;  // lower-case hex
    core::DeviceId device;
    core::Hash csr_key;  // SHA-256 of the public key it certifies
    std::string pem;
    core::TimeUs issued{}, not_after{};
    std::optional<core::TimeUs> revoked;
};

void insert_certificate(sql::Tx& tx, const CertificateRow& certificate);
std::optional<CertificateRow> find_certificate(sql::Tx& tx, const std::string& serial);
// The one issued last that is not revoked.
std::optional<CertificateRow> newest_certificate(sql::Tx& tx, const core::DeviceId& device);
std::vector<CertificateRow> certificates_of(sql::Tx& tx, const core::DeviceId& device);  // the first issued first
// Marks all of the device's that are not revoked yet, and returns their serials.
std::vector<std::string> revoke_certificates(sql::Tx& tx, const core::DeviceId& device, core::TimeUs at);
std::vector<std::string> revoked_serials_of(sql::Tx& tx, const core::DeviceId& device);
// Revoked ones that would still be accepted by who does not read the list.
std::vector<std::string> revoked_serials(sql::Tx& tx, core::TimeUs now);

}  // namespace plus7::central::store
