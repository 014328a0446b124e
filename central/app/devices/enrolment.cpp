#include "central/app/devices/enrolment.hpp"

#include "central/store/certificate_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/enrolment_store.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/tls_key.hpp"
#include "shared/crypto/token.hpp"

namespace plus7::central::app::devices {
namespace {

using store::DeviceState;
using store::EnrolmentRow;

// One text for unknown, too old and used: a guesser learns nothing.
core::Error no_good_token() { return core::expired("the token is unknown, has run out or was used"); }
core::Error is_revoked() { return core::conflict("the device is revoked"); }

bool may_finish(const EnrolmentRow& row, core::TimeUs now) { return !row.finished && row.expires > now; }
bool may_repeat(const EnrolmentRow& row, core::TimeUs now) {
    return row.finished && *row.finished + same_answer_for > now;
}

// The certificate that this key was given, or nothing when the token still waits for its first finish.
core::Result<std::optional<std::string>> earlier_answer(const EnrolmentRow& row, const core::Hash& csr_key,
                                                        core::TimeUs now) {
    if (may_finish(row, now)) return std::optional<std::string>{};
    if (may_repeat(row, now) && row.csr_key == csr_key) return row.certificate;
    return no_good_token();
}

core::Status check_signatures(const FinishRequest& request, const crypto::Csr& csr) {
    if (!crypto::verify_tls_signature(csr.public_key, request.nonce.bytes(), request.tls_signature))
        return core::denied("the TLS key's signature over the nonce is wrong");
    if (!crypto::verify(request.record_key, request.nonce.bytes(), request.record_signature))
        return core::denied("the record key's signature over the nonce is wrong");
    return {};
}

core::Status check_device(core::Tx& tx, const core::DeviceId& id, const core::PublicKey& record_key) {
    const auto device = store::find_device(tx, id);
    if (!device || device->state == DeviceState::revoked) return is_revoked();
    const auto owner = store::owner_of_key(tx, record_key);
    if (owner && *owner != id) return core::conflict("the record key belongs to another device");
    return {};
}

void take_keys(core::Tx& tx, const FinishRequest& request, const CheckedFinish& checked,
               const IssuedCertificate& issued, core::TimeUs now) {
    store::CertificateRow certificate(issued.serial, checked.device);
    certificate.csr_key = checked.csr_key;
    certificate.pem = issued.pem;
    certificate.issued = now;
    certificate.not_after = issued.not_after;
    store::insert_certificate(tx, certificate);
    const auto device = store::find_device(tx, checked.device);
    if (device->record_key != request.record_key) store::rotate_record_key(tx, checked.device, request.record_key, now);
    if (device->state == DeviceState::created)
        store::set_state(tx, checked.device, DeviceState::enrolled, std::nullopt);
    store::set_enrolled(tx, checked.device, now);
}

}  // namespace

core::Result<OpenedEnrolment> open_enrolment(core::Tx& tx, const core::DeviceId& device, core::TimeUs now) {
    const auto row = store::lock_device(tx, device);
    if (!row) return core::not_found("no such device");
    if (row->state == DeviceState::revoked) return is_revoked();
    store::drop_enrolments(tx, device, std::nullopt);
    auto token = crypto::random_token(crypto::TokenBits::b128);
    EnrolmentRow enrolment(token.hash, device);
    enrolment.created = now;
    enrolment.expires = now + token_life;
    store::insert_enrolment(tx, enrolment);
    return OpenedEnrolment{std::move(token.text), enrolment.expires};
}

std::string enrolment_bucket(std::string_view address) { return "enrol:" + std::string(address); }

core::Result<StartedEnrolment> start_enrolment(core::Tx& tx, std::string_view token, core::TimeUs now) {
    const auto row = store::lock_enrolment(tx, crypto::token_hash(token));
    if (!row || (!may_finish(*row, now) && !may_repeat(*row, now))) return no_good_token();
    if (row->nonce) return StartedEnrolment{row->device, *row->nonce, row->expires};
    const auto nonce = core::random_id<core::Nonce>();
    store::set_enrolment_nonce(tx, row->token_hash, nonce);
    return StartedEnrolment{row->device, nonce, row->expires};
}

core::Result<CheckedFinish> check_finish(core::Tx& tx, const FinishRequest& request, core::TimeUs now) {
    const auto row = store::find_enrolment(tx, crypto::token_hash(request.token));
    if (!row) return no_good_token();
    const auto csr = crypto::verify_csr(request.csr_pem);
    if (!csr) return csr.error();
    auto earlier = earlier_answer(*row, csr->public_key_hash, now);
    if (!earlier) return earlier.error();
    if (row->nonce != request.nonce) return core::denied("this is not the nonce that was given for the token");
    if (auto good = check_signatures(request, *csr); !good) return good.error();
    if (auto good = check_device(tx, row->device, request.record_key); !good) return good.error();
    if (csr->common_name != row->device.text()) return core::denied("the request's common name is not the device id");
    return CheckedFinish{row->device, csr->public_key_hash, std::move(*earlier)};
}

core::Result<FinishedEnrolment> commit_finish(core::Tx& tx, const FinishRequest& request, const CheckedFinish& checked,
                                              const IssuedCertificate& issued, core::TimeUs now) {
    // Device before token, as open_enrolment does: no crossing locks.
    if (!store::lock_device(tx, checked.device)) return no_good_token();
    const auto row = store::lock_enrolment(tx, crypto::token_hash(request.token));
    if (!row || row->device != checked.device) return no_good_token();
    auto earlier = earlier_answer(*row, checked.csr_key, now);
    if (!earlier) return earlier.error();
    if (*earlier) return FinishedEnrolment{std::move(**earlier), {issued.serial}};
    if (auto good = check_device(tx, checked.device, request.record_key); !good) return good.error();
    auto old = store::revoke_certificates(tx, checked.device, now);
    take_keys(tx, request, checked, issued, now);
    store::finish_enrolment(tx, row->token_hash, checked.csr_key, issued.pem, now);
    store::drop_enrolments(tx, checked.device, row->token_hash);
    return FinishedEnrolment{issued.pem, std::move(old)};
}

}  // namespace plus7::central::app::devices
