#include "central/app/custody/overdue.hpp"

#include "central/app/custody/office.hpp"
#include "central/store/case_store.hpp"

namespace plus7::central::app::custody {
namespace {

constexpr const char* kind = "transfer";
// Halves older than this were seen by earlier turns, unless central stood still for so long.
constexpr std::chrono::hours looked_back{30 * 24};

std::string subject(const std::string& parcel, const model::TransferId& transfer) {
    return parcel + "|" + transfer.hex();
}

bool is_gone(const model::Holder& holder) {
    return model::is_final(holder.kind) || holder.kind == model::HolderKind::lost;
}

}  // namespace

std::vector<std::string> maybe_overdue(core::Tx& tx, core::TimeUs now) {
    return store::parcels_with_halves(tx, now - transfer_waits - looked_back, now - transfer_waits);
}

int open_overdue(core::Tx& tx, const std::string& parcel, core::TimeUs now) {
    const auto row = store::lock_custody(tx, parcel);
    if (!row || is_gone(row->custody.holder)) return 0;
    int opened = 0;
    for (const auto& step : row->custody.steps) {
        if (step.half == model::Half::none || step.undone || !step.transfer) continue;
        const auto heard = store::received_of(tx, parcel, step.event);
        if (!heard || *heard > now - transfer_waits) continue;
        store::CaseRow doubt{kind, subject(parcel, *step.transfer), core::DeviceId::parse(step.source), {}, now};
        doubt.detail = store::to_json({{"parcel", parcel},
                                       {"transfer", step.transfer->hex()},
                                       {"half", step.half == model::Half::give ? "give" : "take"},
                                       {"event", step.event.hex()}});
        if (!store::open_case(tx, doubt)) continue;
        mark_overdue(tx, {std::nullopt, now}, parcel, *step.transfer).value();
        ++opened;
    }
    return opened;
}

void note_joined(core::Tx& tx, const std::string& parcel, const model::TransferId& transfer,
                 const core::EventId& event) {
    store::add_to_case(tx, kind, subject(parcel, transfer), {{"joined", event.hex()}});
}

}  // namespace plus7::central::app::custody
