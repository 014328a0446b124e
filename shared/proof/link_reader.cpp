#include "shared/proof/link_reader.hpp"

#include "shared/wire/fact_data.hpp"

namespace plus7::proof {
namespace {

template <typename Data>
bool read_data(const wire::Fact& fact, ReadLink& read, Link& link) {
    if (fact.type != Data::type) return false;
    auto data = wire::decode_data<Data>(fact.data);
    if (!data) link.faults.push_back("what it tells cannot be read: " + data.error().message);
    if (data) read.told.what = std::move(*data);
    return true;
}

// A time that central took from a clock of the fact is the one that this clock says.
bool is_its_time(const Entry& entry, const core::Stamp& at) {
    if (entry.trust == "gps") return at.gps == entry.at;
    if (entry.trust == "wall") return at.wall == entry.at;
    return entry.trust == "received" ? entry.at == entry.received : entry.trust == "mono";
}

// The kinds as central lists them; a wrong code it names so.
std::string proof_words(const std::vector<model::Proof>& proofs, bool codes_wrong) {
    std::string words;
    for (const auto& proof : proofs) {
        std::string word(model::name_of(proof.kind));
        if (codes_wrong && proof.kind == model::ProofKind::code) word = "code_wrong";
        words += (words.empty() ? "" : ",") + word;
    }
    return words;
}

void show(const model::HandedOver& data, const Entry& entry, Link& link) {
    link.from = data.from;
    link.to = data.to;
    link.proofs = entry.proofs;
    for (const auto& proof : data.proofs)
        if (proof.blob) link.blobs.push_back(*proof.blob);
    if (entry.proofs != proof_words(data.proofs, false) && entry.proofs != proof_words(data.proofs, true))
        link.faults.push_back("other proofs are stated than the handheld recorded");
}

void show(const ReadLink& read, const Entry& entry, Link& link) {
    if (const auto* handed = std::get_if<model::HandedOver>(&read.told.what)) show(*handed, entry, link);
    if (const auto* failed = std::get_if<model::AttemptFailed>(&read.told.what)) {
        link.reason = failed->reason;
        link.blobs = failed->photos;
    }
    if (const auto* damaged = std::get_if<model::Damaged>(&read.told.what)) link.reason = damaged->note;
}

void read_fact(const FactPart& part, const Entry& entry, const Head& head, ReadLink& read, Link& link) {
    auto record = wire::decode_fact_record(part.record);
    auto fact = record ? wire::decode_body(record->body) : core::Result<wire::Fact>(record.error());
    if (!fact) {
        link.faults.push_back("the handheld's record cannot be read: " + fact.error().message);
        return;
    }
    link.type = fact->type;
    link.device = fact->device.text();
    link.seq = fact->seq;
    link.courier = read.told.courier = fact->who.courier;
    if (fact->where) link.where = fact->where->place;
    if (fact->id != entry.event) link.faults.push_back("the handheld's record is of another event");
    if (fact->about.parcel != head.parcel) link.faults.push_back("the handheld's record is about another parcel");
    if (!is_its_time(entry, fact->at)) link.faults.push_back("its clocks do not say the time that is stated");
    read.told.source = fact->device.text();
    read.told.knew = fact->about.custody_version.value_or(0);
    read.told.transfer = fact->about.transfer;
    (void)(read_data<model::HandedOver>(*fact, read, link) || read_data<model::AttemptFailed>(*fact, read, link) ||
           read_data<model::Damaged>(*fact, read, link) || read_data<model::Corrected>(*fact, read, link));
    read.record = std::move(*record);
    read.fact = std::move(*fact);
}

// What central had no parcel for when it came: kept, and the rules never saw it.
void leave_out(ReadLink& read, Link& link) {
    if (std::holds_alternative<std::monostate>(read.told.what)) return;
    read.told.what = std::monostate{};
    link.effect = "none, the parcel was not known yet";
}

void read_office(const OfficePart& office, ReadLink& read, Link& link) {
    link.type = office.type;
    link.staff = office.by;
    link.from = office.from;
    link.to = office.to;
    link.tie = "central's own word";
    read.told.source = office.by;
    read.told.knew = office.knew;
    read.told.transfer = office.transfer;
    if (office.type == model::HandedOver::type && office.from && office.to)
        read.told.what = model::HandedOver{*office.from, *office.to, office.half, office.leg, {}, {}};
    if (office.type == model::Damaged::type) read.told.what = model::Damaged{};  // its note stays at central
    if (office.corrects) read.told.what = model::Corrected{*office.corrects};
}

}  // namespace

ReadLink read_link(const Entry& entry, const Head& head, Link& link) {
    ReadLink read;
    link.at = entry.at;
    link.received = entry.received;
    link.trust = entry.trust;
    link.effect = entry.effect;
    link.doubt = entry.doubt;
    read.told.event = entry.event;
    read.told.standing = entry.standing;
    if (const auto* office = std::get_if<OfficePart>(&entry.what)) {
        read_office(*office, read, link);
    } else {
        read_fact(std::get<FactPart>(entry.what), entry, head, read, link);
        show(read, entry, link);
        if (entry.effect.empty()) leave_out(read, link);
    }
    return read;
}

}  // namespace plus7::proof
