#include "central/ingest/field_facts.hpp"

#include <map>

#include "shared/wire/fact_data.hpp"

namespace plus7::central::ingest {
namespace {

using Reader = core::Status (*)(CheckedFact&);

// A type whose data becomes part of the event.
template <typename Data>
core::Status read_field(CheckedFact& checked) {
    auto data = wire::decode_data<Data>(checked.fact->data);
    if (!data) return data.error();
    checked.event->data = std::move(*data);
    return {};
}

// A type of which the act is all there is to tell.
template <typename Data>
core::Status read_act(CheckedFact& checked) {
    const auto data = wire::decode_data<Data>(checked.fact->data);
    if (!data) return data.error();
    return {};
}

core::Status read_gap(CheckedFact& checked) {
    const auto gap = wire::decode_data<model::FactGap>(checked.fact->data);
    if (!gap) return gap.error();
    // It stands under the first number it covers (docs/protocol.md, "Data of the fact types").
    if (gap->from != checked.seq || gap->to < gap->from)
        return core::invalid("a gap that does not begin with its fact");
    checked.gap = *gap;
    return {};
}

core::Status read_lost(CheckedFact& checked) {
    const auto lost = wire::decode_data<model::BlobLost>(checked.fact->data);
    if (!lost) return lost.error();
    checked.lost = *lost;
    return {};
}

core::Status read_digest(CheckedFact& checked) {
    const auto tracks = wire::decode_data<model::TrackDigest>(checked.fact->data);
    if (!tracks) return tracks.error();
    checked.tracks = *tracks;
    return {};
}

core::Status read_rotation(CheckedFact& checked) {
    const auto rotated = wire::decode_data<model::KeyRotated>(checked.fact->data);
    if (!rotated) return rotated.error();
    if (!wire::verify_rotation(checked.fact->epoch, *rotated)) return core::invalid("a new key that did not sign");
    checked.key = *rotated;
    return {};
}

// THE table of fact types that central knows.
const std::map<std::string_view, Reader>& readers() {
    static const std::map<std::string_view, Reader> table{
        {model::ShiftStarted::type, read_field<model::ShiftStarted>},
        {model::ShiftEnded::type, read_field<model::ShiftEnded>},
        {model::BreakStarted::type, read_field<model::BreakStarted>},
        {model::BreakEnded::type, read_field<model::BreakEnded>},
        {model::Scan::type, read_field<model::Scan>},
        {model::DeviceBattery::type, read_field<model::DeviceBattery>},
        {model::HandedOver::type, read_field<model::HandedOver>},
        {model::AttemptFailed::type, read_field<model::AttemptFailed>},
        {model::Damaged::type, read_field<model::Damaged>},
        {model::Corrected::type, read_field<model::Corrected>},
        {model::MoneyTaken::type, read_field<model::MoneyTaken>},
        {model::ChatSent::type, read_field<model::ChatSent>},
        {model::ChatRead::type, read_field<model::ChatRead>},
        {model::DeviceStarted::type, read_act<model::DeviceStarted>},
        {model::DeviceStopped::type, read_act<model::DeviceStopped>},
        {model::DeviceGpsdLost::type, read_act<model::DeviceGpsdLost>},
        {model::DeviceStorageLow::type, read_act<model::DeviceStorageLow>},
        {model::DeviceStoreDamaged::type, read_act<model::DeviceStoreDamaged>},
        {model::DeviceWiped::type, read_act<model::DeviceWiped>},
        {model::TrackDigest::type, read_digest},
        {model::FactGap::type, read_gap},
        {model::BlobLost::type, read_lost},
        {model::KeyRotated::type, read_rotation},
    };
    return table;
}

app::field::FieldEvent event_of(const wire::Fact& fact, core::TimeUs received) {
    app::field::FieldEvent event(fact.id, fact.device);
    event.epoch = fact.epoch;
    event.seq = fact.seq;
    event.type = fact.type;
    event.at = fact.at;
    if (fact.where) event.place = app::field::Place{fact.where->place, fact.where->acc_m, fact.where->age};
    event.courier = fact.who.courier;
    event.shift = fact.who.shift;
    event.about = {fact.about.parcel, fact.about.order, fact.about.custody_version.value_or(0), fact.about.transfer};
    event.received = received;
    event.data_bytes = fact.data;
    return event;
}

}  // namespace

void add_flag(std::string& flags, std::string_view word) {
    if (!flags.empty()) flags += ' ';
    flags += word;
}

core::Status read_data(CheckedFact& checked, core::TimeUs received) {
    checked.event = event_of(*checked.fact, received);
    const auto reader = readers().find(checked.fact->type);
    if (reader == readers().end()) {
        add_flag(checked.event->flags, unknown_type_flag);
        return {};
    }
    auto read = reader->second(checked);
    if (!read) checked.event.reset();
    return read;
}

}  // namespace plus7::central::ingest
