// One-time enrolment tokens (0001_devices.sql); only hashes are kept. SQL only; the rules are in app/devices. Used
// within a transaction.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct EnrolmentRow {
    EnrolmentRow(const core::Hash& token, core::DeviceId of) : token_hash(token), device(std::move(of)) {}
    core::Hash token_hash;
    core::DeviceId device;
    core::TimeUs created{}, expires{};
    std::optional<core::Nonce> nonce;
    std::optional<core::Hash> csr_key;       // SHA-256 of the public key that finished it
    std::optional<std::string> certificate;  // PEM
    std::optional<core::TimeUs> finished;
};

void insert_enrolment(sql::Tx& tx, const EnrolmentRow& enrolment);
// The row is locked until the transaction ends: of two finishes one is the first.
std::optional<EnrolmentRow> lock_enrolment(sql::Tx& tx, const core::Hash& token_hash);
std::optional<EnrolmentRow> find_enrolment(sql::Tx& tx, const core::Hash& token_hash);
void set_enrolment_nonce(sql::Tx& tx, const core::Hash& token_hash, const core::Nonce& nonce);
void finish_enrolment(sql::Tx& tx, const core::Hash& token_hash, const core::Hash& csr_key,
                      const std::string& certificate, core::TimeUs at);
// All tokens of the device but this one die, used or not.
void drop_enrolments(sql::Tx& tx, const core::DeviceId& device, const std::optional<core::Hash>& but);
// Until when a token that nobody used yet is good; nothing: there is none.
std::optional<core::TimeUs> open_enrolment_until(sql::Tx& tx, const core::DeviceId& device, core::TimeUs now);

}  // namespace plus7::central::store
