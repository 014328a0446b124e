#include "central/store/enrolment_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_enrolment =
    "SELECT token_hash, device_id, created_us, expires_us, nonce, csr_key, certificate, finished_us FROM enrolment ";

std::optional<EnrolmentRow> maybe_enrolment(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    EnrolmentRow result(row->get<core::Hash>("token_hash"), row->get<core::DeviceId>("device_id"));
    result.created = row->get<core::TimeUs>("created_us");
    result.expires = row->get<core::TimeUs>("expires_us");
    result.nonce = row->get<std::optional<core::Nonce>>("nonce");
    result.csr_key = row->get<std::optional<core::Hash>>("csr_key");
    result.certificate = row->get<std::optional<std::string>>("certificate");
    result.finished = row->get<std::optional<core::TimeUs>>("finished_us");
    return result;
}

}  // namespace

void insert_enrolment(sql::Tx& tx, const EnrolmentRow& e) {
    tx.exec("INSERT INTO enrolment (token_hash, device_id, created_us, expires_us) VALUES ($1, $2, $3, $4)",
            e.token_hash, e.device, e.created, e.expires);
}

std::optional<EnrolmentRow> lock_enrolment(sql::Tx& tx, const core::Hash& token_hash) {
    return maybe_enrolment(tx.one(std::string(select_enrolment) + "WHERE token_hash = $1 {for_update}", token_hash));
}

std::optional<EnrolmentRow> find_enrolment(sql::Tx& tx, const core::Hash& token_hash) {
    return maybe_enrolment(tx.one(std::string(select_enrolment) + "WHERE token_hash = $1", token_hash));
}

void set_enrolment_nonce(sql::Tx& tx, const core::Hash& token_hash, const core::Nonce& nonce) {
    tx.exec("UPDATE enrolment SET nonce = $2 WHERE token_hash = $1", token_hash, nonce);
}

void finish_enrolment(sql::Tx& tx, const core::Hash& token_hash, const core::Hash& csr_key,
                      const std::string& certificate, core::TimeUs at) {
    tx.exec("UPDATE enrolment SET csr_key = $2, certificate = $3, finished_us = $4 WHERE token_hash = $1", token_hash,
            csr_key, certificate, at);
}

void drop_enrolments(sql::Tx& tx, const core::DeviceId& device, const std::optional<core::Hash>& but) {
    if (but)
        tx.exec("DELETE FROM enrolment WHERE device_id = $1 AND token_hash <> $2", device, *but);
    else
        tx.exec("DELETE FROM enrolment WHERE device_id = $1", device);
}

std::optional<core::TimeUs> open_enrolment_until(sql::Tx& tx, const core::DeviceId& device, core::TimeUs now) {
    return tx
        .one("SELECT MAX(expires_us) FROM enrolment WHERE device_id = $1 AND finished_us IS NULL AND expires_us > $2",
             device, now)
        ->get<std::optional<core::TimeUs>>(0);
}

}  // namespace plus7::central::store
