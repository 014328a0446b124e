#include "central/app/devices/renewal.hpp"

#include "central/store/certificate_store.hpp"
#include "central/store/device_store.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::central::app::devices {
namespace {

constexpr auto same_answer_for = std::chrono::hours{24};

// The old certificate as it stood when it was good last.
core::Result<crypto::Certificate> check_old(const CertificateAuthority& authority, const std::string& pem,
                                            core::TimeUs now) {
    const auto old = crypto::inspect(pem);
    if (!old) return old.error();
    if (old->not_after + renewable_for < now) return core::expired("the certificate ended more than 90 days ago");
    const auto good_at = std::min<core::TimeUs>(now, old->not_after - std::chrono::seconds{1});
    return crypto::verify_chain(pem, authority.ca_pem(), crypto::Purpose::client, good_at);
}

core::Error revoked() { return core::denied("the certificate is revoked"); }

}  // namespace

core::Result<CheckedRenewal> check_renewal(core::Tx& tx, const CertificateAuthority& authority,
                                           const RenewalRequest& request, core::TimeUs now) {
    const auto old = check_old(authority, request.certificate_pem, now);
    if (!old) return old.error();
    const auto id = core::DeviceId::parse(old->common_name);
    if (!id) return core::denied("the certificate is no device's");
    if (authority.is_revoked(old->serial)) return revoked();
    // A certificate that the database does not know came out of a time that was rolled back: the list on disk is not.
    const auto known = store::find_certificate(tx, old->serial);
    if (known && known->revoked) return revoked();
    const auto device = store::find_device(tx, *id);
    if (!device || !device->record_key) return core::not_found("the device is not known here: enrol it");
    if (device->state == store::DeviceState::revoked) return core::denied("the device is revoked");
    const auto csr = crypto::verify_csr(request.csr_pem);
    if (!csr) return csr.error();
    if (csr->common_name != id->text()) return core::denied("the request's common name is not the device id");
    if (!crypto::verify(*device->record_key, csr->fingerprint.bytes(), request.record_signature))
        return core::denied("the record key's signature over the request is wrong");
    CheckedRenewal checked{*id, *device->record_key, csr->public_key_hash, {}};
    const auto newest = store::newest_certificate(tx, *id);
    if (newest && newest->csr_key == checked.csr_key && newest->serial != old->serial &&
        newest->issued + same_answer_for > now)
        checked.certificate = newest->pem;
    return checked;
}

core::Status commit_renewal(core::Tx& tx, const CheckedRenewal& checked, const IssuedCertificate& issued,
                            core::TimeUs now) {
    const auto device = store::lock_device(tx, checked.device);
    if (!device || device->state == store::DeviceState::revoked || device->record_key != checked.record_key)
        return revoked();
    store::CertificateRow row(issued.serial, checked.device);
    row.csr_key = checked.csr_key;
    row.pem = issued.pem;
    row.issued = now;
    row.not_after = issued.not_after;
    store::insert_certificate(tx, row);
    return {};
}

}  // namespace plus7::central::app::devices
