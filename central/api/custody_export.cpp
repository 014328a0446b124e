#include "central/api/custody_export.hpp"

#include <algorithm>
#include <map>

#include "central/app/custody/office.hpp"
#include "central/app/field/parcel_fact.hpp"
#include "central/store/certificate_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/event_store.hpp"
#include "central/store/field_store.hpp"
#include "central/store/order_store.hpp"
#include "central/store/site_store.hpp"
#include "central/store/trip_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::central::api {
namespace {

using model::Holder;
using model::HolderKind;

template <typename Id>
Id id_of(const std::string& uuid) {
    return Id{core::from_uuid_text(uuid).value().value};
}

bool has_word(const std::string& flags, std::string_view word) {
    return (' ' + flags + ' ').find(' ' + std::string(word) + ' ') != std::string::npos;
}

proof::Chain chain_of(const std::string& flags) {
    if (has_word(flags, "late")) return proof::Chain::late;
    return has_word(flags, "after_gap") ? proof::Chain::after_gap : proof::Chain::follows;
}

model::Standing standing_of(const std::string& flags) {
    if (has_word(flags, app::field::blocked_aware_flag)) return model::Standing::blocked_aware;
    const bool unaware = has_word(flags, app::field::blocked_unaware_flag);
    return unaware ? model::Standing::blocked_unaware : model::Standing::good;
}

class Export {
  public:
    Export(core::Tx& tx, const store::CustodyRow& custody) : tx_(tx) {
        for (auto& line : store::story_of(tx, custody.order))
            if (line.parcel == custody.parcel) story_.emplace(line.event, std::move(line));
    }

    core::Status add(const store::LoggedParcelEvent& logged) {
        proof::Entry entry;
        entry.event = logged.event;
        if (const auto line = story_.find(logged.event); line != story_.end()) state(line->second, entry);
        if (const auto added = logged.fact ? add_fact(*logged.fact, entry) : add_office(logged, entry); !added)
            return added;
        entries.push_back(std::move(entry));
        return {};
    }
    void name(const Holder& holder) {
        const auto known = [&](const proof::NamedHolder& named) { return named.holder == holder; };
        if (holder.id.is_zero() || std::any_of(names.begin(), names.end(), known)) return;
        if (holder.kind == HolderKind::courier) {
            if (const auto courier = store::find_courier(tx_, core::to_uuid_text(holder.id)))
                names.push_back({holder, courier->code});
            else if (const auto carrier = store::carrier_of_trip(tx_, core::to_uuid_text(holder.id)))
                names.push_back({holder, *carrier});
        } else if (const auto site = store::find_site(tx_, core::to_uuid_text(holder.id))) {
            names.push_back({holder, site->name});
        }
    }

    std::vector<proof::Entry> entries;
    std::vector<proof::DeviceKey> keys;
    std::vector<proof::NamedHolder> names;

  private:
    static void state(const store::ParcelEventRow& line, proof::Entry& entry) {
        entry.at = line.at;
        entry.trust = line.trust;
        entry.received = line.received;
        entry.effect = line.effect;
        entry.doubt = line.doubt;
        entry.proofs = line.proofs;
    }

    core::Status add_fact(const store::LoggedFact& fact, proof::Entry& entry) {
        const auto record = wire::decode_fact_record(fact.bytes);
        if (!record) return core::internal("a logged fact that cannot be read: " + record.error().message);
        const auto body = wire::decode_body(record->body);
        if (!body) return core::internal("a logged fact that cannot be read: " + body.error().message);
        entry.received = fact.received;
        if (entry.trust.empty())
            if (const auto act = store::find_act(tx_, entry.event)) {
                entry.at = act->at;
                entry.trust = act->trust;
            }
        entry.standing = standing_of(fact.flags);
        entry.what = proof::FactPart{fact.bytes, chain_of(fact.flags)};
        if (body->who.courier) name({HolderKind::courier, {body->who.courier->value}});
        if (body->type == model::HandedOver::type)
            if (const auto handed = wire::decode_data<model::HandedOver>(body->data)) {
                name(handed->from);
                name(handed->to);
            }
        add_key(*record, fact.device);
        return {};
    }

    core::Status add_office(const store::LoggedParcelEvent& logged, proof::Entry& entry) {
        const auto event = app::custody::from_log(logged.event, logged.parcel, logged.office);
        if (!event) return event.error();
        proof::OfficePart office;
        office.type = event->type;
        office.by = event->by.value_or("");
        office.transfer = event->transfer;
        office.knew = event->knew;
        office.logged = crypto::sha256(logged.office);
        if (const auto* handed = std::get_if<model::HandedOver>(&event->what)) {
            office.from = handed->from;
            office.half = handed->half;
            office.leg = handed->leg;
            office.to = handed->to;
        }
        if (const auto* plan = std::get_if<app::custody::Planned>(&event->what))
            office.to = Holder{HolderKind::courier, id_of<model::HolderId>(plan->courier)};
        if (const auto* corrected = std::get_if<model::Corrected>(&event->what)) office.corrects = corrected->event;
        if (office.from) name(*office.from);
        if (office.to) name(*office.to);
        entry.what = std::move(office);
        return {};
    }

    // The key that signed it, with the first certificate that names it: the same file whenever it is asked for.
    void add_key(const wire::SignedFact& record, const core::DeviceId& device) {
        for (const auto& known : keys)
            if (known.device == device && wire::verify(record, known.key)) return;
        for (const auto& key : store::record_keys(tx_, device)) {
            if (!wire::verify(record, key)) continue;
            keys.push_back({device, key, certificate_of(device, key)});
            return;
        }
    }
    core::Bytes certificate_of(const core::DeviceId& device, const core::PublicKey& key) {
        for (const auto& row : store::certificates_of(tx_, device)) {
            const auto certificate = crypto::inspect(row.pem);
            if (certificate && certificate->record_key == key) return crypto::der_from_pem(row.pem).value();
        }
        return {};
    }

    core::Tx& tx_;
    std::map<core::EventId, store::ParcelEventRow> story_;
};

proof::Head head_of(const store::CustodyRow& row, const store::OrderRow& order, const store::ParcelRow& parcel) {
    proof::Head head;
    head.parcel = id_of<model::ParcelId>(row.parcel);
    head.order = id_of<model::OrderId>(row.order);
    head.number = order.number;
    head.codes = parcel.codes;
    head.upto = row.changed;
    head.status = model::name_of(row.status);
    head.version = row.custody.version;
    head.holder = row.custody.holder;
    head.missing = static_cast<std::uint64_t>(row.custody.missing);
    head.is_clear = row.custody.is_clear;
    for (const auto step : row.custody.way) head.way.push_back(row.custody.steps[step].event);
    return head;
}

}  // namespace

core::Result<CustodyExport> export_custody(core::Tx& tx, const std::string& parcel, const proof::Seal& by) {
    const auto row = store::find_custody(tx, parcel);
    if (!row) return core::not_found("no such parcel");
    const auto order = store::find_order(tx, row->order);
    const auto parcels = store::parcels_of(tx, row->order);
    const auto kept = std::find_if(parcels.begin(), parcels.end(), [&](const auto& one) { return one.id == parcel; });
    if (!order || kept == parcels.end()) return core::not_found("the parcel's order is not there any more");
    Export all(tx, *row);
    for (const auto& logged : store::events_of_parcel(tx, parcel))
        if (const auto added = all.add(logged); !added) return added.error();
    auto head = head_of(*row, *order, *kept);
    all.name(head.holder);
    head.keys = std::move(all.keys);
    head.names = std::move(all.names);
    auto file = proof::seal(std::move(head), all.entries, by);
    if (!file) return file.error();
    return CustodyExport{std::move(*file), row->order, kept->codes.front()};
}

}  // namespace plus7::central::api
