#include "tests/shared/proof/told_parcel.hpp"

#include <nlohmann/json.hpp>

#include "shared/core/uuid.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::test {

Company::Company(const std::string& name)
    : authority(crypto::Authority::create(name, now).value()),
      sign_certificate(authority.issue_signing(signing.public_key(), now).value()) {}

core::Bytes Company::certificate_for(const HandDevice& device, const core::PublicKey& key) const {
    const auto csr = crypto::make_csr(crypto::TlsKey::generate(), device.id.text()).value();
    return crypto::der_from_pem(authority.issue_device(csr, device.id, key, now).value().pem).value();
}

ToldParcel::ToldParcel() {
    courier = {model::HolderKind::courier, {courier_reader.courier.value}};
    head.parcel = model::ParcelId{{5}};
    head.order = model::OrderId{{6}};
    head.number = "A-10001";
    head.codes = {"A-10001-1", "4600000000015"};
    head.status = "delivered";
    head.names = {{courier, "C-104"}, {depot, "Северный склад"}};
    for (const auto* device : {&depot_reader, &courier_reader})
        head.keys.push_back(
            {device->id, device->key->public_key(), company.certificate_for(*device, device->key->public_key())});
    registered();
    hands(depot_reader, {model::HolderKind::seller, {}}, depot);
    hands(courier_reader, depot, courier);
    for (auto& scan : courier_reader.scans(2)) recorded.push_back(std::move(scan));
    hands(courier_reader, courier, customer,
          {{model::ProofKind::code, {}, core::Hash{{1}}}, {model::ProofKind::photo, core::Hash{{2}}, {}}});
}

void ToldParcel::add(proof::Entry entry, const model::Verdict& verdict) {
    entry.effect = model::name_of(verdict.effect);
    entry.doubt = model::name_of(verdict.reason);
    head.upto = entry.received;
    entries.push_back(std::move(entry));
    head.version = custody.version;
    head.holder = custody.holder;
    head.missing = static_cast<std::uint64_t>(custody.missing);
    head.is_clear = custody.is_clear;
    head.way.clear();
    for (const auto step : custody.way) head.way.push_back(custody.steps[step].event);
}

void ToldParcel::registered() {
    proof::OfficePart part;
    part.type = "parcel.registered";
    office(part);
}

void ToldParcel::office(proof::OfficePart part) {
    proof::Entry entry;
    entry.event = core::uuid_v7(courier_reader.at);
    entry.at = entry.received = courier_reader.at;
    entry.trust = "central";
    model::Verdict verdict;
    if (part.corrects) verdict = model::undo(custody, *part.corrects);
    if (part.type == "parcel.handover")
        verdict = model::apply(custody, {entry.event, part.by, part.knew, *part.from, *part.to, part.half,
                                         part.transfer, entry.standing, part.leg});
    entry.what = std::move(part);
    add(std::move(entry), verdict);
}

void ToldParcel::fact(HandDevice& device, const std::string& type, const core::Bytes& data) {
    auto drafted = device.draft(type, data);
    drafted.about.parcel = head.parcel;
    proof::Entry entry;
    entry.event = drafted.id;
    entry.at = *drafted.at.gps;
    entry.trust = "gps";
    entry.received = entry.at + std::chrono::minutes{3};
    entry.what = proof::FactPart{device.seal(drafted), proof::Chain::follows};
    add(std::move(entry), {});
}

void ToldParcel::hands(HandDevice& device, const model::Holder& from, const model::Holder& to,
                       std::vector<model::Proof> proofs, const crypto::SigningKey* by) {
    const model::HandedOver data{from, to, model::Half::none, model::Leg::delivery, {}, proofs};
    auto drafted = device.draft(std::string(data.type), wire::encode_data(data));
    drafted.about.parcel = head.parcel;
    drafted.about.custody_version = custody.version;
    proof::Entry entry;
    entry.event = drafted.id;
    entry.at = *drafted.at.gps;
    entry.trust = "gps";
    entry.received = entry.at + std::chrono::minutes{3};
    for (const auto& proof : proofs)
        entry.proofs += (entry.proofs.empty() ? "" : ",") + std::string(model::name_of(proof.kind));
    auto record = device.seal(drafted, by);
    if (&device == &courier_reader) recorded.push_back(record);
    entry.what = proof::FactPart{std::move(record), proof::Chain::follows};
    const auto verdict = model::apply(custody, {drafted.id,
                                                device.id.text(),
                                                *drafted.about.custody_version,
                                                from,
                                                to,
                                                data.half,
                                                {},
                                                entry.standing,
                                                data.leg});
    add(std::move(entry), verdict);
}

std::string handheld_file(const HandDevice& device, const crypto::SigningKey& by, const std::string& certificate_pem,
                          const std::vector<core::Bytes>& records, bool acked) {
    using json = nlohmann::ordered_json;
    std::string text = json{{"format", "plus7-custody/1"},
                            {"device", device.id.text()},
                            {"record_key", by.public_key().hex()},
                            {"certificate", certificate_pem},
                            {"authority", ""},
                            {"made", "2026-11-22T12:00:00.000Z"}}
                           .dump() +
                       "\n";
    for (std::size_t at = 0; at < records.size(); ++at)
        text += json{{"epoch", device.epoch.hex()},
                     {"seq", at + 1},
                     {"acked", acked},
                     {"record", core::to_base64url(records[at])}}
                    .dump() +
                "\n";
    const auto hash = crypto::sha256(core::view_of(text));
    auto message = core::copy_of(core::view_of("p7-custody"));
    message.insert(message.end(), hash.value.begin(), hash.value.end());
    return text +
           json{
               {"facts", records.size()}, {"sha256", hash.hex()}, {"sig", core::to_base64url(by.sign(message).bytes())}}
               .dump() +
           "\n";
}

core::Bytes with_entries(const proof::ParcelFile& file, const std::vector<core::Bytes>& entries) {
    wire::CborWriter list;
    list.array(entries.size());
    for (const auto& entry : entries) list.bytes(entry);
    wire::CborWriter framed;
    framed.array(6).text("plus7-parcel-custody/1").bytes(file.head_bytes).bytes(file.sig.bytes());
    return framed.bytes(file.signer).bytes(file.authority).item(list.take()).take();
}

}  // namespace plus7::test
