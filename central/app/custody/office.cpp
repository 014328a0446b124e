#include "central/app/custody/office.hpp"

#include "central/app/effects/order_status.hpp"
#include "central/store/case_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::custody {
namespace {

using store::OfficeEvent;

core::Result<What> what_of(const OfficeEvent& event) {
    if (event.type == "parcel.registered" && event.order) return What{Registered{*event.order}};
    if (event.type == "parcel.planned" && event.courier) return What{Planned{*event.courier}};
    if (event.type == "parcel.unplanned") return What{Unplanned{}};
    if (event.type == "parcel.cancelled") return What{Cancelled{event.reason.value_or("")}};
    if (event.type == model::Damaged::type) return What{model::Damaged{event.reason.value_or("")}};
    if (event.type == "parcel.transfer_overdue" && event.transfer) return What{TransferOverdue{*event.transfer}};
    if (event.type == "parcel.storage_over") return What{StorageOver{}};
    if (event.type == model::HandedOver::type && event.move)
        return What{model::HandedOver{event.move->from, event.move->to, model::Half::none, event.move->leg, {}, {}}};
    if (event.type == model::Corrected::type && event.corrects) return What{model::Corrected{*event.corrects}};
    return core::internal("an office event of the type " + event.type + " that nobody here wrote");
}

core::Result<ParcelEvent> parcel_event(const core::EventId& id, const std::string& parcel, const OfficeEvent& event) {
    auto what = what_of(event);
    if (!what) return what.error();
    ParcelEvent made;
    made.id = id;
    made.parcel = parcel;
    made.type = event.type;
    made.by_kind = event.staff ? ByKind::staff : ByKind::system;
    made.by = event.staff;
    made.at = made.received = event.at;
    made.trust = "central";
    if (event.move) made.knew = event.move->knew;
    if (event.type == model::Corrected::type) made.reason = event.reason;
    made.what = std::move(*what);
    return made;
}

core::Result<Taken> record(core::Tx& tx, const Acting& who, const std::string& parcel, OfficeEvent event) {
    event.at = who.now;
    event.staff = who.staff;
    const auto id = core::uuid_v7(std::chrono::floor<std::chrono::milliseconds>(who.now));
    const auto happened = parcel_event(id, parcel, event);
    if (!happened) return happened.error();
    auto taken = take(tx, *happened);
    if (!taken) return taken;
    const store::Subject subject{"parcel", parcel};
    const auto bytes = store::encode(event);
    store::append_log(
        tx, {{subject, store::take_subject_seqs(tx, subject, 1), id, who.staff ? "staff" : "job", who.now, bytes}});
    if (taken->changes_order())
        effects::tell_order_status(tx, {id, taken->order, taken->order_after, who.now, who.now});
    return taken;
}

// What a scan leaves open is asked of a human, and what it settles is over.
core::Result<Taken> with_doubts(core::Tx& tx, const Acting& who, const std::string& parcel, core::Result<Taken> taken) {
    if (!taken) return taken;
    const auto open = [&](const char* kind, const std::string& about, const store::CaseDetail& detail) {
        store::open_case(tx, {kind, about, std::nullopt, store::to_json(detail), who.now});
    };
    const auto event = taken->event.hex();
    if (taken->verdict.reason != model::CaseReason::none)
        open("custody", event,
             {{"event", event}, {"parcel", parcel}, {"reason", std::string(model::name_of(taken->verdict.reason))}});
    if (taken->is_clear && !taken->was_clear) store::settle_case(tx, "unclear", parcel);
    if (!taken->is_clear) open("unclear", parcel, {{"parcel", parcel}});
    return taken;
}

OfficeEvent of_type(const char* type) {
    OfficeEvent event;
    event.type = type;
    return event;
}

}  // namespace

core::Result<Taken> register_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                    const std::string& order) {
    auto event = of_type("parcel.registered");
    event.order = order;
    return record(tx, who, parcel, std::move(event));
}

core::Result<Taken> plan_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                const std::string& courier) {
    auto event = of_type("parcel.planned");
    event.courier = courier;
    return record(tx, who, parcel, std::move(event));
}

core::Result<Taken> unplan_parcel(core::Tx& tx, const Acting& who, const std::string& parcel) {
    return record(tx, who, parcel, of_type("parcel.unplanned"));
}

core::Result<Taken> cancel_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                  const std::string& reason) {
    auto event = of_type("parcel.cancelled");
    event.reason = reason;
    return record(tx, who, parcel, std::move(event));
}

core::Result<Taken> hand_over(core::Tx& tx, const Acting& who, const std::string& parcel, const Move& move) {
    const auto row = store::lock_custody(tx, parcel);
    if (!row) return core::not_found("no such parcel");
    auto event = of_type("parcel.handover");
    event.move = {move.from, move.to, move.leg, row->custody.version};
    return with_doubts(tx, who, parcel, record(tx, who, parcel, std::move(event)));
}

core::Result<Taken> damage_parcel(core::Tx& tx, const Acting& who, const std::string& parcel,
                                  const std::string& reason) {
    auto event = of_type(model::Damaged::type.data());
    event.reason = reason;
    return record(tx, who, parcel, std::move(event));
}

core::Result<Taken> mark_overdue(core::Tx& tx, const Acting& who, const std::string& parcel,
                                 const model::TransferId& transfer) {
    auto event = of_type("parcel.transfer_overdue");
    event.transfer = transfer;
    return record(tx, who, parcel, std::move(event));
}

core::Result<Taken> end_storage(core::Tx& tx, const Acting& who, const std::string& parcel) {
    return record(tx, who, parcel, of_type("parcel.storage_over"));
}

core::Result<Taken> take_back(core::Tx& tx, const Acting& who, const std::string& parcel, const core::EventId& event,
                              const std::optional<std::string>& reason) {
    auto correction = of_type("corrected");
    correction.corrects = event;
    correction.reason = reason;
    return with_doubts(tx, who, parcel, record(tx, who, parcel, std::move(correction)));
}

core::Result<ParcelEvent> from_log(const core::EventId& id, const std::string& parcel, core::ByteView bytes) {
    const auto event = store::decode_office_event(bytes);
    if (!event) return core::internal(event.error().message);
    return parcel_event(id, parcel, *event);
}

}  // namespace plus7::central::app::custody
