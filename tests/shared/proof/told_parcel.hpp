// A company with a CA, two handhelds and one parcel, whose custody file tests bend in every way.
#pragma once
#include <string>
#include <vector>

#include "shared/crypto/authority.hpp"
#include "shared/proof/check.hpp"
#include "shared/proof/parcel_file.hpp"
#include "tests/central/ingest/hand_device.hpp"

namespace plus7::test {

struct Company {
    explicit Company(const std::string& name = "plus7 test CA");

    proof::Seal seal() const { return {signing, sign_certificate.pem, authority.certificate().pem}; }
    core::Bytes certificate_for(const HandDevice& device, const core::PublicKey& key) const;  // DER

    core::TimeUs now = *core::from_iso8601("2026-11-22T10:00:00Z");
    crypto::Authority authority;
    crypto::SigningKey signing = crypto::SigningKey::generate();
    crypto::Certificate sign_certificate;
};

// Registered, taken into the depot by one handheld, out and to the customer by another, which scans other things in
// between.
struct ToldParcel {
    ToldParcel();

    // The next event, by the rules: its effect and what the head says follow from them.
    void registered();
    void hands(HandDevice& device, const model::Holder& from, const model::Holder& to,
               std::vector<model::Proof> proofs = {}, const crypto::SigningKey* by = nullptr);
    void fact(HandDevice& device, const std::string& type, const core::Bytes& data);
    void office(proof::OfficePart office);
    core::Bytes file() const { return proof::seal(head, entries, company.seal()).value(); }

    Company company;
    HandDevice depot_reader, courier_reader;
    model::Holder depot{model::HolderKind::depot, {{9}}}, customer{model::HolderKind::customer, {}}, courier;
    proof::Head head;
    std::vector<proof::Entry> entries;
    model::Custody custody;
    std::vector<core::Bytes> recorded;  // all facts of courier_reader

  private:
    void add(proof::Entry entry, const model::Verdict& verdict);
};

// What the handheld itself gives out, signed by `by`; `acked` for all of them.
std::string handheld_file(const HandDevice& device, const crypto::SigningKey& by, const std::string& certificate_pem,
                          const std::vector<core::Bytes>& records, bool acked = true);

// The same file with other entries, not signed anew: what somebody without central's key can make of it.
core::Bytes with_entries(const proof::ParcelFile& file, const std::vector<core::Bytes>& entries);

}  // namespace plus7::test
