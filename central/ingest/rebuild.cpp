#include "central/ingest/rebuild.hpp"

#include "central/app/custody/office.hpp"
#include "central/app/field/apply.hpp"
#include "central/app/field/parcel_fact.hpp"
#include "central/ingest/field_facts.hpp"
#include "central/store/event_store.hpp"
#include "central/store/field_store.hpp"
#include "central/store/projection_store.hpp"
#include "shared/wire/fact.hpp"

namespace plus7::central::ingest {
namespace {

core::Result<app::field::FieldEvent> event_of(const store::LoggedFact& logged) {
    const auto record = wire::decode_fact_record(logged.bytes);
    if (!record) return core::internal(record.error().message);
    auto fact = wire::decode_body(record->body);
    if (!fact) return core::internal(fact.error().message);
    CheckedFact checked;
    checked.seq = logged.seq;
    checked.fact = std::move(*fact);
    if (const auto read = read_data(checked, logged.received); !read) return core::internal(read.error().message);
    checked.event->flags = logged.flags;
    return std::move(*checked.event);
}

// Facts about a parcel that we do not have changed nothing when they came.
core::Status replay_parcel(core::Tx& tx, const store::LoggedParcelEvent& logged) {
    core::Result<app::custody::Taken> taken = core::not_found("");
    if (logged.fact) {
        const auto event = event_of(*logged.fact);
        if (!event) return event.error();
        if (!app::field::is_about_parcel(*event)) return {};
        const auto act = store::find_act(tx, event->id);
        if (!act) return core::internal("a parcel's fact without its act");
        taken = app::field::apply_to_parcel(tx, *event, {act->at, act->trust});
    } else {
        const auto event = app::custody::from_log(logged.event, logged.parcel, logged.office);
        if (!event) return event.error();
        taken = app::custody::take(tx, *event);
    }
    if (!taken && taken.error().kind != core::ErrorKind::not_found) return taken.error();
    return {};
}

}  // namespace

core::Result<std::size_t> rebuild(core::Tx& tx) {
    store::clear_projections(tx);
    std::size_t facts = 0;
    std::optional<core::Error> broken;
    app::field::Anchors anchors(tx);
    store::each_logged_fact(tx, [&](const store::LoggedFact& logged) {
        if (broken) return;
        const auto event = event_of(logged);
        if (!event) {
            broken = event.error().context("fact " + std::to_string(logged.seq) + " of " + logged.device.text());
            return;
        }
        app::field::apply(tx, *event, anchors);
        ++facts;
    });
    anchors.keep();
    store::each_parcel_event(tx, [&](const store::LoggedParcelEvent& logged) {
        if (broken) return;
        if (const auto done = replay_parcel(tx, logged); !done)
            broken = done.error().context("event " + logged.event.hex() + " of parcel " + logged.parcel);
    });
    if (broken) return *broken;
    return facts;
}

core::Hash projection_digest(core::Tx& tx) { return store::projection_digest(tx); }

}  // namespace plus7::central::ingest
