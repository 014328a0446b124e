#include "central/app/devices/device_proof.hpp"

#include "central/store/certificate_store.hpp"
#include "central/store/device_store.hpp"
#include "shared/crypto/certificates.hpp"

namespace plus7::central::app::devices {
namespace {

// The certificate as it stood when it was good last.
core::Result<crypto::Certificate> check_old(const CertificateAuthority& authority, const std::string& pem,
                                            core::TimeUs now) {
    const auto old = crypto::inspect(pem);
    if (!old) return old.error();
    if (old->not_after + renewable_for < now) return core::expired("the certificate ended more than 90 days ago");
    const auto good_at = std::min<core::TimeUs>(now, old->not_after - std::chrono::seconds{1});
    return crypto::verify_chain(pem, authority.ca_pem(), crypto::Purpose::client, good_at);
}

}  // namespace

core::Result<ShownDevice> shown_device(core::Tx& tx, const CertificateAuthority& authority,
                                       const std::string& certificate_pem, core::TimeUs now) {
    const auto shown = check_old(authority, certificate_pem, now);
    if (!shown) return shown.error();
    const auto id = core::DeviceId::parse(shown->common_name);
    if (!id) return core::denied("the certificate is no device's");
    if (authority.is_revoked(shown->serial)) return core::denied("the certificate is revoked");
    // A certificate that the database does not know came out of a time that was rolled back: the list on disk is not.
    const auto known = store::find_certificate(tx, shown->serial);
    if (known && known->revoked) return core::denied("the certificate is revoked");
    const auto device = store::find_device(tx, *id);
    if (!device || !device->record_key) return core::not_found("the device is not known here: enrol it");
    if (device->state == store::DeviceState::revoked) return core::denied("the device is revoked");
    return ShownDevice{*id, *device->record_key, shown->serial};
}

}  // namespace plus7::central::app::devices
