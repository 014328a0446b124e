#include "central/store/certificate_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_certificate =
    "SELECT serial, device_id, csr_key, pem, issued_us, not_after_us, revoked_us FROM certificate ";

CertificateRow certificate_of(const sql::Row& row) {
    CertificateRow result(row.get<std::string>("serial"), row.get<core::DeviceId>("device_id"));
    result.csr_key = row.get<core::Hash>("csr_key");
    result.pem = row.get<std::string>("pem");
    result.issued = row.get<core::TimeUs>("issued_us");
    result.not_after = row.get<core::TimeUs>("not_after_us");
    result.revoked = row.get<std::optional<core::TimeUs>>("revoked_us");
    return result;
}

std::optional<CertificateRow> maybe_certificate(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return certificate_of(*row);
}

std::vector<std::string> serials_of(const sql::Rows& rows) {
    std::vector<std::string> result;
    for (const auto& row : rows) result.push_back(row.get<std::string>("serial"));
    return result;
}

}  // namespace

void insert_certificate(sql::Tx& tx, const CertificateRow& c) {
    tx.exec(
        "INSERT INTO certificate (serial, device_id, csr_key, pem, issued_us, not_after_us) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        c.serial, c.device, c.csr_key, c.pem, c.issued, c.not_after);
}

std::optional<CertificateRow> find_certificate(sql::Tx& tx, const std::string& serial) {
    return maybe_certificate(tx.one(std::string(select_certificate) + "WHERE serial = $1", serial));
}

std::optional<CertificateRow> newest_certificate(sql::Tx& tx, const core::DeviceId& device) {
    return maybe_certificate(tx.one(std::string(select_certificate) + "WHERE device_id = $1 AND revoked_us IS NULL "
                                                                      "ORDER BY issued_us DESC, serial LIMIT 1",
                                    device));
}

std::vector<CertificateRow> certificates_of(sql::Tx& tx, const core::DeviceId& device) {
    std::vector<CertificateRow> all;
    const auto rows =
        tx.query(std::string(select_certificate) + "WHERE device_id = $1 ORDER BY issued_us, serial", device);
    for (const auto& row : rows) all.push_back(certificate_of(row));
    return all;
}

std::vector<std::string> revoke_certificates(sql::Tx& tx, const core::DeviceId& device, core::TimeUs at) {
    return serials_of(
        tx.query("UPDATE certificate SET revoked_us = $2 WHERE device_id = $1 AND revoked_us IS NULL RETURNING serial",
                 device, at));
}

std::vector<std::string> revoked_serials_of(sql::Tx& tx, const core::DeviceId& device) {
    return serials_of(tx.query(
        "SELECT serial FROM certificate WHERE device_id = $1 AND revoked_us IS NOT NULL ORDER BY serial", device));
}

std::vector<std::string> revoked_serials(sql::Tx& tx, core::TimeUs now) {
    return serials_of(tx.query(
        "SELECT serial FROM certificate WHERE revoked_us IS NOT NULL AND not_after_us > $1 ORDER BY serial", now));
}

}  // namespace plus7::central::store
