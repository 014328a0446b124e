#include "central/app/devices/renewal.hpp"

#include "central/store/certificate_store.hpp"
#include "central/store/device_store.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::central::app::devices {
namespace {

constexpr auto same_answer_for = std::chrono::hours{24};

core::Error revoked() { return core::denied("the certificate is revoked"); }

}  // namespace

core::Result<CheckedRenewal> check_renewal(core::Tx& tx, const CertificateAuthority& authority,
                                           const RenewalRequest& request, core::TimeUs now) {
    const auto shown = shown_device(tx, authority, request.certificate_pem, now);
    if (!shown) return shown.error();
    const auto& id = shown->id;
    const auto csr = crypto::verify_csr(request.csr_pem);
    if (!csr) return csr.error();
    if (csr->common_name != id.text()) return core::denied("the request's common name is not the device id");
    if (!crypto::verify(shown->record_key, csr->fingerprint.bytes(), request.record_signature))
        return core::denied("the record key's signature over the request is wrong");
    CheckedRenewal checked{id, shown->record_key, csr->public_key_hash, {}};
    const auto newest = store::newest_certificate(tx, id);
    if (newest && newest->csr_key == checked.csr_key && newest->serial != shown->serial &&
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
